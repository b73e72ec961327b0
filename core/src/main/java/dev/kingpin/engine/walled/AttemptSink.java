package dev.kingpin.engine.walled;

import dev.kingpin.data.GroupKey;
import dev.kingpin.store.GroupSink;
import dev.kingpin.store.TrainedGroup;
import java.util.Optional;

/** Where an attempt to train a group keeps how far it has come, until it is given up. */
record AttemptSink(GroupSink sink, Board board, int number) implements GroupSink {
  @Override
  public boolean isDone(GroupKey key) {
    return sink.isDone(key);
  }

  @Override
  public Optional<TrainedGroup> find(GroupKey key) {
    return sink.find(key);
  }

  @Override
  public Optional<byte[]> snapshot(GroupKey key) {
    return sink.snapshot(key);
  }

  @Override
  public void keepSnapshot(GroupKey key, byte[] state) {
    board.keep(number, () -> sink.keepSnapshot(key, state));
  }

  @Override
  public void done(TrainedGroup group) {
    throw new IllegalStateException("Outcomes are kept by the run");
  }
}
