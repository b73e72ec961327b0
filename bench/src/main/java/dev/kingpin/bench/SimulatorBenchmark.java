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
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.Strategy;
import dev.kingpin.plan.ThreadsPlan;
import dev.kingpin.query.TrainQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How far virtual time is from the clock: what groups ask for is measured on one thread; then plans
 * are played, and run on threads that share memory and on workers with walls, of which two compute
 * at a time.
 *
 * <pre>bench/run simulator [--scale F] [--repeats N]</pre>
 *
 * Two runs of each table tell what no count does, and are not predicted: one worker on one thread
 * tells how fast rows are packed and unpacked, two workers with groups as tasks how much two cores
 * hinder each other.
 */
final class SimulatorBenchmark {
  private static final double NANOS = 1e-9;
  private static final double LATENCY = 30e-6;
  private static final int ROUNDS = 5;
  private static final int WARM_UPS = 1;
  private static final int CORES = 2;
  private static final int[] WORKERS = {2, 4, 8};
  private static final List<String> STRATEGIES = List.of("gtp", "gl", "dp", "mtp", Strategies.AUTO);

  /** Plans that would take longer, in seconds, are left out. */
  private static final double LONGEST = 2.5;

  private static final Cluster.Network MEMORY =
      new Cluster.Network(Double.POSITIVE_INFINITY, LATENCY);

  private final TrainQuery query;
  private final ColumnTable table;
  private final List<Demand> demands;
  private final int repeats;
  private final List<Double> errors = new ArrayList<>();

  private SimulatorBenchmark(TrainQuery query, ColumnTable table, int repeats) {
    this.query = query;
    this.table = table;
    this.repeats = repeats;
    demands = Kingpin.pilot(query, table, ROUNDS, 1);
  }

  static void run(List<String> arguments) throws Exception {
    LinearOptions options = LinearOptions.of(arguments);
    System.out.println(Machine.describe());
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
    Cluster one = cluster(dev.kingpin.plan.Machine.USUAL, 1, 1, 1);
    double alone = demands.stream().mapToDouble(Demand::seconds).sum();
    double bytes = demands.stream().mapToDouble(Demand::rowBytes).sum();
    Spread whole = seconds(threads(1).on(Walls.planned(one, plan("gtp", one).stages())));
    double codec = 2 * bytes / Math.max(1e-3, whole.median() - alone);
    dev.kingpin.plan.Machine machine = packing(codec);
    Cluster two = cluster(machine, 2, CORES, 1);
    Candidate tasks = plan("gtp", two);
    double slower =
        seconds(threads(CORES).on(Walls.planned(two, tasks.stages()))).median() / tasks.seconds();
    System.out.printf(
        Locale.ROOT,
        "%n%s: %.3f s alone on one thread; rows packed and unpacked at %.1f GB/s, two cores %.0f%% slower%n%n",
        name,
        alone,
        codec / 1e9,
        100 * (slower - 1));
    System.out.println("| plan | played, s | run, s | error |");
    System.out.println("|---|--:|--:|--:|");
    for (int threads = 1; threads <= CORES; threads++) {
      double played = ThreadsPlan.of(List.of(new Demands(demands, MEMORY)), threads).seconds();
      played *= threads == 1 ? 1 : Math.max(1, slower);
      line(threads + (threads == 1 ? " thread" : " threads"), played, seconds(threads(threads)));
    }
    for (int workers : WORKERS) {
      compare(cluster(machine, workers, CORES, 1 / slower));
    }
  }

  private void compare(Cluster cluster) {
    for (String strategy : STRATEGIES) {
      Candidate candidate = plan(strategy, cluster);
      boolean isPossible = candidate.simulation() != null && candidate.problem() == null;
      boolean isCalibration = strategy.equals("gtp") && cluster.size() == 2;
      if (isPossible && !isCalibration && candidate.seconds() < LONGEST) {
        Spread run = seconds(threads(CORES).on(Walls.planned(cluster, candidate.stages())));
        line(strategy + " on " + cluster.size(), candidate.seconds(), run);
      }
    }
  }

  private void line(String plan, double played, Spread run) {
    double error = (played - run.median()) / run.median();
    errors.add(Math.abs(error));
    System.out.printf(
        Locale.ROOT, "| %s | %.3f | %s | %+.0f%% |%n", plan, played, run, 100 * error);
  }

  private static dev.kingpin.plan.Machine packing(double codec) {
    dev.kingpin.plan.Machine usual = dev.kingpin.plan.Machine.USUAL;
    return new dev.kingpin.plan.Machine(usual.flops(), usual.memory(), usual.start(), codec);
  }

  private static Cluster cluster(
      dev.kingpin.plan.Machine machine, int workers, int cores, double speed) {
    Cluster.Worker worker = new Cluster.Worker(speed, Double.POSITIVE_INFINITY);
    return new Cluster(machine, Collections.nCopies(workers, worker), MEMORY, cores);
  }

  private Candidate plan(String strategy, Cluster cluster) {
    Optimizer optimizer = new Optimizer(List.of(new Demands(demands, MEMORY)), cluster);
    Strategy named = Strategies.named(strategy).orElse(null);
    Candidate chosen = named == null ? optimizer.decide().chosen() : optimizer.candidate(named);
    if (chosen == null) {
      throw new IllegalStateException("No plan is possible");
    }
    return chosen;
  }

  private static RunOptions threads(int threads) {
    return new RunOptions(threads, false, false, RunOptions.defaults().snapshotSeconds());
  }

  /** Some runs after others, from when the rows are read; nothing is left to collect before. */
  private Spread seconds(RunOptions options) {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < WARM_UPS + repeats; i++) {
      long[] start = new long[1];
      RunListener clock =
          new RunListener() {
            @Override
            public void training(int groups, int resumed, long rows, double work) {
              System.gc();
              start[0] = System.nanoTime();
            }
          };
      Kingpin.train(query, table, options, clock).close();
      if (i >= WARM_UPS) {
        seconds.add((System.nanoTime() - start[0]) * NANOS);
      }
    }
    return Spread.of(seconds);
  }
}
