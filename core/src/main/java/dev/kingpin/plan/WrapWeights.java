package dev.kingpin.plan;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What groups weigh that wrap around workers: the seconds for which they occupy workers, those
 * included that it costs to cut them. How often a group is cut depends on the weights of all.
 */
final class WrapWeights {
  private static final int ROUNDS = 5;

  /** Of a worker's share, what the largest group may have to be held whole. */
  private static final double HARDLY_LARGER = 1.25;

  private final Demands groups;
  private final Cluster cluster;
  private final WrapWay way;
  private final double bytes; // of all rows
  private final double[] weights; // (groups)
  private double level;
  private boolean hops; // whether a giant does

  WrapWeights(Demands groups, Cluster cluster, WrapWay way) {
    this.groups = groups;
    this.way = way;
    this.cluster = cluster;
    bytes = IntStream.range(0, groups.size()).mapToDouble(g -> groups.of(g).rowBytes()).sum();
    weights = IntStream.range(0, groups.size()).mapToDouble(groups::weight).toArray();
    if (way.holdsLargest()) {
      level = Math.max(share(), largest());
      return;
    }
    for (int round = 0; round < ROUNDS; round++) {
      level = share();
      weigh();
    }
    level = share();
  }

  private double share() {
    return Arrays.stream(weights).sum() / cluster.speed();
  }

  /** Seconds of the largest group on the fastest worker. */
  private double largest() {
    double seconds = weights.length == 0 ? 0 : weights[groups.largestFirst()[0]];
    return seconds / Arrays.stream(cluster.speeds()).max().orElse(1);
  }

  /** Whether groups may be placed by these weights. */
  boolean isPossible() {
    return way.isEven() ? hops : !way.holdsLargest() || level <= HARDLY_LARGER * share();
  }

  private void weigh() {
    for (int g : groups.largestFirst()) {
      double pieces = groups.of(g).cuts();
      if (groups.weight(g) <= level) {
        return;
      }
      if (groups.weight(g) * (1 - 0.5 / pieces) > level && pieces > 1) {
        double shards = Math.max(2, Math.min(pieces, Math.ceil(weights[g] / level)));
        int most = (int) Math.min(shards, cluster.size());
        weights[g] = groups.weight(g) + cost(groups.of(g), most);
        hops |= groups.of(g).isSequential();
      }
    }
  }

  /** Seconds that it costs to cut a group. */
  private double cost(Demand group, int shards) {
    double seconds = 0;
    for (Demand.OfChain chain : group.chains()) {
      seconds -= chain.seconds();
    }
    for (Demand.OfChain chain : group.courses(shards)) {
      seconds += chain.seconds();
    }
    return seconds + Math.max(0, shards - 2) * waiting(group, shards);
  }

  /** Seconds that a worker waits for others that has only a shard: for rows, and in every step. */
  private double waiting(Demand group, int shards) {
    if (group.isSequential()) {
      return 0;
    }
    double more = bytes / cluster.size() - group.rowBytes() / shards;
    return way.rows() * Math.max(0, cluster.network().rowSeconds(more))
        + way.steps() * CutCost.of(group, cluster).waiting(shards);
  }

  WrapWay way() {
    return way;
  }

  /** Seconds of a worker of speed 1 if all have the same to do. */
  double level() {
    return level;
  }

  double of(int group) {
    return weights[group];
  }
}
