package dev.kingpin.bench;

import dev.kingpin.Kingpin;
import dev.kingpin.learner.Task;
import dev.kingpin.plan.Candidate;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Decision;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.Optimizer;
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.Strategy;
import dev.kingpin.query.Fallback;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The linear columns of table 5 of Li and Kumar (PVLDB 14(11), 2021) at reduced scale: every
 * strategy, 12 configs, 10 epochs, 4 and 8 workers. Compute is measured, step by step, on one
 * thread of this machine; the network of ten gigabits a second is virtual.
 *
 * <pre>bench/run columns [--scale F] [--rounds N]</pre>
 */
final class ColumnsBenchmark {
  private static final double GIGABITS = 10;
  private static final double LATENCY = 50e-6;
  private static final int[] WORKERS = {4, 8};

  /** Minutes of table 5: by strategy, groups by country and by partner. */
  private static final Map<String, double[]> PAPER =
      new TreeMap<>(
          Map.of(
              "gl", new double[] {86, 95},
              "gtp-fifo", new double[] {226, 232},
              "mtp", new double[] {1082, 1312},
              "dp", new double[] {158, 711},
              "sp", new double[] {217, 194}));

  /**
   * A column.
   *
   * @param sizes (groups)
   * @param paper the same column in the paper's table, or -1
   * @param memory of each worker as a share of all rows; infinity for no limit
   */
  record Column(String name, int[] sizes, int features, boolean sgd, int paper, double memory) {}

  private ColumnsBenchmark() {}

