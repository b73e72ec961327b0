package dev.kingpin.plan;

import dev.kingpin.learner.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Data parallelism (section 3.2): one group after the other, each in equal shards on all workers.
 * Gradients of batches are summed over workers, of which each has an equal part of every batch.
 */
record DataParallel() implements Strategy {
  /** More shards than these take gigabytes to plan. */
  private static final long MOST_SHARDS = 20_000_000;

  @Override
  public String name() {
    return "dp";
  }

  @Override
  public Layout place(Demands groups, Cluster cluster) {
    if (isTooMany(groups, cluster, 0)) {
      return tooMany(groups, cluster);
    }
    List<Stage> stages = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      stages.add(stage(g, groups.of(g), cluster));
    }
    return new Layout.Stages(stages);
  }

  /** Whether groups of so many bytes of rows and more would be in too many shards. */
  static boolean isTooMany(Demands groups, Cluster cluster, double bytes) {
    return shards(groups, cluster, bytes) > MOST_SHARDS;
  }

  private static long shards(Demands groups, Cluster cluster, double bytes) {
    long shards = 0;
    for (int g = 0; g < groups.size(); g++) {
      boolean isLarge = groups.of(g).rowBytes() >= bytes;
      shards += isLarge ? Math.min(cluster.size(), groups.of(g).blocks()) : 0;
    }
    return shards;
  }

  static Layout tooMany(Demands groups, Cluster cluster) {
    return new Layout.NotApplicable(
        String.format(
            Locale.ROOT,
            "%,d groups in shards on %,d workers are more than can be planned",
            groups.size(),
            cluster.size()));
  }

  @Override
  public boolean takesBundles() {
    return false;
  }

  /** Groups come one after the other, and each of their steps takes a way there and back. */
  @Override
  public double atLeast(Demands groups, Cluster cluster) {
    return atLeast(groups, cluster, 0);
  }

  /**
   * The same for groups of so many bytes of rows and more.
   *
   * @param bytes of rows
   */
  static double atLeast(Demands groups, Cluster cluster, double bytes) {
    double fastest = Arrays.stream(cluster.speeds()).max().orElse(1);
    double seconds = 0;
    for (int g = 0; g < groups.size(); g++) {
      Demand group = groups.of(g);
      if (group.rowBytes() >= bytes) {
        int parts = Math.min(cluster.size(), group.blocks());
        seconds += atLeast(group.chains(), parts, cluster, fastest);
        seconds += atLeast(group.last(), parts, cluster, fastest);
      }
    }
    return seconds;
  }

  private static double atLeast(
      List<Demand.OfChain> chains, int parts, Cluster cluster, double fastest) {
    double seconds = 0;
    for (Demand.OfChain chain : chains) {
      boolean isSummed = parts > 1 && chain.pattern() == Pattern.SEQUENTIAL;
      for (Steps step : chain.steps()) {
        double times = (double) step.times() * (isSummed ? step.batches() : 1);
        double work = step.times() * (step.rowSeconds() / parts + step.ownerSeconds());
        double messages = cluster.machine().codecSeconds(bytes(step, parts));
        seconds += (work + times * (step.startSeconds() + messages)) / fastest;
        seconds += parts > 1 ? times * 2 * cluster.network().latency() : 0;
      }
    }
    return seconds;
  }

  /** Of all messages of a step, which the owner writes and reads. */
  private static double bytes(Steps step, int parts) {
    return (parts - 1) * (step.requestBytes() + step.partialBytes());
  }

  static Stage stage(int group, Demand demand, Cluster cluster) {
    int parts = Math.min(cluster.size(), demand.blocks());
    int[] workers = new int[parts];
    for (int i = 0; i < parts; i++) {
      workers[i] = (group + i) % cluster.size();
    }
    List<Placement.Shard> shards = Cuts.even(demand.blocks(), workers);
    return new Stage(List.of(new Stage.Placed(group, placement(demand, shards))));
  }

  private static Placement placement(Demand demand, List<Placement.Shard> shards) {
    int owner = shards.get(0).worker();
    if (!demand.isSequential()) {
      return new Placement.Cut(owner, shards);
    }
    return shards.size() == 1
        ? new Placement.Whole(owner)
        : new Placement.Summed(owner, Cuts.parts(shards));
  }
}
