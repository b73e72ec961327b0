package dev.kingpin.plan;

import dev.kingpin.plan.Demand.OfChain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Each group in its own way. The groups that can stay whole are packed first, the costliest to the
 * idlest worker. Giants then fill what is left: each is cut over as many workers as it takes to be
 * done in time, so that these workers are full to the same level. Where a giant cannot be cut, its
 * chains are spread.
 *
 * @param level the time that groups may take, as a multiple of what all workers would need if work
 *     could be divided at will
 * @param giant groups that would take a larger part of that time on one worker are giants
 */
record Mixed(double level, double giant, Way way) implements Strategy {
  /** How giants and whole groups come together. */
  enum Way {
    /** Giants in equal shards first, whole groups fill the gaps. */
    EVEN,
    /** Whole groups first, giants fill all workers to the same level. */
    FILLING,
    /** As EVEN, and chains that hop do so over as many workers as possible. */
    WIDE,
    /** As EVEN, and chains that could hop are spread, with all rows. */
    SPREAD,
    /** Giants wrap around the workers first, whole groups fill the gaps. */
    WRAPPED;

    /** Whether it is EVEN where nothing hops. */
    private boolean isForHops() {
      return this == WIDE || this == SPREAD;
    }
  }

  @Override
  public String name() {
    return "mixed";
  }

  @Override
  public Layout place(Demands groups, Cluster cluster) {
    return new Layout.Stages(List.of(new Stage(new Placing(groups, cluster).all())));
  }

  /** Whether any group is a giant, so that this is more than group tasks. */
  boolean isMixture(Demands groups, Cluster cluster) {
    Placing placing = new Placing(groups, cluster);
    for (int g = 0; g < groups.size(); g++) {
      if (placing.isGiant(g) && (!way.isForHops() || groups.of(g).isSequential())) {
        return true;
      }
    }
    return false;
  }

  /** The placing of the groups of one level. */
  private final class Placing {
    private final Demands groups;
    private final Cluster cluster;
    private final Loads loads;
    private final double limit; // seconds of a worker of middling speed
    private final double[] rowMemory; // (workers)
    private final double memory; // for rows, of the worker that has least
    private final double most; // seconds of a worker whose memory is full
    private final double[] weights; // (groups): seconds, or bytes where these are scarcer

    Placing(Demands groups, Cluster cluster) {
      this.groups = groups;
      this.cluster = cluster;
      loads = new Loads(cluster);
      rowMemory = RowMemory.of(groups, cluster);
      memory = Arrays.stream(rowMemory).min().orElseThrow();
      double second = groups.weight() / cluster.size() / memory; // of a byte
      weights = new double[groups.size()];
      double sum = 0;
      for (int g = 0; g < weights.length; g++) {
        weights[g] = Math.max(groups.weight(g), groups.of(g).rowBytes() * second);
        sum += weights[g];
      }
      limit = level * sum / cluster.size();
      boolean isScarce = sum > groups.weight() * (1 + 1e-9);
      most = isScarce ? memory * second : Double.POSITIVE_INFINITY;
    }

    List<Stage.Placed> all() {
      List<Integer> large = new ArrayList<>();
      List<Integer> small = new ArrayList<>();
      for (int g : groups.largestFirst()) {
        (isGiant(g) ? large : small).add(g);
      }
      List<Stage.Placed> whole = new ArrayList<>();
      List<Stage.Placed> giants = new ArrayList<>();
      if (way == Way.FILLING) {
        whole.addAll(whole(small));
      }
      giants.addAll(way == Way.WRAPPED ? wrapped(large) : giants(large));
      if (way != Way.FILLING) {
        whole.addAll(whole(small));
      }
      giants.addAll(whole);
      return giants;
    }

    private List<Stage.Placed> whole(List<Integer> small) {
      List<Stage.Placed> placed = new ArrayList<>(small.size());
      for (int g : small) {
        placed.add(new Stage.Placed(g, new Placement.Whole(loads.give(weights[g]))));
      }
      return placed;
    }

    private List<Stage.Placed> giants(List<Integer> large) {
      List<Stage.Placed> placed = new ArrayList<>();
      large.forEach(g -> placed.add(new Stage.Placed(g, giant(g))));
      return placed;
    }

    private List<Stage.Placed> wrapped(List<Integer> large) {
      double together = large.stream().mapToDouble(g -> weights[g]).sum();
      double full = Math.max(Math.min(limit, most) * cluster.size(), together) / cluster.speed();
      Wrap wrap = new Wrap(full, cluster, rowMemory);
      List<Stage.Placed> placed = new ArrayList<>();
      for (int g : large) {
        Placement placement;
        if (groups.of(g).cuts() == 1) {
          placement = giant(g);
        } else {
          List<Placement.Shard> shards = wrap.next(new Wrap.Load(groups.of(g), weights[g], false));
          shards.forEach(s -> loads.add(s.worker(), weights[g] * s.share()));
          placement = Cuts.placement(shards);
        }
        placed.add(new Stage.Placed(g, placement));
      }
      return placed;
    }

    private boolean isGiant(int g) {
      Demand group = groups.of(g);
      boolean isLong = weights[g] > giant * limit || group.rowBytes() > memory;
      return isLong && (group.cuts() > 1 || group.taskCount() > 1);
    }

    private Placement giant(int g) {
      Demand group = groups.of(g);
      int most = Math.min(cluster.size(), group.cuts());
      int least = (int) Math.min(most, Math.ceil(group.rowBytes() / memory));
      if (!group.isSequential()) {
        int parts = Math.max(least, Math.min(most, parts(g)));
        return way == Way.FILLING
            ? Cuts.placement(loads.fill(weights[g], group.cuts(), parts))
            : even(g, parts);
      }
      int tasks = group.taskCount();
      if (tasks > 1 && (most == 1 || (way == Way.SPREAD && group.rowBytes() <= memory))) {
        return spread(group);
      }
      if (way == Way.WIDE) {
        return even(g, most);
      }
      int wanted = (int) Math.ceil(weights[g] / limit);
      return even(g, Math.max(least, Math.min(Math.min(most, tasks), Math.max(2, wanted))));
    }

    private Placement even(int g, int parts) {
      int[] workers = loads.giveParts(weights[g], parts);
      return Cuts.placement(Cuts.even(groups.of(g).cuts(), workers));
    }

    private Placement spread(Demand group) {
      List<Integer> workers = new ArrayList<>();
      double way = cluster.network().rowSeconds(group.rowBytes());
      for (OfChain task : group.tasks()) {
        workers.add(loads.give(task.seconds() + way));
      }
      return new Placement.Spread(workers.get(0), workers);
    }

    /** The fewest shards with which a group is done in time. */
    private int parts(int g) {
      double parts = CutCost.of(groups.of(g), cluster).fewest(limit);
      return (int) Math.max(2, Math.min(cluster.size(), Math.ceil(parts)));
    }
  }
}
