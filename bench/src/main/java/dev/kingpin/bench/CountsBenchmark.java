package dev.kingpin.bench;

import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.engine.walled.Audit;
import dev.kingpin.engine.walled.Formulas;
import dev.kingpin.engine.walled.Formulas.Part;
import dev.kingpin.engine.walled.Ledger;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learners;
import dev.kingpin.learner.Task;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Strategies;
import dev.kingpin.query.Fallback;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What workers with walls send, by the ledger and by formulas, which must agree to the byte; and
 * beside both the formulas of Li and Kumar (PVLDB 14(11), 2021, section 3).
 *
 * <pre>bench/run counts [WORKERS]</pre>
 */
final class CountsBenchmark {
  private static final int WORKERS = 4;
  private static final int FEATURES = 16;
  private static final int BATCH = 32;

  /** Of four virtual shards, of two and of one. */
  private static final int[] SIZES = {270_000, 140_000, 60_000, 20_000, 5_000, 1_000};

  private static final List<String> PENALTIES = List.of("0.001", "0.01", "0.1", "1");

  /** Of a model as the paper counts it: eight bytes a weight. */
  private static final int MODEL_BYTES = 8 * (FEATURES + 1);

  /** Of a row as the paper counts it: four bytes a number. */
  private static final int ROW_BYTES = 4 * (FEATURES + 1);

  /**
   * How models are trained.
   *
   * @param epochs that it takes; 0 if it goes to the optimum
   */
  private record Solver(String name, boolean isLogistic, int epochs) {
    /** Rows of a batch; 0 if all rows are one. */
    int batch() {
      return name.equals("sgd") || name.equals("adam") ? BATCH : 0;
    }

    Config config(String l2) {
      TreeMap<String, String> settings = new TreeMap<>(Map.of("l2", l2));
      if (epochs > 0) {
        settings.putAll(Map.of("solver", name, "epochs", Integer.toString(epochs)));
      }
      if (batch() > 0) {
        settings.put("batch", Integer.toString(batch()));
      }
      return new Config(settings);
    }
  }

  private static final List<Solver> SOLVERS =
      List.of(
          new Solver("ridge", false, 0),
          new Solver("newton", true, 0),
          new Solver("lbfgs", true, 10),
          new Solver("sgd", true, 3),
          new Solver("adam", true, 3));

  /** Rows go to workers in one way for chains that sum, and in another for those that hop. */
  private static final List<String> ROWS_OF = List.of("lbfgs", "sgd");

  private static final String WHY =
      """

      * ways: how often a model crosses, over how often the paper counts it. A step of a group in k
        shards takes weights to k - 1 workers and brings gradients back: 2 (k - 1) ways; so does a
        batch that is summed, of the rows learned from. The paper has 1 for each group under dp, and p
        for all groups under gl. Groups of one row block are not cut. Chains that hop make a round to
        count the rows and one to judge, beside those in which they learn; groups of one virtual shard
        do not hop.
      * size: bytes of a crossing, over eight a weight. Headers and losses; the Hessians of newton; of
        ridge one Gram matrix for all configs; four bytes a weight where batches are summed. What hops
        has the moments of the rows and the steering of adam with it, a task of lbfgs brings back the
        memory of its solver.
      * scores: all bytes, over those of models under way. Models are judged on the shards too, block
        by block, beside one that is constant; and at last workers are told to forget the group.
      * syncs: a step or batch waits once for all configs, not once for each, and a cut group waits
        for its own steps only, where gl has one sync an epoch for all groups. Chains that hop wait
        for nobody: what is left are the two steps in which a cut group is judged.
      * rows: besides its numbers a row has its position and its fold, and there are headers. Under
        sgd and adam it goes twice: in the order of the source, and in that of visits or batches.
      """;

  private final int workers;
  private final List<String> rowLines = new ArrayList<>();
  private boolean isExact = true;

  private CountsBenchmark(int workers) {
    this.workers = workers;
  }

