package dev.kingpin.store;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.ModelCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place where a run leaves its groups: a journal while it runs, one artifact at its end.
 * Claimed before the table is read, so that a place that cannot be used is refused at once.
 */
public final class RunStore implements GroupSink, AutoCloseable {
  private final OutputPlace place;
  private final RunLock lock;
  private final OutputPlace.Start start;
  private byte @Nullable [] header;
  private @Nullable EntryCodec codec;
  private @Nullable Journal journal;
  private volatile boolean isWorthKeeping; // whether the journal says anything

  private RunStore(OutputPlace place, RunLock lock, OutputPlace.Start start) {
    this.place = place;
    this.lock = lock;
    this.start = start;
  }

  /**
   * Claims a place.
   *
   * @param resume whether to go on with an unfinished run that is there
   * @param overwrite whether what is there may be replaced
   * @throws dev.kingpin.data.InputException if another run holds the place or something is in the
   *     way
   */
  public static RunStore claim(Path target, boolean resume, boolean overwrite) {
    RunLock lock = RunLock.acquire(target);
    try {
      OutputPlace place = OutputPlace.of(target);
      return new RunStore(place, lock, place.decide(resume, overwrite));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Starts or resumes the journal.
   *
   * @return what the user should know: a repaired journal, or a run that is complete already
   * @throws dev.kingpin.data.InputException if the journal belongs to another run
   */
  public Optional<String> begin(RunHeader runHeader, ModelCodec models) {
    header = HeaderCodec.bytes(runHeader);
    codec = new EntryCodec(models, runHeader.features());
    RunFingerprint fingerprint =
        new RunFingerprint(
            new String(header, StandardCharsets.UTF_8),
            Long.toHexString(runHeader.dataHash()),
            runHeader.kingpinVersion());
    if (start == OutputPlace.Start.COMPLETE) {
      requireSameRun(header);
      return Optional.of(place.target() + " is complete already: there was nothing left to do.");
    }
    Journal opened =
        start == OutputPlace.Start.RESUME
            ? Journal.resume(place.journal(), fingerprint)
            : Journal.create(place.journal(), fingerprint);
    journal = opened;
    isWorthKeeping = start == OutputPlace.Start.RESUME;
    return opened.repairNote();
  }

  private void requireSameRun(byte[] asked) {
    try (Artifact artifact = Artifact.open(place.target())) {
      if (!Arrays.equals(artifact.header(), asked)) {
        throw new InputException(
            "There is no unfinished run to resume at ("
                + place.target()
                + "), and the artifact there is of another run: its words, rows or version differ."
                + " Maybe add --overwrite to replace it, or choose another --out.");
      }
    }
  }

  /** Whether an earlier run has written this very artifact: nothing is left to do. */
  public boolean isComplete() {
    return start == OutputPlace.Start.COMPLETE;
  }

  @Override
  public boolean isDone(GroupKey key) {
    return begun().isDone(KeyCodec.bytes(key));
  }

  @Override
  public Optional<TrainedGroup> find(GroupKey key) {
    if (codec == null) {
      throw new IllegalStateException("The run has not begun");
    }
    EntryCodec reader = codec;
    return begun().findDone(KeyCodec.bytes(key)).map(payload -> reader.group(key, payload));
  }

  @Override
  public Optional<byte[]> snapshot(GroupKey key) {
    return begun().findSnapshot(KeyCodec.bytes(key));
  }

  @Override
  public void keepSnapshot(GroupKey key, byte[] state) {
    isWorthKeeping = true;
    begun().append(RecordKind.GROUP_SNAPSHOT, KeyCodec.bytes(key), state);
  }

  @Override
  public void done(TrainedGroup group) {
    if (codec == null) {
      throw new IllegalStateException("The run has not begun");
    }
    isWorthKeeping = true;
    begun().append(RecordKind.GROUP_DONE, KeyCodec.bytes(group.key()), codec.bytes(group));
  }

  /** Writes the artifact, with the entries in the order given, and drops the journal. */
  public void finish(List<GroupKey> keys) {
    Journal done = begun();
    if (header == null) {
      throw new IllegalStateException("The run has not begun");
    }
    try (ArtifactWriter writer = ArtifactWriter.create(place.target(), header)) {
      for (GroupKey key : keys) {
        byte[] bytes = KeyCodec.bytes(key);
        byte[] payload =
            done.findDone(bytes)
                .orElseThrow(() -> new IllegalStateException("Group " + key + " is not done"));
        writer.add(bytes, payload);
      }
      writer.finish();
    }
    done.delete();
    journal = null;
  }

  private Journal begun() {
    if (journal == null) {
      throw new IllegalStateException("The run has not begun");
    }
    return journal;
  }

  /** Leaves the journal of an unfinished run, unless nothing was done. */
  @Override
  public void close() {
    try {
      if (journal != null && isWorthKeeping) {
        journal.close();
      } else if (journal != null) {
        journal.delete();
      }
    } finally {
      lock.close();
    }
  }
}
