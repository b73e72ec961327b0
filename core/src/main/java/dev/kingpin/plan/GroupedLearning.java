package dev.kingpin.plan;

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
          new WrapWay(1, 1, false, true, false),
          new WrapWay(1, 1, false, false, true));

  @Override
  public String name() {
    return "gl";
  }

  @Override
  public Layout place(Demands groups, Cluster cluster) {
    Fastest fastest = new Fastest(groups, cluster);
    double level = Double.NaN;
    boolean isFree = true;
    for (WrapWay way : WAYS) {
      WrapWeights weights = new WrapWeights(groups, cluster, way);
      if ((weights.level() != level || way.isEven()) && weights.isPossible()) {
        level = weights.level();
        WrapPlacing placing = new WrapPlacing(groups, cluster, weights);
        List<Stage> stages = List.of(new Stage(placing.placed()));
        if (fastest.isFirst() && !isCut(stages)) {
          return new Layout.Stages(stages);
        }
        fastest.play(stages);
        isFree &= placing.isFree();
      }
    }
    WrapSpread spread = new WrapSpread(groups, cluster);
    if (!isFree && spread.isPossible()) {
      fastest.play(List.of(new Stage(spread.placed())));
    }
    return new Layout.Stages(fastest.stages);
  }

  /** Groups that are cut come first. */
  private static boolean isCut(List<Stage> stages) {
    List<Stage.Placed> placed = stages.get(0).groups();
    return !placed.isEmpty() && placed.get(0).placement() instanceof Placement.Cut;
  }

  /** The fastest way so far of those that fit into memory; if none does, the first. */
  private static final class Fastest {
    private final Demands groups;
    private final Cluster cluster;
    private List<Stage> stages = List.of();
    private double seconds = Double.POSITIVE_INFINITY;

    Fastest(Demands groups, Cluster cluster) {
      this.groups = groups;
      this.cluster = cluster;
    }

    boolean isFirst() {
      return stages.isEmpty();
    }

    void play(List<Stage> way) {
      stages = isFirst() ? way : stages;
      Simulation played = Simulator.run(way, groups, cluster, seconds);
      if (played.seconds() < seconds && played.fits(cluster)) {
        stages = way;
        seconds = played.seconds();
      }
    }
  }
}
