package dev.kingpin.engine;

import dev.kingpin.data.GroupKey;
import dev.kingpin.kernel.Hash;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Fit;
import dev.kingpin.store.GroupSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a group has come: the states of its chains, the last one perhaps still under way. Kept
 * every so many seconds, so that a killed run loses no more. A state is found again by its chain,
 * since a run that goes on elsewhere may train other chains in another order.
 */
final class Progress {
  private static final double NANOS_A_SECOND = 1e9;

  private final GroupKey key;
  private final GroupSink sink;
  private final double seconds;
  private final Map<Long, Supplier<byte[]>> states = new LinkedHashMap<>();
  private final List<Ended> ended = new ArrayList<>(); // not among the states yet
  private long keptAt = System.nanoTime();

  Progress(GroupKey key, GroupSink sink, double seconds) {
    this.key = key;
    this.sink = sink;
    this.seconds = seconds;
    try {
      sink.snapshot(key).ifPresent(this::read);
    } catch (RuntimeException e) {
      throw new SinkFailure(e);
    }
  }

  /** A chain that is done. It gets its name, which takes a while, only if it has to be kept. */
  private record Ended(Chain chain, Supplier<byte[]> state) {}

  /** The state that an earlier run left of a chain. */
  Optional<byte[]> start(Chain chain) {
    if (states.isEmpty()) {
      return Optional.empty();
    }
    @Nullable Supplier<byte[]> state = states.get(name(chain));
    return Optional.ofNullable(state).map(Supplier::get);
  }

  /** Whether it is time to keep the state again. */
  boolean isDue() {
    return (System.nanoTime() - keptAt) / NANOS_A_SECOND >= seconds;
  }

  /** Keeps the state of the chain that runs. */
  void keep(Chain chain, byte[] state) {
    ended.forEach(e -> states.put(name(e.chain()), e.state()));
    ended.clear();
    states.put(name(chain), () -> state);
    try {
      sink.keepSnapshot(key, bytes());
    } catch (RuntimeException e) {
      throw new SinkFailure(e);
    }
    keptAt = System.nanoTime();
  }

  /** A chain is done; its state is asked for only if it has to be kept. */
  void end(Chain chain, Supplier<byte[]> state) {
    ended.add(new Ended(chain, state));
  }

  private static long name(Chain chain) {
    long name = hash(chain.fits().size(), chain.pattern().name());
    for (Fit fit : chain.fits()) {
      name = hash(Hash.hash(name, fit.mask().heldOut()), fit.config().toString());
    }
    return name;
  }

  private static long hash(long start, String word) {
    long hash = start;
    for (int i = 0; i < word.length(); i++) {
      hash = Hash.hash(hash, word.charAt(i));
    }
    return hash;
  }

  private byte[] bytes() {
    Map<Long, byte[]> kept = new LinkedHashMap<>();
    int length = 4;
    for (Map.Entry<Long, Supplier<byte[]>> entry : states.entrySet()) {
      byte[] state = entry.getValue().get();
      kept.put(entry.getKey(), state);
      length += 8 + 4 + state.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length).putInt(kept.size());
    kept.forEach((name, state) -> out.putLong(name).putInt(state.length).put(state));
    return out.array();
  }

  private void read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      long name = in.getLong();
      byte[] state = new byte[in.getInt()];
      in.get(state);
      states.put(name, () -> state);
    }
  }
}
