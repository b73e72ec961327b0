package dev.kingpin.bench;

import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.GroupShape;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Learners;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.Task;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.Estimator;
import dev.kingpin.plan.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Groups to train on a cluster that is not here.
 *
 * @param kind of learning: ridge, newton, lbfgs or sgd
 * @param zipf the g-th largest group has rows in proportion to {@code 1 / g^zipf}
 * @param width numeric features
 * @param gigabits a second, of each link
 * @param isTight whether the memory of workers hardly holds the table
 * @param isUneven whether workers are half to twice as fast as usual, and have memory of their own
 */
record PlanScenario(
    String kind,
    int groups,
    double zipf,
    int width,
    double rows,
    int workers,
    double gigabits,
    boolean isTight,
    boolean isUneven) {
  static final List<String> KINDS = List.of("ridge", "newton", "lbfgs", "sgd");

  private static final int CONFIGS = 12;
  private static final double HELD = 0.2;
  private static final double LATENCY = 50e-6;
  private static final double LEAST_ROWS = 30;
  private static final double CELL_BYTES = 4;
  private static final double OTHER_BYTES = 13;
  private static final double TIGHT = 1.3;
  private static final double BESIDE_ROWS = 1e7;

  /** Any scenarios; the same ones for the same seed. */
  static List<PlanScenario> draw(int count, long seed) {
    Random random = new Random(seed);
    Random uneven = new Random(seed + 1);
    List<PlanScenario> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(
          new PlanScenario(
              KINDS.get(random.nextInt(KINDS.size())),
              (int) Math.round(power(random, 0, 5)),
              2 * random.nextDouble(),
              (int) power(random, 0.5, 3),
              power(random, 6, 9),
              1 << random.nextInt(9),
              power(random, -1, 2),
              random.nextInt(3) == 0,
              uneven.nextInt(3) == 0));
    }
    return drawn;
  }

  private static double power(Random random, double from, double to) {
    return Math.pow(10, from + (to - from) * random.nextDouble());
  }

  Cluster.Network network() {
    return Cluster.Network.ofGigabits(gigabits, LATENCY);
  }

  /** The workers, if machine and network are such. */
  Cluster cluster(Machine machine, Cluster.Network network) {
    double bytes = 0;
    for (long size : sizes()) {
      bytes += size * rowBytes();
    }
    double memory = isTight ? TIGHT * bytes / workers + BESIDE_ROWS : Double.POSITIVE_INFINITY;
    if (!isUneven) {
      return Cluster.of(machine, workers, new Cluster.Worker(1, memory), network);
    }
    Random random = new Random(workers);
    List<Cluster.Worker> all = new ArrayList<>();
    for (int w = 0; w < workers; w++) {
      double speed = power(random, Math.log10(0.5), Math.log10(2));
      all.add(new Cluster.Worker(speed, memory * power(random, 0, Math.log10(2))));
    }
    return new Cluster(machine, all, network, Cluster.APART);
  }

  private double rowBytes() {
    return rowBytes(width);
  }

  /** Bytes of a row. */
  static double rowBytes(int width) {
    return CELL_BYTES * width + OTHER_BYTES;
  }

  private long[] sizes() {
    double sum = 0;
    for (int g = 1; g <= groups; g++) {
      sum += Math.pow(g, -zipf);
    }
    long[] sizes = new long[groups];
    for (int g = 0; g < groups; g++) {
      double size = rows * Math.pow(g + 1, -zipf) / sum;
      sizes[g] = Math.round(Math.max(LEAST_ROWS, size));
    }
    return sizes;
  }

  /** What the groups ask for, if machine and network are such. */
  Demands demands(Machine machine, Cluster.Network network) {
    Learner learner = Learners.of("linear");
    Estimator estimator =
        new Estimator(learner, chains(learner), machine, new Estimator.Search(CONFIGS, HELD, true));
    List<Demand> demands = new ArrayList<>(groups);
    for (long size : sizes()) {
      GroupShape shape = new GroupShape(size, width, 0, 0, isRegression() ? 0 : 2);
      demands.add(estimator.of(shape, rowBytes()));
    }
    return new Demands(demands, network);
  }

  private boolean isRegression() {
    return kind.equals("ridge");
  }

  private List<Chain> chains(Learner learner) {
    List<Fit> fits = new ArrayList<>();
    for (int i = 0; i < CONFIGS; i++) {
      SortedMap<String, String> settings = new TreeMap<>();
      settings.put("l2", String.valueOf(Math.pow(10, -0.3 * i)));
      if (kind.equals("lbfgs") || kind.equals("sgd")) {
        settings.put("solver", kind);
        settings.put("epochs", "10");
      }
      if (kind.equals("sgd")) {
        settings.put("learning_rate", String.valueOf(0.001 * (i + 1)));
        settings.put("batch", "256");
      }
      fits.add(new Fit(new Config(settings), new RowMask(1)));
    }
    Task task = isRegression() ? Task.REGRESSION : Task.CLASSIFICATION;
    return learner.chains(task, Metric.defaultFor(task), fits);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %,d groups, Zipf %.1f, %d features, %.2g rows, %d workers, %.1f Gbit/s%s",
        kind,
        groups,
        zipf,
        width,
        rows,
        workers,
        gigabits,
        (isTight ? ", tight" : "") + (isUneven ? ", uneven" : ""));
  }
}
