package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Outcome;
import dev.kingpin.query.TrainQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of which linear coefficients cannot be found say why, and a penalty helps. */
class LinearFailuresTest {
  private static final String REPEATED = "l2=%s: some columns repeat others";
  private static final String SEPARATED = "l2=%s: the features tell the classes apart perfectly";

  private static final int WIDE_ROWS = 4_200;

  private final Random random = new Random(1);

  private static Outcome train(MemoryTable table, double l2) {
    return train(table, new Config(new TreeMap<>(Map.of("l2", Double.toString(l2)))));
  }

  private static Outcome train(MemoryTable table, Config config) {
    TrainQuery query = TrainQuery.groupBy("g").predict("y").build();
    RecordingSink sink = new RecordingSink();
    new LocalEngine()
        .run(
            TestJobs.of(new LinearLearner(), List.of(config), query, table),
            sink,
            new RunOptions(1, false, false, 1e9),
            RunListener.NONE);
    return sink.group(GroupKey.of("0")).outcome();
  }

  private static void assertNeedsPenalty(MemoryTable table, String message) {
    Outcome without = train(table, 0);
    assertThat(without).isInstanceOf(Outcome.Failed.class);
    Outcome.Failed failed = (Outcome.Failed) without;
    assertThat(failed.reason()).isEqualTo(Outcome.Reason.NO_FIT);
    assertThat(failed.message()).contains(message.formatted("0.0"), "Maybe use l2 above 0");
    assertThat(train(table, 0.01)).isInstanceOf(Outcome.Trained.class);
  }

  private double[] gaussians(int rows) {
    return random.doubles(rows).map(u -> 4 * u - 2).toArray();
  }

  private static MemoryTable table(int rows) {
    return new MemoryTable("t").number("g", new double[rows]);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 1500})
  void twinFeaturesNeedAPenalty(int rows) {
    double[] x = gaussians(rows);
    double[] shifted = Arrays.stream(x).map(v -> 3 * v + 1).toArray();
    double[] y = gaussians(rows);
    double[] late = Arrays.stream(y).map(v -> v > 0 ? 1 : 0).toArray();
    assertNeedsPenalty(table(rows).number("a", x).number("b", x).number("y", y), REPEATED);
    assertNeedsPenalty(table(rows).number("a", x).number("b", shifted).number("y", y), REPEATED);
    assertNeedsPenalty(table(rows).number("a", x).number("b", x).bool("y", late), REPEATED);
  }

  @Test
  void moreColumnsThanRowsNeedAPenalty() {
    MemoryTable table = table(45).number("y", gaussians(45));
    for (int j = 0; j < 40; j++) {
      table.number("x" + j, gaussians(45)); // 36 rows are learned from
    }
    assertNeedsPenalty(table, REPEATED);
  }

  @Test
  void separableClassesNeedAPenalty() {
    double[] x = gaussians(200);
    double[] y = Arrays.stream(x).map(v -> v > 0.3 ? 1 : 0).toArray();
    assertNeedsPenalty(table(200).number("x", x).bool("y", y), SEPARATED);
  }

  @Test
  void aFeatureThatIsTheTargetFitsExactly() {
    double[] x = gaussians(200);
    Outcome outcome = train(table(200).number("x", x).number("y", x), 0);
    assertThat(outcome).isInstanceOf(Outcome.Trained.class);
    assertThat(((Outcome.Trained) outcome).metrics().get(0)).isLessThan(1e-6);
  }

  @Test
  void leastSquaresOfAVeryWideDesignNeedAnotherSolver() {
    MemoryTable table = wide().number("y", gaussians(WIDE_ROWS));
    Outcome outcome = train(table, 1);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).message())
        .contains("the design has 2099 columns, more than 2048. Maybe use solver lbfgs");
    Config lbfgs = new Config(new TreeMap<>(Map.of("l2", "1", "solver", "lbfgs", "epochs", "3")));
    assertThat(train(table, lbfgs)).isInstanceOf(Outcome.Trained.class);
  }

  @Test
  void classesAreToldApartByAVeryWideDesignToo() {
    double[] late = Arrays.stream(gaussians(WIDE_ROWS)).map(v -> v > 0 ? 1 : 0).toArray();
    assertThat(train(wide().bool("y", late), 1)).isInstanceOf(Outcome.Trained.class);
  }

  private static MemoryTable wide() {
    @Nullable String[] level =
        IntStream.range(0, WIDE_ROWS).mapToObj(r -> "l" + r % 2_100).toArray(String[]::new);
    return table(WIDE_ROWS).text("c", level);
  }
}
