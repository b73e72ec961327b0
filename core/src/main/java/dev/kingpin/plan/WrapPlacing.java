package dev.kingpin.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Wraps the groups of one level around the workers. */
final class WrapPlacing {
  private static final double TOLERANCE = 0.02;
  private static final double MOST = 64;
  private static final int ROUNDS = 8;

  private final Demands groups;
  private final Cluster cluster;
  private final WrapWeights weights;
  private final double[] memory; // (workers)
  private boolean isFree;

  WrapPlacing(Demands groups, Cluster cluster, WrapWeights weights) {
    this.groups = groups;
    this.cluster = cluster;
    this.weights = weights;
    memory = RowMemory.of(groups, cluster);
  }

  /** The groups that are cut, then the others: where memory closes workers, the rest get more. */
  List<Stage.Placed> placed() {
    Wrap wrap = wrap(1);
    List<Stage.Placed> best = fill(wrap, 1);
    double low = 1;
    isFree = wrap.isFree();
    double high = isFree ? 1 : MOST;
    for (int round = 0; round < ROUNDS && high > low; round++) {
      double times = Math.sqrt(low * high);
      wrap = wrap(times);
      List<Stage.Placed> placed = fill(wrap, times);
      boolean isOver = wrap.isOver(TOLERANCE);
      low = isOver ? times : low;
      best = isOver && high < MOST ? best : placed;
      high = isOver ? high : times;
    }
    return best;
  }

  /** Whether time alone has decided where workers are full, once groups are placed. */
  boolean isFree() {
    return isFree;
  }

  private boolean isEven(int g) {
    return weights.way().isEven() && groups.of(g).isSequential();
  }

  private Wrap wrap(double times) {
    return new Wrap(times * weights.level(), cluster, memory);
  }

  private List<Stage.Placed> fill(Wrap wrap, double times) {
    double fastest = Arrays.stream(cluster.speeds()).max().orElse(1);
    double largest = times * weights.level() * fastest;
    WrapOrder order = new WrapOrder(groups, weights, largest, wrap);
    List<Stage.Placed> cut = new ArrayList<>();
    List<Stage.Placed> whole = new ArrayList<>();
    while (!order.isEmpty()) {
      int g = order.take();
      List<Placement.Shard> shards =
          wrap.next(new Wrap.Load(groups.of(g), weights.of(g), isEven(g)));
      (shards.size() > 1 ? cut : whole).add(new Stage.Placed(g, Cuts.placement(shards)));
    }
    cut.addAll(whole);
    return cut;
  }
}
