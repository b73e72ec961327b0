package dev.kingpin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.InputException;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.RunListener;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Work;
import dev.kingpin.learner.linear.LinearModels;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Machine;
import dev.kingpin.plan.Rates;
import dev.kingpin.query.Fallback;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.report.Json;
import dev.kingpin.report.Page;
import dev.kingpin.report.PlanReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Plans say what would be done, at what cost, and instead of what. */
class ExplainTest {
  private static final int GIANT = 40_000;
  private static final int ROWS = 42_010;

  /** A giant, two groups of a thousand rows, and one of ten. */
  private static MemoryTable table() {
    String[] keys = new String[ROWS];
    for (int i = 0; i < ROWS; i++) {
      keys[i] = i < GIANT ? "giant" : i < GIANT + 1000 ? "b" : i < GIANT + 2000 ? "c" : "tiny";
    }
    return new MemoryTable("rows")
        .text("k", keys)
        .number("x", IntStream.range(0, ROWS).mapToDouble(i -> i % 97).toArray())
        .number("y", IntStream.range(0, ROWS).mapToDouble(i -> i % 31).toArray());
  }

  private static Training training(LinearModels models) {
    return Kingpin.groupBy("k").predict("y").with(models).fallback(Fallback.NONE);
  }

  private static PlanReport explain(Training training, PlanOptions options) {
    return Kingpin.explain(training.query(), table(), options, RunListener.NONE);
  }

  private static PlanOptions workers(int count, double memory, String strategy) {
    Cluster cluster =
        Cluster.of(
            Machine.USUAL,
            count,
            new Cluster.Worker(1, memory),
            Cluster.Network.ofGigabits(100, 1e-6));
    return PlanOptions.onCluster(cluster, "usual ones", strategy);
  }

  private static LinearModels ridge() {
    return LinearModels.grid().l2(0.1, 1);
  }

  private static LinearModels sgd() {
    return LinearModels.grid().sgd(5).l2(0.1).learningRate(0.01, 0.1);
  }

  @Test
  void thePlanIsATreeAndTheRejectedHaveTheirReasons() {
    String text =
        explain(training(ridge()), workers(4, Double.POSITIVE_INFINITY, "auto")).text(Page.plain());
    assertThat(text)
        .startsWith("y by k: a linear model for each of 3 groups of rows\n")
        .contains("\n  settings  2 tried, compared by rmse on 20% of each group's rows\n")
        .contains("\n  rows      42,000 of ")
        .contains("; the largest group (giant) has 95.2% of them; 1 more group has fewer than")
        .contains("\n  on        4 workers that share nothing, 100 Gbit/s, 1.0 µs latency\n")
        .containsPattern(
            "\n  plan      \\S+, chosen by cost: \\d.* times as fast as on one worker;")
        .containsPattern("\nplan +rows +models +work +sent\n-+")
        .containsPattern("\n3 groups by k\n +cut: giant +40,000 +3 .* shards of .*, owner \\d\n")
        .containsPattern("\n +whole: 2 groups +2,000 +6 .* 0 B .*\n    [bc] +1,000 +3 ")
        .containsPattern("\nrejected +time +loaded +sent +fullest +why\n-+")
        .containsPattern(
            "\ngtp .* longer: the largest group \\(giant\\) keeps one worker\n|"
                + "\ngtp .* times as long: the largest group \\(giant\\) keeps one worker\n")
        .containsPattern("\nmop +n/a +only chains whose state changes from batch to batch hop")
        .contains("\nrates of a core: usual ones\n  counts 2.00 G/s, ");
  }

  @Test
  void theSameAsJson() {
    PlanReport report = explain(training(ridge()), workers(4, Double.POSITIVE_INFINITY, "auto"));
    JsonNode tree = new ObjectMapper().readTree(Json.write(report.tree()));
    assertThat(tree.at("/rows").asLong()).isEqualTo(42_000);
    assertThat(tree.at("/cluster/workers").asInt()).isEqualTo(4);
    assertThat(tree.at("/plan/0/ways/0/way").asString()).isEqualTo("cut");
    assertThat(tree.at("/plan/0/ways/0/first/0/key/k").asString()).isEqualTo("giant");
    assertThat(tree.at("/plan/0/ways/0/first/0/shards").size()).isGreaterThan(1);
    assertThat(tree.at("/seconds").asDouble()).isPositive();
    JsonNode candidates = tree.at("/candidates");
    assertThat(candidates.size()).isGreaterThan(7);
    assertThat(candidates.get(0).at("/chosen").asBoolean()).isTrue();
    assertThat(candidates.get(0).at("/why_not").isNull()).isTrue();
    for (JsonNode candidate : candidates) {
      boolean isChosen = candidate.at("/chosen").asBoolean();
      assertThat(candidate.at("/why_not").isNull()).isEqualTo(isChosen);
    }
  }