  static void run(List<String> arguments) {
    int workers = arguments.isEmpty() ? WORKERS : Integer.parseInt(arguments.get(0));
    new CountsBenchmark(workers).print();
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "%d groups of %s rows x %d features, %d configs, %d workers. In the paper's formulas m is"
            + " eight bytes a weight; h is 10 epochs of lbfgs, 3 of sgd and adam, or the steps that"
            + " ridge and newton took; b is 32 rows. It has no formula for mop: that of gl is taken for each"
            + " group.%n%n",
        SIZES.length,
        Arrays.toString(SIZES),
        FEATURES,
        PENALTIES.size(),
        workers);
    System.out.println(
        "| solver | strategy | messages | syncs | bytes | formulas - ledger | paper, bytes |"
            + " ours / paper | = ways | x size | x scores | paper, syncs |");
    System.out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    SOLVERS.forEach(this::print);
    System.out.println(
        "\n| solver | rows under | messages | bytes | formulas - ledger | paper, bytes |"
            + " ours / paper |");
    System.out.println("|---|---|--:|--:|--:|--:|--:|");
    rowLines.forEach(System.out::println);
    System.out.println(WHY);
    if (!isExact) {
      throw new IllegalStateException("The ledger is not what the formulas say");
    }
  }

  private void print(Solver solver) {
    Audit audit = new Audit(job(solver));
    double[] steps = audit.alone().stream().mapToDouble(d -> steps(solver, d)).toArray();
    PaperCounts.Numbers numbers =
        new PaperCounts.Numbers(SIZES, steps, solver.batch(), PENALTIES.size(), workers);
    List<String> names = new ArrayList<>();
    Strategies.all().forEach(s -> names.add(s.name()));
    names.add(Strategies.AUTO);
    for (String name : names) {
      Optional<Audit.Result> result = audit.run(name, workers);
      if (result.isPresent()) {
        isExact &= result.get().isExact();
        PaperCounts paper = PaperCounts.of(name, numbers);
        System.out.println(line(solver, name, result.get(), paper));
        if (ROWS_OF.contains(solver.name())) {
          rowLines.add(rowLine(solver, name, result.get(), paper));
        }
      }
    }
  }

  private static TrainJob job(Solver solver) {
    Scenario scenario =
        new Scenario(
            "counts", solver.isLogistic() ? "logistic" : "ridge", SIZES, FEATURES, List.of());
    QueryBuilder query = TrainQuery.groupBy(ColumnTable.KEY);
    query.predict(solver.isLogistic() ? "y > 0 AS positive" : "y");
    query.task(solver.isLogistic() ? Task.CLASSIFICATION : Task.REGRESSION);
    query.validate(Validation.holdout(0.1)).refit(false).fallback(Fallback.NONE);
    List<Config> configs = PENALTIES.stream().map(solver::config).toList();
    return TestJobs.of(
        Learners.of("linear"), configs, query.seed(Scenario.SEED).build(), MadeTable.of(scenario));
  }

  private static double steps(Solver solver, Demand group) {
    return solver.epochs() > 0 ? solver.epochs() : group.chains().get(0).steps().size();
  }

  private static String line(
      Solver solver, String strategy, Audit.Result result, PaperCounts paper) {
    Ledger ledger = result.ledger();
    Formulas formulas = result.formulas();
    double theirs = paper.models() * MODEL_BYTES;
    double crossing = formulas.crossings() * (double) MODEL_BYTES;
    double models =
        formulas.bytes(Part.REQUESTS) + formulas.bytes(Part.PARTIALS) + formulas.bytes(Part.STATES);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %,d | %,d | %d | %s | %s | %s | %s | %s | %s |",
        solver.name(),
        strategy,
        ledger.messages(),
        ledger.syncs(),
        ledger.bytes(),
        Math.abs(formulas.bytes() - ledger.bytes())
            + Math.abs(formulas.messages() - ledger.messages())
            + Math.abs(formulas.syncs() - ledger.syncs()),
        number(theirs),
        ratio(ledger.bytes(), theirs),
        ratio(crossing, theirs),
        ratio(models, crossing),
        ratio(ledger.bytes(), models),
        number(paper.syncs()));
  }

  private static String rowLine(
      Solver solver, String strategy, Audit.Result result, PaperCounts paper) {
    Ledger.Account source = result.ledger().source();
    double bytes = paper.rows() * ROW_BYTES;
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %,d | %d | %s | %s |",
        solver.name(),
        strategy,
        source.messages(),
        source.bytes(),
        Math.abs(result.rows().bytes() - source.bytes())
            + Math.abs(result.rows().messages() - source.messages()),
        number(bytes),
        ratio(source.bytes(), bytes));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String ratio(double ours, double paper) {
    return paper > 0 ? String.format(Locale.ROOT, "%.2f", ours / paper) : "";
  }
}
