package dev.kingpin.plan;

import dev.kingpin.plan.Placement.Shard;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills one worker after the other. Where a worker ends is counted from the first one on, so that
 * what one of them has too much the next one has too little.
 */
final class Wrap {
  private final double[] ends; // (workers): seconds at speed 1 of all workers up to this one
  private int worker;
  private double filled; // of all workers so far

  /**
   * @param level seconds that every worker is filled to
   */
  Wrap(double level, Cluster cluster) {
    ends = cluster.speeds();
    double end = 0;
    for (int w = 0; w < ends.length; w++) {
      end += level * ends[w];
      ends[w] = end;
    }
  }

  /** The shards of the next group: the last worker takes whatever is left. */
  List<Shard> next(int pieces, double weight) {
    double before = filled;
    List<Shard> shards = new ArrayList<>();
    int from = 0;
    while (from < pieces) {
      int to = isLast() ? pieces : Math.min(pieces, fitting(before, weight, pieces));
      if (to > from) {
        shards.add(new Shard(worker, from, to, (double) (to - from) / pieces));
        filled = before + weight * to / pieces;
        from = to;
      }
      if (!isLast() && (from < pieces || filled >= ends[worker])) {
        worker++;
      }
    }
    return shards;
  }

  private boolean isLast() {
    return worker == ends.length - 1;
  }

  /** Pieces of a group up to the end of the worker, to the nearest. */
  private int fitting(double before, double weight, int pieces) {
    return (int) Math.rint(pieces * Math.max(0, Math.min(1, (ends[worker] - before) / weight)));
  }
}
