package dev.kingpin.plan;

import java.util.Arrays;
import java.util.List;

/**
 * Grouped learning (sections 4.1 to 4.4): groups wrap around the workers, so that a group is cut
 * only where a worker is full, and at most one group fewer than workers is cut. A worker is full
 * when it has its share of all seconds, or when its memory is full; as printed, algorithm 1 also
 * lets it hold the largest group whole, which is one of the ways tried if that group is hardly
 * larger than a share. The paper leaves weights and order open: see {@link WrapWeights} and {@link
 * WrapOrder}. Where memory closes workers too early, giants are also tried in shards on all of
 * them: see {@link WrapSpread}. Of these few ways the fastest is taken.
 */
record GroupedLearning() implements Strategy {
  private static final List<WrapWay> WAYS =
      List.of(
          new WrapWay(1, 1, false, false, false),
          new WrapWay(1, 0.5, true, false, false),
          new WrapWay(0, 1, false, false, false),
          new WrapWay(1, 1, false, true, false));

  private static final WrapWay EVEN = new WrapWay(1, 1, false, false, true);

  /** Of all time, what a worker is busy with that may have too much to do. */
  private static final double BUSY = 0.4;

  @Override
  public String name() {
    return "gl";
  }

  @Override
  public Layout place(Demands groups, Cluster cluster) {
    Tries tries = new Tries(groups, cluster);
    for (WrapWay way : WAYS) {
      tries.wrap(way);
      if (tries.cutsNothing()) {
        return new Layout.Stages(tries.best);
      }
    }
    if (tries.isBusy()) {
      tries.wrap(EVEN);
    }
    if (tries.isClosedByMemory) {
      tries.spread();
    }
    return new Layout.Stages(tries.best);
  }

  /** Keeps the fastest way of those that fit into memory; if none does, the first. */
  private static final class Tries {
    private final Demands groups;
    private final Cluster cluster;
    private List<Stage> best = List.of();
    private double seconds = Double.POSITIVE_INFINITY;
    private double busiest; // seconds of the worker that has most to do
    private double level = Double.NaN; // the last one
    private boolean isClosedByMemory; // whether some worker was

    Tries(Demands groups, Cluster cluster) {
      this.groups = groups;
      this.cluster = cluster;
    }

    /** Groups that are cut come first. */
    boolean cutsNothing() {
      List<Stage.Placed> placed = best.get(0).groups();
      return placed.isEmpty() || !(placed.get(0).placement() instanceof Placement.Cut);
    }

    /** Whether some worker has something to do so often that it may have too much. */
    boolean isBusy() {
      return busiest > BUSY * seconds;
    }

    void wrap(WrapWay way) {
      WrapWeights weights = new WrapWeights(groups, cluster, way);
      boolean isOther = weights.level() != level || way.isEven();
      if (isOther && weights.isPossible()) {
        level = weights.level();
        WrapPlacing placing = new WrapPlacing(groups, cluster, weights);
        play(placing.placed());
        isClosedByMemory |= !placing.isFree() && !way.isEven();
      }
    }

    void spread() {
      WrapSpread spread = new WrapSpread(groups, cluster);
      if (spread.isPossible()) {
        play(spread.placed());
      }
    }

    private void play(List<Stage.Placed> placed) {
      List<Stage> stages = List.of(new Stage(placed));
      best = best.isEmpty() ? stages : best;
      Simulation played = Simulator.run(stages, groups, cluster, seconds);
      if (played.seconds() < seconds && played.fits(cluster)) {
        best = stages;
        seconds = played.seconds();
        busiest = Arrays.stream(played.busySeconds()).max().orElse(0);
      }
    }
  }
}
