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
 * How far virtual time is from the clock: what groups ask for is measured on one thread, alone and
 * beside another one; then plans are played, and run on threads that share memory and on workers
 * with walls, of which two compute at a time. No run of a plan is used to predict another.
 *
 * <pre>bench/run simulator [COLUMN...] [--scale F] [--repeats N]</pre>
 *
 * Columns are counted from 1. Plans are run in turns, so that the compiler, and whatever else
 * happens on the machine, meets all of them alike.
 */
final class SimulatorBenchmark {
  private static final double NANOS = 1e-9;
  private static final int ROUNDS = 5;
  private static final int WARM_UPS = 2;
  private static final int TRAININGS_BEFORE = 20;
  private static final int CORES = 2;
  private static final int[] WORKERS = {2, 4, 8};
  private static final List<String> STRATEGIES = List.of("gtp", "gl", "dp", "mtp", Strategies.AUTO);

  /** Plans that would take longer, in seconds, are left out. */
  private static final double LONGEST = 2.5;

  private final TrainQuery query;
  private final ColumnTable table;
  private final dev.kingpin.plan.Machine machine;
  private final List<Demand> alone;
  private final List<Demand> beside;
  private final List<Plan> plans = new ArrayList<>();

  /** A plan, and what it took. */
  private static final class Plan {
    private final String name;
    private final RunOptions options;
    private final double played;
    private final List<Double> run = new ArrayList<>();

    Plan(String name, RunOptions options, double played) {
      this.name = name;
      this.options = options;
      this.played = played;
    }

    double error() {
      double clock = Spread.of(run).median();
      return (played - clock) / clock;
    }
  }

  private SimulatorBenchmark(
      TrainQuery query, ColumnTable table, dev.kingpin.plan.Machine machine) {
    this.query = query;
    this.table = table;
    this.machine = machine;
    Kingpin.pilot(query, table, 1, CORES); // for the compiler, as what follows
    for (int i = 0; i < TRAININGS_BEFORE; i++) {
      seconds(on(CORES));
    }
    beside = Kingpin.pilot(query, table, ROUNDS, CORES);
    alone = Kingpin.pilot(query, table, ROUNDS, 1);
    for (int threads = 1; threads <= CORES; threads++) {
      List<Demand> demands = threads == 1 ? alone : beside;
      double played = ThreadsPlan.of(List.of(demands(demands)), threads).seconds();
      plans.add(new Plan(threads + (threads == 1 ? " thread" : " threads"), on(threads), played));
    }
    for (int workers : WORKERS) {
      STRATEGIES.forEach(s -> add(s, workers));
    }
  }

  static void run(List<String> arguments) throws Exception {
    LinearOptions options = LinearOptions.of(arguments);
    System.out.println(Machine.describe());
    dev.kingpin.plan.Machine machine = Kingpin.measureMachine();
    System.out.printf(
        Locale.ROOT,
        "rates       rows %.1f GB/s, messages %.2f GB/s, %.1f us to begin a request%n",
        machine.memory() * NANOS,
        machine.codec() * NANOS,
        machine.start() / 1e-6);
    List<ColumnsBenchmark.Column> columns = ColumnsBenchmark.columns(options.scale());
    for (String name : options.names()) {
      if (!name.matches("[1-" + columns.size() + "]")) {
        throw new IllegalArgumentException(
            "Column ("
                + name
                + ") is unknown. Maybe use a number from 1 to "
                + columns.size()
                + ".");
      }
    }
    List<Double> errors = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      if (options.names().isEmpty() || options.names().contains(Integer.toString(c + 1))) {
        ColumnsBenchmark.Column column = columns.get(c);
        SimulatorBenchmark bench =
            new SimulatorBenchmark(
                ColumnsBenchmark.query(column), ColumnsBenchmark.table(column), machine);
        bench.compare(column.name(), options.repeats());
        bench.plans.forEach(p -> errors.add(Math.abs(p.error())));
      }
    }
    errors.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%nmedian error %.1f%%, worst %.1f%%, of %d%n",
        100 * errors.get(errors.size() / 2),
        100 * errors.get(errors.size() - 1),
        errors.size());
  }

  private void compare(String name, int repeats) {
    for (int i = 0; i < WARM_UPS + repeats; i++) {
      for (Plan plan : plans) {
        double seconds = seconds(plan.options);
        if (i >= WARM_UPS) {
          plan.run.add(seconds);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%n%s: %.3f s on one thread alone, %.3f s beside another%n%n",
        name,
        alone.stream().mapToDouble(Demand::seconds).sum(),
        beside.stream().mapToDouble(Demand::seconds).sum());
    System.out.println("| plan | played, s | run, s | error |");
    System.out.println("|---|--:|--:|--:|");
    for (Plan plan : plans) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.3f | %s | %+.0f%% |%n",
          plan.name,
          plan.played,
          Spread.of(plan.run),
          100 * plan.error());
    }
  }

  private static Demands demands(List<Demand> demands) {
    return new Demands(demands, Cluster.Network.MEMORY);
  }

  private void add(String strategy, int workers) {
    Cluster cluster =
        new Cluster(
            machine,
            Collections.nCopies(workers, Cluster.Worker.USUAL),
            Cluster.Network.MEMORY,
            CORES);
    Candidate candidate = plan(strategy, cluster);
    boolean isPossible = candidate.simulation() != null && candidate.problem() == null;
    if (isPossible && candidate.seconds() < LONGEST) {
      RunOptions options = on(CORES).on(Walls.planned(cluster, candidate.stages()));
      plans.add(new Plan(strategy + " on " + workers, options, candidate.seconds()));
    }
  }

  private Candidate plan(String strategy, Cluster cluster) {
    Optimizer optimizer = new Optimizer(List.of(demands(beside)), cluster);
    Strategy named = Strategies.named(strategy).orElse(null);
    Candidate chosen = named == null ? optimizer.decide().chosen() : optimizer.candidate(named);
    if (chosen == null) {
      throw new IllegalStateException("No plan is possible");
    }
    return chosen;
  }

  private static RunOptions on(int threads) {
    return new RunOptions(threads, false, false, RunOptions.defaults().snapshotSeconds());
  }

  /** From when the rows are read; nothing is left to collect before. */
  private double seconds(RunOptions options) {
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
    return (System.nanoTime() - start[0]) * NANOS;
  }
}
