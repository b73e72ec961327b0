package dev.kingpin.plan;

import java.util.List;

/**
 * Grouped learning (sections 4.1 to 4.4): groups wrap around the workers, so that a group is cut
 * only where a worker is full, and at most one group fewer than workers is cut. A worker is full
 * when it has its share of all seconds, or when its memory is full; the paper's algorithm 1 also
 * lets it hold the largest group whole, which would never cut that one. The paper leaves weights
 * and order open: see {@link WrapWeights} and {@link WrapOrder}. Of a few ways to do it the fastest
 * is taken.
 */
record GroupedLearning() implements Strategy {
  private static final List<WrapWay> WAYS =
      List.of(new WrapWay(1, 1, false), new WrapWay(1, 0.5, true), new WrapWay(0, 1, false));

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
      boolean isKnown = weights.level() == level;
      List<Stage> stages = isKnown ? best : stages(groups, cluster, weights);
      best = best.isEmpty() ? stages : best;
      if (isKnown || !isCut(stages)) {
        return new Layout.Stages(best);
      }
      level = weights.level();
      Simulation played = Simulator.run(stages, groups, cluster, fastest);
      if (played.seconds() < fastest && played.fits(cluster)) {
        best = stages;
        fastest = played.seconds();
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
