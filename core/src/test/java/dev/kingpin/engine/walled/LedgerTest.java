package dev.kingpin.engine.walled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.Family;
import dev.kingpin.engine.Pilot;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learners;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.GroupPlan;
import dev.kingpin.plan.Machine;
import dev.kingpin.plan.Optimizer;
import dev.kingpin.plan.Simulation;
import dev.kingpin.plan.Simulator;
import dev.kingpin.plan.Stage;
import dev.kingpin.plan.Strategies;
import dev.kingpin.query.TrainQuery;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the ledger counts is what formulas say, to the byte. */
@Timeout(120) // a hang is a failure too
class LedgerTest {
  private static final Recipe RECIPE =
      Recipe.of(20_500, 9_000, 3_000, 400, 200, 90, 60, 40, 33).numeric(3).levels(3);

  private static TrainJob job(String method) {
    List<Config> configs =
        List.of("0.01", "0.1", "1").stream()
            .map(
                l2 ->
                    method.equals("lbfgs")
                        ? Map.of("l2", l2, "solver", "lbfgs", "epochs", "5")
                        : Map.of("l2", l2))
            .map(s -> new Config(new TreeMap<>(s)))
            .toList();
    Recipe recipe = method.equals("ridge") ? RECIPE : RECIPE.withClasses();
    TrainQuery query = TrainQuery.groupBy("g").predict("y").minRows(10).seed(5).build();
    return TestJobs.of(Learners.of("linear"), configs, query, TestTables.make(recipe, 3));
  }

  private static RunOptions threads() {
    return new RunOptions(2, false, false, 1e9);
  }

  @ParameterizedTest
  @CsvSource({
    "ridge, gtp, 3", "ridge, gl, 3", "ridge, dp, 4", "logistic, gl, 2", "logistic, gl, 5",
    "logistic, dp, 3", "logistic, sp, 4", "logistic, gl-equal, 4", "lbfgs, gl, 3", "lbfgs, dp, 8"
  })
  void bytesMessagesAndSyncsAreThoseOfTheFormulas(String method, String strategy, int workers) {
    TrainJob job = job(method);
    List<Family> families = job.plan().groups().stream().map(GroupPlan::family).toList();
    Pilot pilot = new Pilot(job, new RecordingSink());
    List<Demand> measured = families.stream().map(pilot::measure).toList();
    Cluster cluster =
        Cluster.of(Machine.USUAL, workers, Cluster.Worker.USUAL, Cluster.Network.TEN_GIGABIT);
    Demands demands = new Demands(measured, cluster.network());
    List<Stage> stages =
        new Optimizer(List.of(demands), cluster)
            .candidate(Strategies.named(strategy).orElseThrow())
            .stages();
    WalledEngine engine = new WalledEngine(families, stages, workers, Long.MAX_VALUE);
    engine.run(job, new RecordingSink(), threads(), RunListener.NONE);
    Ledger ledger = engine.ledger().orElseThrow();
    Formulas formulas = Formulas.of(stages, measured);
    assertThat(ledger.messages()).isEqualTo(formulas.messages());
    assertThat(ledger.syncs()).isEqualTo(formulas.syncs());
    assertThat(ledger.bytes()).isEqualTo(formulas.bytes());
    assertThat(formulas.messages() == 0).isEqualTo(strategy.equals("gtp"));
    Simulation played = Simulator.run(stages, demands, cluster);
    long forgotten = formulas.messages() - played.messages();
    assertThat(Math.round(played.bytes())).isEqualTo(formulas.bytes() - 17 * forgotten);
  }
}
