package dev.kingpin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.Walls;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.linear.LinearModels;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Machine;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Rates;
import dev.kingpin.plan.Stage;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.report.Json;
import dev.kingpin.report.Page;
import dev.kingpin.report.Paint;
import dev.kingpin.report.PlanReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Promise 5: what a run took stands beside what it was to take, and what nobody knows is said. */
@Timeout(60)
class AnalyzeTest {
  private static final String CONSTANT = "constant";
  private static final int WORKERS = 3;
  private static final Page WIDE = new Page(400, Paint.NONE);

  /** Three groups with a model, one of equal targets, one of too few rows. */
  private static final MemoryTable TABLE = table();

  @TempDir private Path folder = Path.of("");

  private static MemoryTable table() {
    int[] ends = {20_000, 21_000, 22_000, 22_500, 22_506};
    String[] names = {"giant", "b", "c", CONSTANT, "tiny"};
    String[] keys = new String[ends[4]];
    double[] y = new double[ends[4]];
    for (int i = 0, g = 0; i < keys.length; i++) {
      g += i == ends[g] ? 1 : 0;
      keys[i] = names[g];
      y[i] = names[g].equals(CONSTANT) ? 7 : i % 31 + (i * 7) % 13;
    }
    return new MemoryTable("rows")
        .text("k", keys)
        .number("x", IntStream.range(0, keys.length).mapToDouble(i -> i % 97).toArray())
        .number("y", y);
  }

  private static TrainQuery query() {
    return Kingpin.groupBy("k").predict("y").with(LinearModels.grid().l2(0.1, 1)).query();
  }

  private static RunOptions options(String strategy) {
    RunOptions threads = new RunOptions(2, true, false, 1e9);
    Cluster cluster =
        Cluster.of(Machine.USUAL, WORKERS, Cluster.Worker.USUAL, Cluster.Network.TEN_GIGABIT);
    return strategy.equals("threads") ? threads : threads.on(new Walls(cluster, strategy));
  }

  private static PlanReport analyze(String strategy) {
    try (Analysis analysis =
        Kingpin.analyze(query(), TABLE, options(strategy), Rates.USUAL, RunListener.NONE)) {
      assertThat(analysis.model().groups()).hasSize(5);
      return Objects.requireNonNull(analysis.report());
    }
  }

  private static JsonNode json(PlanReport report) {
    return new ObjectMapper().readTree(Json.write(report.tree()));
  }

  @Test
  void onThreadsTheMeasuredFiguresStandBesideTheEstimates() {
    assertThat(analyze("threads").text(WIDE))
        .contains("\n  rows      22,500 of ", "; 1 more group has fewer than 30, too few for a mod")
        .contains("\n  on        this machine, 2 threads that share its memory\n")
        .containsPattern("\n  run       \\d.* as estimated; 2 threads busy for")
        .containsPattern("3 of 4 groups tuned\n")
        .containsPattern("\nplan +rows +models +est. work +work +ratio\n-+")
        .containsPattern(
            "\nfirst all rows\n  shared: all rows +22,506 +3 +\\d.*s +\\d.*s +[\\d.]+ ")
        .containsPattern("\n  shared: giant +20,000 +3 +\\d.*s +\\d.*s +[\\d.,]+ +idle threads")
        .containsPattern("\n  whole: 3 groups +2,500 +9 +\\d.*s +\\d.*s +[\\d.,]+ +each on one")
        .containsPattern("\nrun +estimated +measured +ratio\n-+")
        .containsPattern("\nreading +\\? +\\d\\S* .?s +\\?\n")
        .containsPattern("\ntraining +\\d\\S* .?s +\\d\\S* .?s +[\\d.,]+\n")
        .containsPattern("\n  4 groups by k +\\d\\S* .?s +\\d\\S* .?s +[\\d.,]+\n")
        .containsPattern("\ngroups tuned +4 +3 +0.75\n")
        .containsPattern("\nmodels +15 +12 +0.80\n")
        .containsPattern("\nrows of these +22,500 +22,000 +0.98\n")
        .containsPattern("\nthread +est. busy +busy +ratio +idle\n")
        .containsPattern("\n     1 +\\? +\\d.*s +\\? +\\d.*%\n")
        .containsPattern("\ninstead +time\n")
        .doesNotContain("sent");
  }

