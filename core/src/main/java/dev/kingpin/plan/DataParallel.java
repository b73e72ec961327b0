package dev.kingpin.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Data parallelism (section 3.2): one group after the other, each in equal shards on all workers.
 * Gradients of batches are summed over workers.
 */
record DataParallel() implements Strategy {
  @Override
  public String name() {
    return "dp";
  }

  @Override
  public Layout place(Demands groups, Cluster cluster) {
    List<Stage> stages = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      stages.add(stage(g, groups.of(g), cluster));
    }
    return new Layout.Stages(stages);
  }

  @Override
  public boolean takesBundles() {
    return false;
  }

  /** Groups come one after the other, and each of their steps takes a way there and back. */
  @Override
  public double atLeast(Demands groups, Cluster cluster) {
    double seconds = 0;
    for (int g = 0; g < groups.size(); g++) {
      seconds += atLeast(groups.of(g), cluster);
    }
    return seconds;
  }

  static double atLeast(Demand group, Cluster cluster) {
    boolean isCut = group.blocks() > 1 && cluster.size() > 1;
    return group.startSeconds() + (isCut ? group.steps() * 2 * cluster.network().latency() : 0);
  }

  static Stage stage(int group, Demand demand, Cluster cluster) {
    int parts = Math.min(cluster.size(), demand.blocks());
    int[] workers = new int[parts];
    for (int i = 0; i < parts; i++) {
      workers[i] = (group + i) % cluster.size();
    }
    List<Placement.Shard> shards = Cuts.even(demand.blocks(), workers);
    Placement placement =
        demand.isSequential()
            ? new Placement.Summed(workers[0], shards)
            : new Placement.Cut(workers[0], shards);
    return new Stage(List.of(new Stage.Placed(group, placement)));
  }
}
