package dev.kingpin.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Model hopper parallelism (Nakandala, Zhang and Kumar, "Cerebro", PVLDB 13(11), 2020): every group
 * lies in equal shards on all workers, and chains hop from shard to shard.
 */
record ModelHopper() implements Strategy {
  @Override
  public String name() {
    return "mop";
  }

  /** A bundle has no chains that hop. */
  @Override
  public boolean takesBundles() {
    return false;
  }

  @Override
  public Layout place(Demands groups, Cluster cluster) {
    List<Stage.Placed> placed = new ArrayList<>();
    int next = 0;
    for (int g = 0; g < groups.size(); g++) {
      Demand demand = groups.of(g);
      if (!demand.hopsOnly()) {
        return new Layout.NotApplicable(
            "only chains whose state changes from batch to batch hop, such as solver sgd");
      }
      int[] workers = new int[Math.min(cluster.size(), demand.cuts())];
      for (int i = 0; i < workers.length; i++) {
        workers[i] = next++ % cluster.size();
      }
      Placement placement = Cuts.placement(Cuts.even(demand.cuts(), workers));
      placed.add(new Stage.Placed(g, placement));
    }
    return new Layout.Stages(List.of(new Stage(placed)));
  }
}
