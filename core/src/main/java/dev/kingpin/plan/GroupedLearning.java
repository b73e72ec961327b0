package dev.kingpin.plan;

import java.util.List;

/**
 * Grouped learning (sections 4.1 to 4.4): groups wrap around the workers, so that a group is cut
 * only where a worker is full, and at most one group fewer than workers is cut. A worker is full
 * when it has its share of all seconds, or when its memory is full; as printed, algorithm 1 also
 * lets it hold the largest group whole, which is one of the ways tried if that group is hardly
 * larger than a share. The paper leaves weights and order open: see {@link WrapWeights} and {@link
 * WrapOrder}. Of a few ways to do it the fastest is taken.
 */
record GroupedLearning() implements Strategy {
  private static final List<WrapWay> WAYS =
      List.of(
          new WrapWay(1, 1, false, false),
          new WrapWay(1, 0.5, true, false),
          new WrapWay(0, 1, false, false),
          new WrapWay(1, 1, false, true));

  @Override
  public String name() {
    return "gl";
  }

  @Override
  public Layout place(Demands groups, Cluster cluster) {
    List<Stage> best = List.of();
    double fastest = Double.POSITIVE_INFINITY;
    double level = Double.NaN;
    for (WrapWay way : WAYS) {
      WrapWeights weights = new WrapWeights(groups, cluster, way);
      if (weights.level() != level && weights.isPossible()) {
        level = weights.level();
        List<Stage> stages = stages(groups, cluster, weights);
        if (best.isEmpty() && !isCut(stages)) {
          return new Layout.Stages(stages);
        }
        best = best.isEmpty() ? stages : best;
        Simulation played = Simulator.run(stages, groups, cluster, fastest);
        if (played.seconds() < fastest && played.fits(cluster)) {
          best = stages;
          fastest = played.seconds();
        }
      }
    }
    return new Layout.Stages(best);
  }

  private static List<Stage> stages(Demands groups, Cluster cluster, WrapWeights weights) {
    return List.of(new Stage(new WrapPlacing(groups, cluster, weights).placed()));
  }

  /** Groups that are cut come first. */
  private static boolean isCut(List<Stage> stages) {
    List<Stage.Placed> placed = stages.get(0).groups();
    return !placed.isEmpty() && placed.get(0).placement() instanceof Placement.Cut;
  }
}
