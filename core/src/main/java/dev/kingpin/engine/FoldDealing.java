package dev.kingpin.engine;

import dev.kingpin.query.TrainQuery;
import dev.kingpin.tune.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

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
    AtomicInteger next = new AtomicInteger();
    List<Thread> helpers = new ArrayList<>();
    for (int t = 1; t < threads; t++) {
      Thread thread = new Thread(() -> deal(job, next), "kingpin-split-" + t);
      thread.setDaemon(true);
      thread.start();
      helpers.add(thread);
    }
    deal(job, next);
    Threads.await(helpers);
  }

  /** Deals rows of groups that nobody else has taken. */
  private static void deal(TrainJob job, AtomicInteger next) {
    TrainQuery query = job.query().query();
    int groups = job.table().groups();
    int from;
    while ((from = next.getAndAdd(SOME)) < groups) {
      for (int g = from; g < Math.min(from + SOME, groups); g++) {
        Split.assign(job.table().rows(g), query.validation(), query.seed());
      }
    }
  }
}
