package dev.kingpin.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Grouped learning with equal shards (section 4.7, algorithm 2): a group is cut into as many equal
 * shards as come nearest to a worker's share of all seconds, on the workers with the least to do.
 */
record ConstrainedLearning() implements Strategy {
  @Override
  public String name() {
    return "gl-equal";
  }

  @Override
  public Layout place(Demands groups, Cluster cluster) {
    double level = groups.weight() / cluster.speed();
    Loads loads = new Loads(cluster);
    List<Stage.Placed> placed = new ArrayList<>();
    for (int g : groups.largestFirst()) {
      Demand group = groups.of(g);
      int most = Math.min(cluster.size(), group.cuts());
      int[] workers = loads.giveParts(groups.weight(g), parts(groups.weight(g), level, most));
      placed.add(new Stage.Placed(g, Cuts.placement(Cuts.even(group.cuts(), workers))));
    }
    return new Layout.Stages(List.of(new Stage(placed)));
  }

  /** The number of shards whose size is nearest to the level. */
  private static int parts(double weight, double level, int most) {
    int below = (int) Math.max(1, Math.min(most, Math.floor(weight / level)));
    int above = Math.min(most, below + 1);
    boolean isNearer = Math.abs(weight / above - level) < Math.abs(weight / below - level);
    return isNearer ? above : below;
  }
}
