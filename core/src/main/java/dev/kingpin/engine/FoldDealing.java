package dev.kingpin.engine;

import dev.kingpin.query.TrainQuery;
import dev.kingpin.tune.Split;

/**
 * Puts the rows of all groups into folds at once, for those who need that before a group is
 * trained: families learn from rows of groups, and rows are sent with their folds.
 */
public final class FoldDealing {
  /** Groups taken at a time. */
  private static final int SOME = 64;

  private FoldDealing() {}

  /** Deals the rows of all groups, on so many threads. */
  public static void deal(TrainJob job, int threads) {
    int parts = (job.table().groups() + SOME - 1) / SOME;
    new ParallelThreads(threads, "kingpin-split").run(parts, p -> dealSome(job, p * SOME));
  }

  private static void dealSome(TrainJob job, int from) {
    TrainQuery query = job.query().query();
    for (int g = from; g < Math.min(from + SOME, job.table().groups()); g++) {
      Split.assign(job.table().rows(g), query.validation(), query.seed());
    }
  }
}
