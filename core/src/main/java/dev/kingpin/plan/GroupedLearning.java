package dev.kingpin.plan;

import dev.kingpin.plan.Placement.Shard;
import java.util.ArrayList;
import java.util.List;

/**
 * Grouped learning (sections 4.1 to 4.4): groups wrap around the workers, so that a group is cut
 * only where a worker is full, and at most one group fewer than workers is cut. A worker is full
 * when it has its share of all seconds; the paper's algorithm 1 also lets it hold the largest group
 * whole, which would never cut that one.
 */
record GroupedLearning() implements Strategy {
  @Override
  public String name() {
    return "gl";
  }

  @Override
  public Layout place(Demands groups, Cluster cluster) {
    Wrap wrap = new Wrap(groups, cluster);
    List<Stage.Placed> placed = new ArrayList<>();
    for (int group : groups.largestFirst()) {
      placed.add(new Stage.Placed(group, wrap.place(groups.of(group), groups.weight(group))));
    }
    return new Layout.Stages(List.of(new Stage(placed)));
  }

  /**
   * Fills one worker after the other. Where a worker ends is counted from the first one on, so that
   * what one of them has too much the next one has too little.
   */
  private static final class Wrap {
    private final double[] ends; // (workers): seconds at speed 1 of all workers up to this one
    private int worker;
    private double filled; // of all workers so far

    Wrap(Demands groups, Cluster cluster) {
      ends = cluster.speeds();
      double level = groups.weight() / cluster.speed();
      double end = 0;
      for (int w = 0; w < ends.length; w++) {
        end += level * ends[w];
        ends[w] = end;
      }
    }

    Placement place(Demand group, double weight) {
      int pieces = group.cuts();
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
      return Cuts.placement(shards);
    }

    private boolean isLast() {
      return worker == ends.length - 1;
    }

    /** Pieces of a group up to the end of the worker, to the nearest. */
    private int fitting(double before, double weight, int pieces) {
      return (int) Math.rint(pieces * Math.max(0, Math.min(1, (ends[worker] - before) / weight)));
    }
  }
}