  @Test
  void withoutWorkersItIsThisMachine() {
    PlanReport report = explain(training(ridge()), PlanOptions.onThreads(Rates.USUAL, 2));
    assertThat(report.text(Page.plain()))
        .contains("\n  on        this machine, 2 threads that share its memory\n")
        .containsPattern("\n  shared: giant +40,000 +3 .* idle threads help with row blocks\n")
        .containsPattern("\n  whole: 2 groups +2,000 +6 .* each on one thread\n")
        .containsPattern("\none thread +\\d");
    JsonNode tree = new ObjectMapper().readTree(Json.write(report.tree()));
    double seconds = tree.at("/seconds").asDouble();
    assertThat(seconds).isLessThan(0.8 * tree.at("/seconds_on_one_thread").asDouble());
    assertThat(tree.at("/seconds_without_help").asDouble()).isGreaterThan(seconds);
  }

  @Test
  void aStrategyIsTakenAsAsked() {
    String text =
        explain(training(ridge()), workers(4, Double.POSITIVE_INFINITY, "gtp")).text(Page.plain());
    assertThat(text)
        .contains("\n  plan      gtp, as asked: ")
        .contains("faster, but not asked for");
  }

  @Test
  void whatCannotBeIsSaidInOneLine() {
    assertThatThrownBy(() -> explain(training(ridge()), workers(4, 1e9, "mop")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Strategy (mop) cannot run this: only chains whose state")
        .hasMessageEndingWith("Maybe use --strategy auto.");
    assertThatThrownBy(() -> explain(training(ridge()), workers(4, 1000, "auto")))
        .hasMessageContaining("Worker 0 has memory for (1000) bytes, but a row block of this table")
        .hasMessageContaining("Maybe");
    assertThatThrownBy(() -> explain(training(ridge()).minRows(100_000), workers(2, 1e9, "auto")))
        .hasMessageContaining("No group has (100000) usable rows. Maybe");
  }

  @Test
  void withTooLittleMemoryThereIsNoPlan() {
    PlanReport report = explain(training(ridge()), workers(2, 60_000, "auto"));
    assertThat(report.hasPlan()).isFalse();
    assertThat(report.text(Page.plain()))
        .contains("plan      none: no strategy is possible. Maybe give workers more memory")
        .containsPattern("gtp .* worker \\d would run out of memory");
    JsonNode tree = new ObjectMapper().readTree(Json.write(report.tree()));
    assertThat(tree.at("/strategy").isNull()).isTrue();
    assertThat(tree.at("/plan").size()).isZero();
  }

  @Test
  void sumsOverWorkersAreNotTheSameBits() {
    String text =
        explain(training(sgd()), workers(2, Double.POSITIVE_INFINITY, "dp")).text(Page.plain());
    assertThat(text.replaceAll("\\s+", " "))
        .containsPattern("plan dp, as asked: [^?]*; but gradients of batches are summed")
        .contains("within 0.001 of those of other strategies, not the same bits");
  }

  @Test
  void madeUpGroupsArePlannedLikeOthers() {
    MadeUpGroups groups = new MadeUpGroups(2000, 1e9, 1, 8, 2, 10, Task.CLASSIFICATION);
    TrainQuery query = groups.query().grid("l2", 0.1, 1).build();
    PlanReport report =
        Kingpin.explain(query, groups, workers(16, Double.POSITIVE_INFINITY, "auto"));
    assertThat(report.comparison(Page.plain()))
        .startsWith("target by group: a linear model for each of 2,000 groups of made-up rows\n")
        .containsPattern("\nstrategy +time +speed-up +busy +loaded +sent +messages +syncs +fullest")
        .contains("chosen by auto")
        .contains("\nstrategy  why not\n");
  }

  @Test
  void stragglersSlowDownWhatWasPlannedWithoutThem() {
    MadeUpGroups groups = new MadeUpGroups(50, 1e8, 0, 16, 0, 0, Task.REGRESSION);
    TrainQuery query = groups.query().grid("l2", 0.1).build();
    PlanOptions planned = workers(4, Double.POSITIVE_INFINITY, "auto");
    Cluster cluster = Objects.requireNonNull(planned.cluster());
    List<Cluster.Worker> slow = new ArrayList<>(cluster.workers());
    slow.set(0, new Cluster.Worker(0.1, Double.POSITIVE_INFINITY));
    Cluster real = new Cluster(cluster.machine(), slow, cluster.network(), Cluster.APART);
    double usual = seconds(Kingpin.explain(query, groups, planned));
    double late = seconds(Kingpin.explain(query, groups, planned.playedOn(real)));
    assertThat(late).isGreaterThan(2 * usual);
  }

  private static double seconds(PlanReport report) {
    return (double) Objects.requireNonNull(report.tree().get("seconds"));
  }

  @Test
  void aMachineIsMeasured() {
    Machine machine = new MachineProbe(0.01).measure();
    for (Work.Kind kind : Work.Kind.values()) {
      assertThat(machine.flops().get(kind)).isBetween(1e3, 1e15);
    }
    assertThat(machine.memory()).isBetween(1e6, 1e15);
    assertThat(machine.codec()).isBetween(1e5, 1e15);
    assertThat(machine.start()).isBetween(1e-12, 1.0);
  }
}
