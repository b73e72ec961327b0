package dev.kingpin.engine.walled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learners;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.Machine;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Simulation;
import dev.kingpin.plan.Simulator;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the ledger counts is what formulas say, to the byte. */
@Timeout(120) // a hang is a failure too
class LedgerTest {
  private static final Recipe MANY =
      Recipe.of(20_500, 9_000, 3_000, 400, 200, 90, 60, 40, 33).numeric(3).levels(3);

  /** Groups of five virtual shards, of two and of one. */
  private static final Recipe LARGE = Recipe.of(330_500, 140_000, 200).numeric(2).levels(3);

  private static TrainJob job(String method, Recipe recipe, Validation validation) {
    List<Config> configs = Stream.of("0.01", "0.1", "1").map(l2 -> config(method, l2)).toList();
    TrainQuery query =
        TrainQuery.groupBy("g").predict("y").minRows(10).seed(5).validate(validation).build();
    return TestJobs.of(Learners.of("linear"), configs, query, TestTables.make(recipe, 3));
  }

  private static Config config(String method, String l2) {
    TreeMap<String, String> settings = new TreeMap<>(Map.of("l2", l2));
    if (method.equals("lbfgs")) {
      settings.putAll(Map.of("solver", method, "epochs", "5"));
    } else if (method.equals("batches")) {
      // more than one chain
      String size = l2.equals("0.01") ? "64" : "128";
      settings.putAll(Map.of("solver", "sgd", "epochs", "2", "batch", size));
    } else if (method.equals("sgd") || method.equals("adam")) {
      // the last one leaves before the others
      String epochs = l2.equals("1") ? "1" : "2";
      settings.putAll(Map.of("solver", method, "epochs", epochs, "learning_rate", "0.01"));
    }
    return new Config(settings);
  }

  private static Audit.Result audited(TrainJob job, String strategy, int workers) {
    Audit.Result result = new Audit(job).run(strategy, workers).orElseThrow();
    Ledger ledger = result.ledger();
    assertThat(ledger.messages()).isEqualTo(result.formulas().messages());
    assertThat(ledger.syncs()).isEqualTo(result.formulas().syncs());
    assertThat(ledger.bytes()).isEqualTo(result.formulas().bytes());
    assertThat(ledger.source().messages()).isEqualTo(result.rows().messages());
    assertThat(ledger.source().bytes()).isEqualTo(result.rows().bytes());
    return result;
  }

  @ParameterizedTest
  @CsvSource({
    "ridge, gtp, 3",
    "ridge, gl, 3",
    "ridge, dp, 4",
    "ridge, mtp, 3",
    "logistic, gl, 2",
    "logistic, gl, 5",
    "logistic, dp, 3",
    "logistic, sp, 4",
    "logistic, gl-equal, 4",
    "logistic, mtp, 2",
    "lbfgs, gl, 3",
    "lbfgs, dp, 8",
    "lbfgs, mtp, 3",
    "lbfgs, gtp-fifo, 2"
  })
  void bytesMessagesAndSyncsAreThoseOfTheFormulas(String method, String strategy, int workers) {
    Recipe recipe = method.equals("ridge") ? MANY : MANY.withClasses();
    TrainJob job = job(method, recipe, Validation.holdout(0.2));
    Audit.Result result = audited(job, strategy, workers);
    boolean isOneTask = strategy.equals("mtp") && !method.equals("lbfgs");
    assertThat(result.ledger().messages() == 0).isEqualTo(isWhole(result) || isOneTask);
    assertThat(isWhole(result) || !strategy.startsWith("gtp")).isTrue();
  }

  private static boolean isWhole(Audit.Result result) {
    return result.stages().stream()
        .flatMap(s -> s.groups().stream())
        .allMatch(p -> p.placement() instanceof Placement.Whole);
  }

  @ParameterizedTest
  @CsvSource({
    "sgd, gl, 3, 2, folds:2", "sgd, gl, 8, 0, holdout:0.2", "sgd, gl-equal, 4, 2, holdout:0.2",
    "sgd, gtp, 2, 2, holdout:0.2", "sgd, mtp, 3, 2, folds:2", "sgd, mop, 2, 3, holdout:0.2",
    "sgd, mop, 8, 2, holdout:0.2", "adam, gl, 5, 2, folds:2", "adam, mop, 4, 3, holdout:0.2",
    "adam, mtp, 2, 0, holdout:0.2"
  })
  void chainsThatHopAreCountedToo(
      String method, String strategy, int workers, int classes, String validation) {
    TrainJob job = job(method, LARGE.withClasses(classes), Validation.of(validation));
    Audit.Result result = audited(job, strategy, workers);
    long states = result.formulas().messages(Formulas.Part.STATES);
    assertThat(states == 0).isEqualTo(isWhole(result));
    assertThat(isWhole(result) || !strategy.equals("gtp")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "sgd, dp, 3, 2, folds:2",
    "sgd, dp, 4, 0, holdout:0.2",
    "adam, sp, 2, 3, holdout:0.2"
  })
  void summedBatchesAreCountedToo(
      String method, String strategy, int workers, int classes, String validation) {
    TrainJob job = job(method, MANY.withClasses(classes), Validation.of(validation));
    assertThat(audited(job, strategy, workers).ledger().syncs()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "ridge, dp, 4",
    "logistic, gl, 5",
    "lbfgs, dp, 8",
    "lbfgs, mtp, 3",
    "sgd, mtp, 4",
    "batches, mtp, 3"
  })
  void theSimulatorCountsAllButTheBeginningsOfTasksAndTheEndsOfGroups(
      String method, String strategy, int workers) {
    Recipe recipe = method.equals("ridge") ? MANY : MANY.withClasses();
    Audit audit = new Audit(job(method, recipe, Validation.holdout(0.2)));
    Audit.Result result = audit.run(strategy, workers).orElseThrow();
    Cluster cluster =
        Cluster.of(Machine.USUAL, workers, Cluster.Worker.USUAL, Cluster.Network.TEN_GIGABIT);
    Demands demands = new Demands(audit.alone(), cluster.network());
    Simulation played = Simulator.run(result.stages(), demands, cluster);
    long begun = result.formulas().bytes(Formulas.Part.BEGUN);
    long ends = result.formulas().bytes(Formulas.Part.ENDS);
    assertThat(Math.round(played.bytes())).isEqualTo(result.ledger().bytes() - begun - ends);
  }
}
