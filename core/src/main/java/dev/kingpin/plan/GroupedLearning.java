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

  /** More than any group has. */
  private static final double MOST_PIECES = 1e9;

  /** Fills one worker after the other. */
  private static final class Wrap {
    private final double[] speeds;
    private final double level; // seconds that every worker is filled to
    private int worker;
    private double filled;

    Wrap(Demands groups, Cluster cluster) {
      speeds = cluster.speeds();
      level = groups.weight() / cluster.speed();
    }

    Placement place(Demand group, double weight) {
      int pieces = group.cuts();
      double piece = weight / pieces;
      List<Shard> shards = new ArrayList<>();
      int from = 0;
      while (from < pieces) {
        int to = isLast() ? pieces : Math.min(pieces, from + room(piece));
        if (to > from) {
          shards.add(new Shard(worker, from, to, (double) (to - from) / pieces));
          filled += (to - from) * piece / speeds[worker];
        }
        from = to;
        if (from < pieces || (filled >= level && !isLast())) {
          worker++;
          filled = 0;
        }
      }
      return Cuts.placement(shards);
    }

    private boolean isLast() {
      return worker == speeds.length - 1;
    }

    /** Pieces that still fit, to the nearest. */
    private int room(double piece) {
      double pieces = (level - filled) * speeds[worker] / piece;
      return (int) Math.max(0, Math.min(MOST_PIECES, Math.rint(pieces)));
    }
  }
}
