package dev.kingpin.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Model task parallelism (section 3.1): a chain of a group, or the smallest part of it that gives
 * the same model alone, is a task. All workers that have one need all rows of the group.
 */
record ModelTasks() implements Strategy {
  @Override
  public String name() {
    return "mtp";
  }

  @Override
  public Layout place(Demands groups, Cluster cluster) {
    Loads loads = new Loads(cluster);
    List<Stage.Placed> placed = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      List<Integer> workers = new ArrayList<>();
      for (Demand.OfChain task : groups.of(g).tasks()) {
        workers.add(loads.give(task.seconds()));
      }
      placed.add(new Stage.Placed(g, new Placement.Spread(workers.get(0), workers)));
    }
    return new Layout.Stages(List.of(new Stage(placed)));
  }
}
