package dev.kingpin.plan;

import dev.kingpin.plan.Demand.OfChain;
import java.util.ArrayList;
import java.util.List;

/**
 * What a group takes that is cut into k shards whose partials meet at its owner: a / k + b + c k
 * seconds.
 *
 * @param shared seconds that get shorter with the number of shards: its rows, and work on them
 * @param fixed seconds that do not: the steps of the owner, the ways there and back
 * @param perShard seconds that messages of each shard take at the owner
 */
record CutCost(double shared, double fixed, double perShard) {
  static CutCost of(Demand group, Cluster cluster) {
    Cluster.Network network = cluster.network();
    double shared = network.rowSeconds(group.rowBytes());
    double fixed = 0;
    double perShard = 0;
    List<OfChain> chains = new ArrayList<>(group.chains());
    chains.addAll(group.last());
    for (OfChain chain : chains) {
      for (Steps step : chain.steps()) {
        double bytes = step.requestBytes() + step.partialBytes();
        double message = Math.max(step.requestBytes(), step.partialBytes());
        double all = step.sharedBytes();
        double once = network.seconds(all) + cluster.machine().codecSeconds(all);
        once += step.startSeconds() + step.ownerSeconds() + 2 * network.latency();
        shared += step.times() * step.rowSeconds();
        fixed += step.times() * once;
        perShard +=
            step.times() * (network.seconds(message) + cluster.machine().codecSeconds(bytes));
      }
    }
    return new CutCost(shared, fixed, perShard);
  }

  /** Seconds that a worker waits that has nothing but a shard. */
  double waiting(int shards) {
    return fixed + perShard * shards;
  }

  /** The fewest shards with which a group is done in time, or else those with which it is first. */
  double fewest(double seconds) {
    double spare = seconds - fixed;
    double root = spare * spare - 4 * shared * perShard;
    boolean isInTime = spare > 0 && root >= 0;
    return isInTime
        ? 2 * shared / (spare + Math.sqrt(root))
        : Math.sqrt(shared / Math.max(perShard, 1e-15));
  }
}
