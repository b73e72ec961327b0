package dev.kingpin.plan;

import dev.kingpin.plan.Demand.OfChain;
import dev.kingpin.plan.Placement.Shard;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The course of a cut group that has its workers for itself: all its steps are alike. */
final class Solo {
  private final Simulator world;
  private final Cluster.Network network;
  private final Demand group;

  Solo(Simulator world, Cluster cluster, Demand group) {
    this.world = world;
    network = cluster.network();
    this.group = group;
  }

  /** Whether no chain of a group hops, and no worker waits for another one's core. */
  static boolean canPlay(Placement placement, Demand group, Cluster cluster) {
    return isSum(placement, group) && !cluster.isOneMachine();
  }

  /** Whether all chains of a group ask all its shards in every step. */
  static boolean isSum(Placement placement, Demand group) {
    return placement instanceof Placement.Summed
        || (placement instanceof Placement.Cut && !group.isSequential());
  }

  static List<Shard> shards(Placement placement) {
    return placement instanceof Placement.Cut cut
        ? cut.shards()
        : ((Placement.Summed) placement).shards();
  }

  /** Seconds that it takes; tells the world what its workers do meanwhile. */
  double play(Placement placement) {
    List<Shard> shards = shards(placement);
    double seconds = 0;
    for (OfChain chain : group.chains()) {
      seconds += play(chain, shards, placement.owner());
    }
    for (OfChain chain : group.last()) {
      seconds += play(chain, shards, placement.owner());
    }
    return seconds;
  }

  private double play(OfChain chain, List<Shard> shards, int owner) {
    double seconds = 0;
    for (Steps steps : chain.summed().steps()) {
      seconds += steps.times() * step(steps, shards, owner);
    }
    return seconds;
  }

  /**
   * A step: requests leave one after the other, shards answer, partials arrive one after the other,
   * the owner goes on.
   */
  private double step(Steps steps, List<Shard> shards, int owner) {
    double end = 0;
    double bytes = 0;
    double[] sent = new double[shards.size()]; // (others): when the answer is on its way
    double[] lengths = new double[shards.size()]; // (others): seconds that it takes to come in
    int others = 0;
    for (Shard shard : shards) {
      boolean isAway = shard.worker() != owner;
      double partial = steps.partialBytes(shard.share());
      double message = isAway ? steps.requestBytes() + partial : 0;
      double seconds = rows(steps, shard) + world.codec(message);
      Station station = world.station(shard.worker());
      station.count(steps.times() * seconds);
      bytes += message;
      if (isAway) {
        double asked = network.latency() + (others + 1) * network.seconds(steps.requestBytes());
        sent[others] = asked + seconds / station.speed() + network.latency();
        lengths[others++] = network.seconds(partial);
        world.sent(steps.times(), steps.requestBytes());
        world.sent(steps.times(), partial);
      } else {
        end = Math.max(end, seconds / station.speed());
      }
    }
    double tell = steps.ownerSeconds() + world.codec(bytes);
    world.station(owner).count(steps.times() * tell);
    world.sync(steps.times());
    return Math.max(end, arrived(sent, lengths, others)) + tell / world.station(owner).speed();
  }

  private static double rows(Steps steps, Shard shard) {
    return steps.rowSeconds() * shard.share() + steps.startSeconds();
  }

  /** When the last of the answers is there: they come in one after the other, as they were sent. */
  private static double arrived(double[] sent, double[] lengths, int others) {
    double free = 0;
    if (isAscending(sent, others)) {
      for (int i = 0; i < others; i++) {
        free = Math.max(free, sent[i]) + lengths[i];
      }
      return free;
    }
    int[] order =
        IntStream.range(0, others)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> sent[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i : order) {
      free = Math.max(free, sent[i]) + lengths[i];
    }
    return free;
  }

  private static boolean isAscending(double[] values, int count) {
    for (int i = 1; i < count; i++) {
      if (values[i] < values[i - 1]) {
        return false;
      }
    }
    return true;
  }
}