  @Test
  void onWorkersWhatTheySentAndHeldStandsThereToo() {
    assertThat(analyze("dp").text(WIDE))
        .containsPattern(
            "on +this machine, after a plan for 3 workers that share nothing, 10 Gbit/s, 50 µs"
                + " latency, 2 of them at work at a time, messages through its memory\n")
        .containsPattern("\n  plan +dp, as asked: ")
        .containsPattern("\n  run +\\d.* as estimated; 3 workers")
        .containsPattern("\nplan +rows +models +est. work +work +ratio +est. sent +sent\n-+")
        .containsPattern("\n    giant +20,000 +3 .*s +\\d.*B +\\d.*B +3 shards of .*, owner \\d\n")
        .containsPattern("\nrows loaded +\\d\\S* kB +\\d\\S* kB +[\\d.]+\n")
        .containsPattern("\nsent +\\d\\S* kB +\\d\\S* kB +[\\d.]+\n")
        .containsPattern("\nmessages +\\d+ +\\d+ +[\\d.]+\n")
        .containsPattern("\nsyncs +\\d+ +\\d+ +[\\d.]+\n")
        .containsPattern("\nfullest worker +\\d\\S* kB +\\d\\S* kB +[\\d.]+\n")
        .containsPattern("\nworker +est. busy +busy +ratio +idle +est. fullest +fullest +sent +me")
        .containsPattern("\nrejected +time +loaded +sent +fullest +why\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"threads", "auto", "gtp", "gl", "dp", "mtp"})
  void estimatesAndMeasurementsHaveTheSameNames(String strategy) {
    JsonNode tree = json(analyze(strategy));
    assertPairs(tree.at("/run"));
    assertThat(tree.at("/run/estimated/seconds").asDouble()).isPositive();
    assertThat(tree.at("/run/estimated/read_seconds").isNull()).isTrue();
    assertThat(tree.at("/run/measured/read_seconds").asDouble()).isPositive();
    assertThat(tree.at("/run/levels").size()).isEqualTo(tree.at("/plan").size()).isEqualTo(2);
    tree.at("/run/levels").forEach(AnalyzeTest::assertPairs);
    boolean threads = strategy.equals("threads");
    JsonNode workers = tree.at(threads ? "/run/threads" : "/run/workers");
    assertThat(workers.size()).isEqualTo(threads ? 2 : WORKERS);
    workers.forEach(AnalyzeTest::assertPairs);
    for (JsonNode level : tree.at("/plan")) {
      for (JsonNode way : level.at("/ways")) {
        assertPairs(way);
        way.at("/first").forEach(AnalyzeTest::assertPairs);
        assertThat(way.at("/measured/work_seconds").asDouble()).isPositive();
        assertThat(way.at("/estimated/work_seconds")).isEqualTo(way.at("/work_seconds"));
      }
    }
  }

  private static void assertPairs(JsonNode tree) {
    Set<String> names = new TreeSet<>(tree.at("/estimated").propertyNames());
    assertThat(names).isNotEmpty().isEqualTo(new TreeSet<>(tree.at("/measured").propertyNames()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"threads", "auto", "gtp", "gl", "dp", "mtp"})
  void theWholeIsTheSumOfItsParts(String strategy) {
    JsonNode tree = json(analyze(strategy));
    JsonNode run = tree.at("/run/measured");
    double busy =
        sum(tree.at(strategy.equals("threads") ? "/run/threads" : "/run/workers"), "busy");
    assertThat(run.at("/work_seconds").asDouble()).isCloseTo(busy, within(1e-9));
    assertThat(sum(tree.at("/run/levels"), "")).isLessThanOrEqualTo(run.at("/seconds").asDouble());
    double work = 0;
    double bytes = 0;
    for (JsonNode level : tree.at("/plan")) {
      for (JsonNode way : level.at("/ways")) {
        work += way.at("/measured/work_seconds").asDouble();
        bytes += way.at("/measured/bytes").asDouble();
      }
    }
    assertThat(work).isGreaterThan(0.5 * busy).isLessThanOrEqualTo(busy + 1e-9);
    assertThat(bytes).isEqualTo(run.at("/bytes").asDouble(0));
    assertThat(run.at("/models").asInt()).isEqualTo(12);
  }

  private static double sum(JsonNode entries, String what) {
    double sum = 0;
    for (JsonNode entry : entries) {
      sum += entry.at("/measured/" + (what.isEmpty() ? "" : what + "_") + "seconds").asDouble();
    }
    return sum;
  }

  @Test
  void aPlanThatIsGivenIsMeasuredToo() {
    List<Stage> stages = new ArrayList<>();
    for (int number = 0; number < 6; number++) { // all rows, then five groups
      Placement whole = new Placement.Whole(number % 2);
      stages.add(new Stage(List.of(new Stage.Placed(number, whole))));
    }
    Cluster cluster =
        Cluster.of(Machine.USUAL, 2, Cluster.Worker.USUAL, Cluster.Network.TEN_GIGABIT);
    RunOptions options = options("threads").on(Walls.planned(cluster, stages));
    try (Analysis analysis =
        Kingpin.analyze(query(), TABLE, options, Rates.USUAL, RunListener.NONE)) {
      JsonNode tree = json(Objects.requireNonNull(analysis.report()));
      assertThat(tree.at("/strategy").asString()).isEqualTo("given");
      assertThat(tree.at("/run/measured/groups").asInt()).isEqualTo(3);
      assertThat(tree.at("/run/measured/messages").asInt()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"threads", "gl"})
  void theArtifactIsThatOfTraining(String strategy) throws Exception {
    Path trained = folder.resolve("trained.kp");
    Path analyzed = folder.resolve("analyzed.kp");
    RunListener none = RunListener.NONE;
    Kingpin.train(query(), TABLE, trained, options(strategy), none).close();
    Kingpin.analyze(query(), TABLE, analyzed, options(strategy), Rates.USUAL, none).close();
    assertThat(Files.readAllBytes(analyzed)).isEqualTo(Files.readAllBytes(trained));
  }

  @ParameterizedTest
  @ValueSource(strings = {"threads", "gl"})
  void groupsOfAnEarlierRunDoNotCount(String strategy) {
    Path out = folder.resolve("m.kp");
    RunListener ending =
        new RunListener() {
          @Override
          public void groupDone(GroupKey key, Outcome outcome, double work) {
            if (key.equals(GroupKey.of("giant"))) {
              throw new IllegalStateException("ended");
            }
          }
        };
    TrainQuery query = Kingpin.groupBy("k").predict("y").with(LinearModels.grid().l2(1)).query();
    RunOptions one = new RunOptions(1, true, false, 1e9);
    assertThatThrownBy(() -> Kingpin.train(query, TABLE, out, one, ending)).hasMessage("ended");
    try (Analysis analysis =
        Kingpin.analyze(query, TABLE, out, options(strategy), Rates.USUAL, RunListener.NONE)) {
      PlanReport report = Objects.requireNonNull(analysis.report());
      JsonNode tree = json(report);
      assertThat(tree.at("/groups").asInt()).isEqualTo(3);
      assertThat(tree.at("/run/groups_from_an_earlier_run").asInt()).isEqualTo(1);
      assertThat(tree.at("/run/measured/rows").asInt()).isEqualTo(2000);
      assertThat(report.text(WIDE)).containsPattern("1 more group done by an earlier run\n");
    }
  }

  @Test
  void whereNothingIsLeftNothingIsMeasured() {
    Path out = folder.resolve("m.kp");
    TrainQuery query = Kingpin.groupBy("k").predict("y").minRows(100_000).query();
    List<String> notes = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void note(String message) {
            notes.add(message);
          }
        };
    try (Analysis analysis =
        Kingpin.analyze(query, TABLE, out, options("threads"), Rates.USUAL, listener)) {
      assertThat(analysis.report()).isNull();
      assertThat(analysis.model().groups()).hasSize(5);
    }
    assertThat(notes).anyMatch(n -> n.contains("No group was left that has enough rows"));
    assertThatThrownBy(
            () -> Kingpin.analyze(query, TABLE, options("gl"), Rates.USUAL, RunListener.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage("No group has (100000) usable rows. Maybe use --min-rows 10.");
  }

  @Test
  void groupsOfTooFewRowsAreSentNowhereAndStillHaveTheirOutcome() {
    MemoryTable small = TestTables.make(Recipe.of(4, 5, 3, 60, 7, 2), 5);
    TrainQuery query = Kingpin.groupBy("g").predict("y").minRows(50).query();
    try (GroupedModel threads = Kingpin.train(query, small, options("threads"), RunListener.NONE);
        GroupedModel workers = Kingpin.train(query, small, options("gl"), RunListener.NONE)) {
      assertThat(workers.groups()).hasSize(6);
      for (int g = 0; g < 6; g++) {
        assertThat(workers.groups().get(g).outcome().status())
            .isEqualTo(threads.groups().get(g).outcome().status());
        assertThat(workers.groups().get(g).rows()).isEqualTo(threads.groups().get(g).rows());
      }
    }
  }
}
