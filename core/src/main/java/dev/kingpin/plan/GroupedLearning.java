package dev.kingpin.plan;

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
    Wrap wrap = new Wrap(groups.weight() / cluster.speed(), cluster);
    List<Stage.Placed> placed = new ArrayList<>();
    for (int group : groups.largestFirst()) {
      List<Placement.Shard> shards = wrap.next(groups.of(group).cuts(), groups.weight(group));
      placed.add(new Stage.Placed(group, Cuts.placement(shards)));
    }
    return new Layout.Stages(List.of(new Stage(placed)));
  }
}
