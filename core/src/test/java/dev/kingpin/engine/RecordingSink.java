package dev.kingpin.engine;

import dev.kingpin.data.GroupKey;
import dev.kingpin.kernel.Hash;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelCodec;
import dev.kingpin.learner.Outcome;
import dev.kingpin.store.GroupSink;
import dev.kingpin.store.TrainedGroup;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps all that an engine delivers; a group that comes twice ends the run. */
public class RecordingSink implements GroupSink {
  private final Map<GroupKey, TrainedGroup> groups = new ConcurrentHashMap<>();
  private final Map<GroupKey, List<byte[]>> snapshots = new ConcurrentHashMap<>();

  @Override
  public boolean isDone(GroupKey key) {
    return groups.containsKey(key);
  }

  @Override
  public Optional<TrainedGroup> find(GroupKey key) {
    return Optional.ofNullable(groups.get(key));
  }

  @Override
  public Optional<byte[]> snapshot(GroupKey key) {
    return Optional.empty();
  }

  @Override
  public void keepSnapshot(GroupKey key, byte[] state) {
    snapshots.computeIfAbsent(key, k -> new ArrayList<>()).add(state);
  }

  @Override
  public void done(TrainedGroup group) {
    if (groups.put(group.key(), group) != null) {
      throw new AssertionError("Group " + group.key() + " came twice");
    }
  }

  /** What was delivered for a group. */
  public TrainedGroup group(GroupKey key) {
    return groups.get(key);
  }

  /** Keys of all groups delivered. */
  public Iterable<GroupKey> keys() {
    return groups.keySet();
  }

  /** All snapshots kept of a group, in order. */
  public List<byte[]> snapshots(GroupKey key) {
    return snapshots.getOrDefault(key, List.of());
  }

  /** All groups as texts that are equal only if the groups are, bit for bit. */
  public SortedMap<String, String> bits(ModelCodec codec) {
    SortedMap<String, String> bits = new TreeMap<>();
    groups.forEach((key, group) -> bits.put(key.toString(), bits(group, codec)));
    return bits;
  }

  /** A group as a text that is equal only if the group is, bit for bit. */
  public static String bits(TrainedGroup group, ModelCodec codec) {
    return "rows %d, held %d, skipped %d, %s, by fold %s"
        .formatted(
            group.rows(),
            group.validationRows(),
            group.skippedRows(),
            bits(group.outcome(), codec),
            group.foldModels().stream().map(m -> bits(m, codec)).toList());
  }

  private static String bits(Outcome outcome, ModelCodec codec) {
    if (outcome instanceof Outcome.Trained trained) {
      return "winner %d, scores %s, rivals %s, model %s"
          .formatted(
              trained.winner(), trained.scores(), trained.rivals(), bits(trained.model(), codec));
    }
    if (outcome instanceof Outcome.Constant constant) {
      return constant.reason() + ", model " + bits(constant.model(), codec);
    }
    return outcome.toString();
  }

  /** The bytes that are kept of a model. */
  public static byte[] bytes(Model model, ModelCodec codec) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      codec.write(model, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A hash of the bytes that are kept of a model, short enough for messages. */
  public static String bits(Model model, ModelCodec codec) {
    long hash = 0;
    for (byte b : bytes(model, codec)) {
      hash = Hash.hash(hash, b);
    }
    return Long.toHexString(hash);
  }
}