  static void run(List<String> arguments) throws Exception {
    double scale = 1;
    int rounds = 3;
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      switch (arguments.get(i)) {
        case "--scale" -> scale = Double.parseDouble(arguments.get(i + 1));
        case "--rounds" -> rounds = Integer.parseInt(arguments.get(i + 1));
        default -> throw new IllegalArgumentException("Unknown word " + arguments.get(i));
      }
    }
    System.out.println(Machine.describe());
    for (Column column : columns(scale)) {
      print(column, rounds);
    }
  }

  static List<Column> columns(double scale) {
    int rows = (int) (200_000 * scale);
    return List.of(
        new Column("logistic, 18 groups", shares(rows, 18, 0.26), 256, false, 0, ample()),
        new Column("logistic, 280 groups", decades(rows, 280), 256, false, 1, ample()),
        new Column("two dominant groups", dominant(rows), 256, false, -1, 0.35),
        new Column(
            "logistic by SGD, 18 groups", shares(10 * rows, 18, 0.26), 16, true, -1, ample()));
  }

  private static double ample() {
    return Double.POSITIVE_INFINITY;
  }

  /** The largest group has a share of all rows; each other one has a part of the one before. */
  private static int[] shares(int rows, int groups, double largest) {
    double low = 0.1;
    double high = 1;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      double sum = (1 - Math.pow(middle, groups)) / (1 - middle);
      if (1 / sum > largest) {
        low = middle;
      } else {
        high = middle;
      }
    }
    int[] sizes = new int[groups];
    for (int g = 0; g < groups; g++) {
      sizes[g] = Math.max(50, (int) (rows * largest * Math.pow(low, g)));
    }
    return sizes;
  }

  /** Sizes fall evenly over three decades. */
  private static int[] decades(int rows, int groups) {
    double sum = 0;
    for (int g = 0; g < groups; g++) {
      sum += Math.pow(10, -3.0 * g / (groups - 1));
    }
    int[] sizes = new int[groups];
    for (int g = 0; g < groups; g++) {
      sizes[g] = Math.max(30, (int) (rows / sum * Math.pow(10, -3.0 * g / (groups - 1))));
    }
    return sizes;
  }

  private static int[] dominant(int rows) {
    return new int[] {rows * 45 / 100, rows * 45 / 100, rows / 20, rows / 40, rows / 80, rows / 80};
  }

  static ColumnTable table(Column column) {
    return MadeTable.of(
        new Scenario(column.name(), "logistic", column.sizes(), column.features(), List.of(1.0)));
  }

  static TrainQuery query(Column column) {
    QueryBuilder query = TrainQuery.groupBy(ColumnTable.KEY).predict("y > 0 AS positive");
    query.task(Task.CLASSIFICATION);
    if (column.sgd()) {
      query.grid("solver", "sgd").grid("learning_rate", 0.3, 0.1, 0.03, 0.01);
      query.grid("l2", 0, 0.001, 0.01);
    } else {
      query.grid("solver", "lbfgs").grid("l1", 1, 0.5, 0.1, 0.05).grid("l2", 0.0, 0.001, 0.01);
    }
    query.grid("epochs", 10);
    return query
        .validate(Validation.holdout(0.1))
        .refit(false)
        .fallback(Fallback.NONE)
        .seed(Scenario.SEED)
        .build();
  }

  private static void print(Column column, int rounds) {
    Scenario scenario =
        new Scenario(column.name(), "logistic", column.sizes(), column.features(), List.of(1.0));
    List<Demand> demands = Kingpin.pilot(query(column), MadeTable.of(scenario), rounds, 1);
    System.out.printf(
        Locale.ROOT,
        "%n%s: %,d rows x %d dense features, largest group %.2f of the rows, 12 configs, 10 epochs;"
            + " %.2f s of compute on one thread%n%n",
        column.name(),
        scenario.rows(),
        column.features(),
        (double) column.sizes()[0] / scenario.rows(),
        demands.stream().mapToDouble(Demand::seconds).sum());
    System.out.println(
        "| strategy | 4 workers, s | / gl | busy | MB sent | 8 workers, s | / gl | busy | MB sent |"
            + " paper / gl |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    List<Map<String, Candidate>> played = new ArrayList<>();
    for (int workers : WORKERS) {
      played.add(play(column, demands, workers));
    }
    List<String> names = new ArrayList<>(List.of(Strategies.AUTO));
    Strategies.all().forEach(s -> names.add(s.name()));
    for (String name : names) {
      System.out.println(line(column, name, played));
    }
  }

  private static Map<String, Candidate> play(Column column, List<Demand> demands, int workers) {
    Cluster.Network network = Cluster.Network.ofGigabits(GIGABITS, LATENCY);
    double bytes = demands.stream().mapToDouble(Demand::rowBytes).sum();
    Cluster.Worker worker = new Cluster.Worker(1, bytes * column.memory());
    Cluster cluster = Cluster.of(dev.kingpin.plan.Machine.USUAL, workers, worker, network);
    Optimizer optimizer = new Optimizer(List.of(new Demands(demands, network)), cluster);
    Map<String, Candidate> played = new TreeMap<>();
    for (Strategy strategy : Strategies.all()) {
      played.put(strategy.name(), optimizer.candidate(strategy));
    }
    Decision decision = optimizer.decide();
    if (decision.chosen() != null) {
      played.put(Strategies.AUTO, decision.chosen());
    }
    return played;
  }

  private static String line(Column column, String name, List<Map<String, Candidate>> played) {
    StringBuilder line = new StringBuilder("| " + name);
    for (Map<String, Candidate> candidates : played) {
      Candidate own = candidates.get(name);
      Candidate gl = candidates.get("gl");
      line.append(own == null || gl == null ? " | n/a | | | " : cells(own, gl.seconds()));
    }
    return line.append(paper(column, name)).toString();
  }

  private static String cells(Candidate own, double gl) {
    if (own.simulation() == null) {
      return " | n/a | | | ";
    }
    if (own.problem() != null && own.problem().contains("memory")) {
      return " | out of memory | | | ";
    }
    return String.format(
        Locale.ROOT,
        " | %.3f | %.2f | %.0f%% | %.1f",
        own.seconds(),
        own.seconds() / gl,
        100 * own.simulation().utilisation(),
        own.simulation().bytes() / 1e6);
  }

  private static String paper(Column column, String name) {
    double[] minutes = PAPER.get(name);
    double[] gl = PAPER.get("gl");
    return minutes == null || gl == null || column.paper() < 0
        ? " | |"
        : String.format(Locale.ROOT, " | %.2f |", minutes[column.paper()] / gl[column.paper()]);
  }
}
