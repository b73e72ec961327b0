package dev.kingpin.plan;

import dev.kingpin.plan.Demand.OfChain;
import dev.kingpin.plan.Demand.Steps;
import dev.kingpin.plan.Placement.Shard;
import java.util.List;

/** The course of a cut group that has its workers for itself: all its steps are alike. */
final class Solo {
  private final Simulator world;
  private final Cluster cluster;
  private final Demand group;

  Solo(Simulator world, Cluster cluster, Demand group) {
    this.world = world;
    this.cluster = cluster;
    this.group = group;
  }

  /** Whether no chain of a group hops. */
  static boolean canPlay(Placement placement, Demand group) {
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
   * A step: the last request arrives, its shard answers, the last partial arrives, the owner goes
   * on. Requests leave one after the other and so do answers arrive; the wider of the two spreads
   * them.
   */
  private double step(Steps steps, List<Shard> shards, int owner) {
    Cluster.Network network = cluster.network();
    int others = shards.size() - 1;
    double slowest = 0;
    for (Shard shard : shards) {
      double rows = steps.rowSeconds() * shard.share() + steps.startSeconds();
      double bytes = shard.worker() == owner ? 0 : steps.requestBytes() + steps.partialBytes();
      Station station = world.station(shard.worker());
      double seconds = rows + world.codec(bytes);
      station.count(steps.times() * seconds);
      slowest = Math.max(slowest, seconds / station.speed());
    }
    double tell =
        steps.ownerSeconds() + world.codec(others * (steps.requestBytes() + steps.partialBytes()));
    world.station(owner).count(steps.times() * tell);
    world.sync(steps.times());
    world.sent((double) steps.times() * others, steps.requestBytes());
    world.sent((double) steps.times() * others, steps.partialBytes());
    double request = network.seconds(steps.requestBytes());
    double partial = network.seconds(steps.partialBytes());
    double travel =
        others == 0
            ? 0
            : 2 * network.latency()
                + Math.min(request, partial)
                + others * Math.max(request, partial);
    return travel + slowest + tell / world.station(owner).speed();
  }
}
