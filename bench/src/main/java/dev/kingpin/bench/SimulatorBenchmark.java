package dev.kingpin.bench;

import dev.kingpin.Kingpin;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.Walls;
import dev.kingpin.plan.Candidate;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.Optimizer;
import dev.kingpin.plan.Stage;
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.Strategy;
import dev.kingpin.plan.ThreadsPlan;
import dev.kingpin.query.TrainQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far virtual time is from the clock: what groups ask for is measured alone, on one thread;
 * then plans are played, and run on threads that share memory and on workers with walls, of which
 * two compute at a time.
 *
 * <pre>bench/run simulator [--scale F] [--repeats N]</pre>
 *
 * Workers get their rows from one place, over a link whose speed is taken from one run on one
 * worker.
 */
final class SimulatorBenchmark {
  private static final double NANOS = 1e-9;
  private static final double LATENCY = 30e-6;
  private static final int ROUNDS = 5;
  private static final int WARM_UPS = 3;
  private static final int CORES = 2;

  private final TrainQuery query;
  private final ColumnTable table;
  private final List<Demand> demands;
  private final double alone;
  private final int repeats;
  private final List<Double> errors = new ArrayList<>();

  private SimulatorBenchmark(TrainQuery query, ColumnTable table, int repeats) {
    this.query = query;
    this.table = table;
    this.repeats = repeats;
    demands = Kingpin.pilot(query, table, ROUNDS, 1);
    alone = demands.stream().mapToDouble(Demand::seconds).sum();
  }

  static void run(List<String> arguments) throws Exception {
    LinearOptions options = LinearOptions.of(arguments);
    System.out.println(Machine.describe());
    System.out.println("\n| table | plan | played, s | run, s | error |");
    System.out.println("|---|---|--:|--:|--:|");
    List<Double> errors = new ArrayList<>();
    for (ColumnsBenchmark.Column column : ColumnsBenchmark.columns(options.scale())) {
      SimulatorBenchmark bench =
          new SimulatorBenchmark(
              ColumnsBenchmark.query(column), ColumnsBenchmark.table(column), options.repeats());
      bench.compare(column.name());
      errors.addAll(bench.errors);
    }
    errors.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%nmedian error %.1f%%, worst %.1f%%, of %d%n",
        100 * errors.get(errors.size() / 2),
        100 * errors.get(errors.size() - 1),
        errors.size());
  }

  private void compare(String name) {
    for (int threads = 1; threads <= CORES; threads++) {
      Cluster.Network network = Cluster.Network.TEN_GIGABIT;
      double played = ThreadsPlan.of(List.of(new Demands(demands, network)), threads).seconds();
      line(name, threads + " threads", played, seconds(threads(threads)));
    }
    double bytes = demands.stream().mapToDouble(Demand::rowBytes).sum();
    Cluster one = cluster(1, Double.POSITIVE_INFINITY);
    double whole = seconds(threads(CORES).on(Walls.planned(one, stages("gtp", one).stages())));
    double speed = bytes / Math.max(1e-3, whole - alone);
    for (int workers : new int[] {2, 4, 8}) {
      for (String strategy : List.of("gtp", "gl", "dp", "mtp", Strategies.AUTO)) {
        Cluster cluster = cluster(workers, speed / workers);
        Candidate candidate = stages(strategy, cluster);
        if (candidate.simulation() != null && candidate.problem() == null) {
          List<Stage> stages = candidate.stages();
          double run = seconds(threads(CORES).on(Walls.planned(cluster, stages)));
          line(name, strategy + " on " + workers, candidate.seconds(), run);
        }
      }
    }
  }

  private void line(String table, String plan, double played, double run) {
    double error = Math.abs(played - run) / run;
    errors.add(error);
    System.out.printf(
        Locale.ROOT, "| %s | %s | %.3f | %.3f | %.0f%% |%n", table, plan, played, run, 100 * error);
  }

  private static Cluster cluster(int workers, double bandwidth) {
    return new Cluster(
        dev.kingpin.plan.Machine.USUAL,
        java.util.Collections.nCopies(workers, Cluster.Worker.USUAL),
        new Cluster.Network(bandwidth, LATENCY),
        CORES);
  }

  private Candidate stages(String strategy, Cluster cluster) {
    Demands groups = new Demands(demands, cluster.network());
    Optimizer optimizer = new Optimizer(List.of(groups), cluster);
    Strategy named = Strategies.named(strategy).orElse(null);
    if (named != null) {
      return optimizer.candidate(named);
    }
    Candidate chosen = optimizer.decide().chosen();
    if (chosen == null) {
      throw new IllegalStateException("No plan is possible");
    }
    return chosen;
  }

  private static RunOptions threads(int threads) {
    return new RunOptions(threads, false, false, RunOptions.defaults().snapshotSeconds());
  }

  /** Median of some runs after others, from when the rows are read. */
  private double seconds(RunOptions options) {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < WARM_UPS + repeats; i++) {
      long[] start = new long[1];
      RunListener clock =
          new RunListener() {
            @Override
            public void training(int groups, int resumed, long rows, double work) {
              start[0] = System.nanoTime();
            }
          };
      Kingpin.train(query, table, options, clock).close();
      if (i >= WARM_UPS) {
        seconds.add((System.nanoTime() - start[0]) * NANOS);
      }
    }
    seconds.sort(null);
    return seconds.get(seconds.size() / 2);
  }
}
