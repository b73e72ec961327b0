package dev.kingpin.plan;

import dev.kingpin.plan.Placement.Shard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Groups of one level where memory leaves no room to wrap giants around few workers: whole groups
 * go to whoever has the least to do, and every giant is cut over all workers, so that all of them
 * are done at the same time. A worker with no whole groups waits in the steps of giants, so it is
 * given less.
 */
final class WrapSpread {
  private static final int HALVINGS = 50;

  private final Demands groups;
  private final double[] speeds; // (workers)
  private final double[] memory; // (workers) bytes that are left
  private final double[] whole; // (workers) seconds of groups that are not cut
  private final List<Integer> giants = new ArrayList<>();
  private final boolean[] isGiant; // (groups)
  private double weight; // of giants, seconds of a worker of speed 1
  private double bytes; // of giants
  private double wait; // seconds, of a worker that has nothing but shards

  WrapSpread(Demands groups, Cluster cluster) {
    this.groups = groups;
    speeds = cluster.speeds();
    memory = RowMemory.of(groups, cluster);
    whole = new double[speeds.length];
    isGiant = new boolean[groups.size()];
    double share = groups.weight() / cluster.speed();
    double largest = share * Arrays.stream(speeds).max().orElse(1);
    double most = Arrays.stream(memory).max().orElse(0);
    for (int g : groups.largestFirst()) {
      boolean isLarge = groups.weight(g) > largest || groups.of(g).rowBytes() > most;
      if (isLarge && mayBeCut(groups.of(g))) {
        isGiant[g] = true;
        giants.add(g);
        weight += groups.weight(g);
        bytes += groups.of(g).rowBytes();
        wait += CutCost.of(groups.of(g), cluster).waiting(speeds.length);
      }
    }
  }

  private static boolean mayBeCut(Demand group) {
    return group.cuts() > 1 && !group.isSequential();
  }

  /** Whether there are giants, fewer than workers. */
  boolean isPossible() {
    return !giants.isEmpty() && giants.size() < speeds.length;
  }

  /** The groups that are cut, then the others. */
  List<Stage.Placed> placed() {
    List<Stage.Placed> placed = new ArrayList<>();
    for (int g : groups.largestFirst()) {
      if (!isGiant[g]) {
        placed.add(new Stage.Placed(g, new Placement.Whole(give(g))));
      }
    }
    double[] shares = shares();
    for (int i = 0; i < giants.size(); i++) {
      placed.add(i, new Stage.Placed(giants.get(i), cut(groups.of(giants.get(i)), shares, i)));
    }
    return placed;
  }

  /** The worker that is done first with a group, of those with memory for it. */
  private int give(int g) {
    double rows = groups.of(g).rowBytes();
    int best = 0;
    for (int w = 1; w < speeds.length; w++) {
      boolean fits = memory[w] >= rows;
      boolean isFirst = end(w, g) < end(best, g);
      best = fits && (isFirst || memory[best] < rows) ? w : best;
    }
    whole[best] = end(best, g);
    memory[best] -= rows;
    return best;
  }

  private double end(int worker, int g) {
    return whole[worker] + groups.weight(g) / speeds[worker];
  }

  /** Of every giant, what each worker has. */
  private double[] shares() {
    double low = 0;
    double high = wait + Arrays.stream(whole).max().orElse(0);
    high += weight / Arrays.stream(speeds).min().orElse(1);
    for (int n = 0; n < HALVINGS; n++) {
      double middle = (low + high) / 2;
      boolean isEnough = Arrays.stream(shares(middle)).sum() >= 1;
      low = isEnough ? low : middle;
      high = isEnough ? middle : high;
    }
    return shares(high);
  }

  private double[] shares(double end) {
    double[] shares = new double[speeds.length];
    for (int w = 0; w < shares.length; w++) {
      double seconds = Math.max(0, end - Math.max(whole[w], wait));
      shares[w] = Math.min(seconds * speeds[w] / weight, Math.max(0, memory[w] / bytes));
    }
    return shares;
  }

  /** Owners of giants follow one another, since each has steps of its own to do. */
  private Placement cut(Demand group, double[] shares, int number) {
    int[] workers = IntStream.range(0, shares.length).toArray();
    List<Shard> shards = Cuts.inParts(group.cuts(), workers, shares, Arrays.stream(shares).sum());
    return new Placement.Cut(shards.get(number % shards.size()).worker(), shards);
  }
}
