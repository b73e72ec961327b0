package dev.kingpin.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The benchmarks, one command each: {@code bench/run COMMAND [ARGUMENTS]}. */
public final class Main {

  private static final Map<String, Command> COMMANDS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "columns",
                  new Command(
                      "[--scale F] [--rounds N]",
                      "every strategy on the linear columns of the paper, at reduced scale",
                      ColumnsBenchmark::run)),
              Map.entry(
                  "counts",
                  new Command(
                      "[WORKERS]",
                      "what workers send, by the ledger, by our formulas and by those of the paper",
                      CountsBenchmark::run)),
              Map.entry(
                  "handovers",
                  new Command(
                      "",
                      "what it costs that cores pass from thread to thread",
                      HandoverBenchmark::run)),
              Map.entry(
                  "kernels",
                  new Command("", "the kernels beside the machine's peak", KernelsBenchmark::run)),
              Map.entry(
                  "linear",
                  new Command(
                      "[SCENARIO...] [--scale F] [--repeats N] [--threads N] [--peer-groups N] [--way WAY]",
                      "linear models of many groups beside scikit-learn; once before: bench/peers/setup;"
                          + " scenarios: "
                          + String.join(", ", Scenario.COMPARED),
                      LinearBenchmark::run)),
              Map.entry(
                  "plan",
                  new Command(
                      "[SCENARIOS]",
                      "how well, and how fast, the optimizer chooses among strategies",
                      PlanBenchmark::run)),
              Map.entry(
                  "process",
                  new Command(
                      "FLIGHTS.parquet [RUNS]",
                      "kingpin train as a whole process: seconds and memory",
                      ProcessBenchmark::run)),
              Map.entry(
                  "quality",
                  new Command(
                      "FLIGHTS.parquet",
                      "models of small groups, of larger groups and of all rows, on rows kept back",
                      QualityBenchmark::run)),
              Map.entry(
                  "read",
                  new Command(
                      "FLIGHTS.parquet [JVMS]",
                      "from a Parquet file to encoded rows by group",
                      ReadBenchmark::run)),
              Map.entry(
                  "scenarios",
                  new Command(
                      "[lbfgs | sgd] [--gigabits G] [--source G]",
                      "where strategies stop scaling, up to 100 TB and 10,000 workers",
                      ScenariosBenchmark::run)),
              Map.entry(
                  "simulator",
                  new Command(
                      "[COLUMN...] [--scale F] [--repeats N]",
                      "how far virtual time is from the clock, on threads and on workers with walls",
                      SimulatorBenchmark::run)),
              Map.entry(
                  "threads",
                  new Command(
                      "[--scale F] [--repeats N]",
                      "what the second thread gains, for models and for bare kernels",
                      ThreadsBenchmark::run))));

  private static final int WRONG_WORDS = 2;

  /**
   * A benchmark.
   *
   * @param words that it takes
   * @param summary what it measures
   */
  record Command(String words, String summary, Task task) {}

  /** What a benchmark does. */
  @FunctionalInterface
  interface Task {
    void run(List<String> arguments) throws Exception;
  }

  private Main() {}

  /**
   * Runs one command.
   *
   * @param args the command, then its arguments
   * @throws Exception whatever the command throws
   */
  public static void main(String[] args) throws Exception {
    Command command = args.length == 0 ? null : COMMANDS.get(args[0]);
    if (command == null) {
      System.err.println("bench/run COMMAND, which is one of");
      COMMANDS.forEach(
          (name, c) ->
              System.err.printf("  %-9s  %s%n             %s%n", name, c.words(), c.summary()));
      System.exit(WRONG_WORDS);
      return;
    }
    command.task().run(Arrays.asList(args).subList(1, args.length));
  }

  /** The folder that bench/run was found in, one up. */
  static Path root() {
    return Path.of(System.getProperty("kingpin.root", "."));
  }
}
