package dev.kingpin.engine;

import dev.kingpin.data.GroupKey;
import dev.kingpin.store.GroupSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How far a group has come: the states of its chains in the order in which they ran, the last one
 * perhaps still under way. Kept every so many seconds, so that a killed run loses no more.
 */
final class Progress {
  private static final double NANOS_A_SECOND = 1e9;

  private final GroupKey key;
  private final GroupSink sink;
  private final double seconds;
  private final List<Supplier<byte[]>> states = new ArrayList<>();
  private long keptAt = System.nanoTime();
  private int next;

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

  /** The state that an earlier run left of the chain that starts now. */
  Optional<byte[]> start() {
    return next < states.size() ? Optional.of(states.get(next).get()) : Optional.empty();
  }

  /** Whether it is time to keep the state again. */
  boolean isDue() {
    return (System.nanoTime() - keptAt) / NANOS_A_SECOND >= seconds;
  }

  /** Keeps the state of the chain that runs. */
  void keep(byte[] state) {
    put(() -> state);
    try {
      sink.keepSnapshot(key, bytes());
    } catch (RuntimeException e) {
      throw new SinkFailure(e);
    }
    keptAt = System.nanoTime();
  }

  /** The chain that runs is done; its state is asked for only if it has to be kept. */
  void end(Supplier<byte[]> state) {
    put(state);
    next++;
  }

  private void put(Supplier<byte[]> state) {
    if (next < states.size()) {
      states.set(next, state);
    } else {
      states.add(state);
    }
  }

  private byte[] bytes() {
    List<byte[]> kept = states.stream().map(Supplier::get).toList();
    int length = 4;
    for (byte[] state : kept) {
      length += 4 + state.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length).putInt(kept.size());
    for (byte[] state : kept) {
      out.putInt(state.length).put(state);
    }
    return out.array();
  }

  private void read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      byte[] state = new byte[in.getInt()];
      in.get(state);
      states.add(() -> state);
    }
  }
}
