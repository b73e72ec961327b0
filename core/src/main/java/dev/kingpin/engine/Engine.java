package dev.kingpin.engine;

import dev.kingpin.store.GroupSink;

/** Runs plans. Every engine leaves the same groups in the sink, bit for bit. */
public interface Engine {
  /** The name in {@code --engine}. */
  String name();

  /**
   * Trains the groups of a plan. Returns when all are in the sink.
   *
   * @return what it took
   * @throws RuntimeException if the sink cannot keep a group; the run can be resumed then
   */
  RunAccount run(TrainJob job, GroupSink sink, RunOptions options, RunListener listener);
}
