package dev.kingpin.bench;

import dev.kingpin.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * What the second thread gains: for the models of many groups, for a table in which one group has
 * nine rows in ten, and for the kernels that this work is made of, alone.
 *
 * <pre>bench/run threads [--scale F] [--repeats N]</pre>
 *
 * Both numbers of threads must give the same metrics, bit for bit. Runs take turns. A gain is the
 * seconds of one thread divided by those of two.
 */
final class ThreadsBenchmark {
  /** The compiler is through with most of it by then. */
  private static final double WARM_SECONDS = 15;

  private static final int BLOCK_ROWS = 1024;
  private static final int WIDTH = 33;
  private static final int CONFIGS = 8;

  private ThreadsBenchmark() {}

  static void run(List<String> arguments) throws Exception {
    LinearOptions options = LinearOptions.of(arguments);
    System.out.println(Machine.describe());
    kernel(
        "fused multiply-adds",
        options,
        k -> new KernelTasks.Bound(new FmaPeak(), () -> new double[0]));
    kernel("Hessian of a block", options, KernelTasks.hessian(BLOCK_ROWS, WIDTH));
    kernel("scores of a block", options, KernelTasks.scores(BLOCK_ROWS, WIDTH, CONFIGS));
    for (String name : List.of("logistic", "skewed")) {
      models(Scenario.of(name, options.scale()), options);
    }
  }

  private static void models(Scenario scenario, LinearOptions options) {
    System.out.printf("%n%s%n", scenario);
    ColumnTable table = MadeTable.of(scenario);
    requireSame(scenario, table);
    for (double warm = 0; warm < WARM_SECONDS; ) {
      warm += KingpinRun.of(scenario, table, 1).seconds();
      warm += KingpinRun.of(scenario, table, 2).seconds();
    }
    Seconds ones = new Seconds();
    Seconds twos = new Seconds();
    for (int i = 0; i < options.repeats(); i++) {
      ones.add(scenario, table, 1);
      twos.add(scenario, table, 2);
    }
    print("training", ones.training, twos.training);
    print("with reading", ones.all, twos.all);
  }

  /** Of runs whose models are let go, so that nobody has to keep them through a collection. */
  private static final class Seconds {
    private final List<Double> training = new ArrayList<>();
    private final List<Double> all = new ArrayList<>();

    void add(Scenario scenario, ColumnTable table, int threads) {
      KingpinRun run = KingpinRun.of(scenario, table, threads);
      training.add(run.trainSeconds());
      all.add(run.seconds());
    }
  }

  private static void requireSame(Scenario scenario, ColumnTable table) {
    int configs = scenario.penalties().size();
    double[] one = KingpinRun.of(scenario, table, 1).metrics(configs);
    double[] two = KingpinRun.of(scenario, table, 2).metrics(configs);
    if (!Arrays.equals(one, two)) {
      throw new IllegalStateException("One thread and two give other metrics.");
    }
  }

  private static void kernel(String name, LinearOptions options, KernelTasks.Task task)
      throws InterruptedException, ExecutionException {
    List<Double> ones = new ArrayList<>();
    List<Double> twos = new ArrayList<>();
    for (int i = 0; i < options.repeats(); i++) {
      ones.add(Timing.of(call(task)).median());
      twos.add(Timing.together(List.of(call(task), call(task))).median());
    }
    System.out.printf("%-20s gain %s%n", name, Spread.ofRatios(ones, twos));
  }

  private static Runnable call(KernelTasks.Task task) {
    return task.bind(Kernels.best()).call();
  }

  private static void print(String what, List<Double> ones, List<Double> twos) {
    System.out.printf(
        "%-20s gain %s; one thread %s s, two threads %s s%n",
        what, Spread.ofRatios(ones, twos), Spread.of(ones), Spread.of(twos));
  }
}
