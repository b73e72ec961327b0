package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.GroupKey;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.learner.Outcome;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups that have gone wrong have a stated outcome: the reason, or the optimum all the same. */
class ExtremeGroupsTest {
  private static final int ROWS = 120;
  private static final double COEFFICIENTS = 1e-4;
  private static final double OBJECTIVE = 1e-6;
  private static final String REPEATED = "some columns repeat others";
  private static final String SEPARATED = "the features tell the classes apart perfectly";
  private static final String ADVICE = "Maybe use l2 above 0";

  private static double[] gaussians(int rows, long seed) {
    Random random = new Random(seed);
    return random.doubles(rows).map(u -> (float) random.nextGaussian()).toArray();
  }

  /** Rows with a feature that says nothing, one that does, and a target made of the latter. */
  private static RawRows rows(DoubleUnaryOperator target) {
    RawRows made = new RawRows(ROWS);
    double[] x = gaussians(ROWS, 1);
    made.numbers.put("idle", gaussians(ROWS, 2));
    made.numbers.put("x", x);
    Arrays.setAll(made.y, r -> target.applyAsDouble(x[r]));
    return made;
  }

  private static RawRows with(RawRows rows, String name, DoubleUnaryOperator ofX) {
    double[] x = rows.numbers.getOrDefault("x", rows.y);
    rows.numbers.put(name, Arrays.stream(x).map(ofX).toArray());
    return rows;
  }

  /** More features than rows to learn from. */
  private static RawRows many(DoubleUnaryOperator target) {
    RawRows made = rows(target);
    for (int j = 0; j < ROWS; j++) {
      made.numbers.put("x" + j, gaussians(ROWS, 10 + j));
    }
    return made;
  }

  private static RawRows one() {
    RawRows made = new RawRows(1);
    made.numbers.put("x", new double[] {3});
    made.y[0] = 2;
    return made;
  }

  private static double late(double x) {
    return x > 0.3 ? 1 : 0;
  }

  /** Late by chance, the more so the larger x is. */
  private static double often(double x) {
    return Math.sin(1e4 * x) < x ? 1 : 0;
  }

  private static double third(double x) {
    return x < -0.4 ? 0 : x < 0.4 ? 1 : 2;
  }

  private static double number(double x) {
    return Math.rint(16 * (x + Math.sin(1e4 * x))) / 16;
  }

  private static double count(double x) {
    return Math.rint(Math.exp(x / 2) * (1 + Math.sin(1e4 * x)));
  }

  // ---------------------------------------------------------------- reasons

  static Stream<Arguments> stated() {
    String counts = "loss=poisson l2=0";
    return Stream.of(
        Arguments.of("two classes told apart", rows(x -> late(x)), 2, "l2=0", SEPARATED),
        Arguments.of("three classes told apart", rows(x -> third(x)), 3, "l2=0", SEPARATED),
        Arguments.of("twins, numbers", twins(x -> number(x)), 0, "l2=0", REPEATED),
        Arguments.of("twins, counts", twins(x -> count(x)), 0, counts, REPEATED),
        Arguments.of("twins, two classes", twins(x -> often(x)), 2, "l2=0", REPEATED),
        Arguments.of("twins, three classes", twins(x -> third(x)), 3, "l2=0", REPEATED),
        Arguments.of("many, numbers", many(x -> number(x)), 0, "l2=0", REPEATED),
        Arguments.of("many, counts", many(x -> count(x)), 0, counts, REPEATED),
        Arguments.of("many, two classes", many(x -> often(x)), 2, "l2=0", REPEATED));
  }

  private static RawRows twins(DoubleUnaryOperator target) {
    return with(rows(target), "twin", x -> 2 * x + 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stated")
  void withoutAPenaltyTheReasonIsStated(
      String name, RawRows rows, int classes, String words, String reason) {
    Outcome outcome = outcome(rows, classes, words);
    assertThat(outcome).as(name).isInstanceOf(Outcome.Failed.class);
    Outcome.Failed failed = (Outcome.Failed) outcome;
    assertThat(failed.reason()).isEqualTo(Outcome.Reason.NO_FIT);
    assertThat(failed.message()).contains(reason, ADVICE);
  }

  /** Of the group, beside one that has all classes. */
  private static Outcome outcome(RawRows rows, int classes, String words) {
    RawRows other = rows(x -> classes == 2 ? late(x) : third(x));
    TrainQuery query = TrainQuery.groupBy("g").predict("y").minRows(2).build();
    RecordingSink sink = new RecordingSink();
    new LocalEngine()
        .run(
            TestJobs.of(
                new LinearLearner(),
                List.of(TrainedFits.config(words)),
                query,
                RawRows.table(classes, rows, other)),
            sink,
            new RunOptions(1, false, false, 1e9),
            RunListener.NONE);
    return sink.group(GroupKey.of("0")).outcome();
  }

  static Stream<Arguments> constants() {
    return Stream.of(
        Arguments.of("one class", rows(x -> 1), 2, "l2=0", "all its targets are true"),
        Arguments.of("one class of three", rows(x -> 0), 3, "l2=0", "all its targets are k0"),
        Arguments.of("one number", rows(x -> 4), 0, "l2=0", "all its targets are 4.0"),
        Arguments.of("no counts", rows(x -> 0), 0, "loss=poisson l2=0", "all its targets are 0.0"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("constants")
  void targetsThatAreAllTheSameAreAConstant(
      String name, RawRows rows, int classes, String words, String reason) {
    Outcome outcome = outcome(rows, classes, words);
    assertThat(outcome).as(name).isInstanceOf(Outcome.Constant.class);
    assertThat(((Outcome.Constant) outcome).reason()).isEqualTo(reason);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(one(), "l2=0", Outcome.Reason.TOO_FEW_ROWS, "1 usable row, fewer than 2"),
        Arguments.of(
            rows(x -> number(x) < -2 ? -1 : 1),
            "loss=poisson l2=1",
            Outcome.Reason.NO_FIT,
            "a Poisson model needs targets of 0 or more, but there is -1.0"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("refused")
  void rowsThatNoPenaltyHelpsAreRefused(
      RawRows rows, String words, Outcome.Reason reason, String message) {
    Outcome outcome = outcome(rows, 0, words);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).reason()).isEqualTo(reason);
    assertThat(((Outcome.Failed) outcome).message()).contains(message);
  }

  // ---------------------------------------------------------------- optima

  static Stream<Arguments> held() {
    return Stream.of(
        Arguments.of("two classes told apart", PlainLoss.LOGISTIC, 2, rows(x -> late(x))),
        Arguments.of("one row on the wrong side", PlainLoss.LOGISTIC, 2, nearly()),
        Arguments.of("three classes told apart", PlainLoss.SOFTMAX, 3, rows(x -> third(x))),
        Arguments.of("twins, numbers", PlainLoss.SQUARED, 0, twins(x -> number(x))),
        Arguments.of("twins, counts", PlainLoss.POISSON, 0, twins(x -> count(x))),
        Arguments.of("twins, two classes", PlainLoss.LOGISTIC, 2, twins(x -> often(x))),
        Arguments.of("twins, three classes", PlainLoss.SOFTMAX, 3, twins(x -> third(x))),
        Arguments.of("many, numbers", PlainLoss.SQUARED, 0, many(x -> number(x))),
        Arguments.of("many, counts", PlainLoss.POISSON, 0, many(x -> count(x))),
        Arguments.of("many, two classes", PlainLoss.LOGISTIC, 2, many(x -> often(x))),
        Arguments.of("a constant column", PlainLoss.LOGISTIC, 2, idle(7)),
        Arguments.of("a feature that is never there", PlainLoss.LOGISTIC, 2, idle(Double.NaN)));
  }

  private static RawRows nearly() {
    RawRows made = rows(x -> late(x));
    double[] x = made.numbers.getOrDefault("x", made.y);
    int last = 0;
    for (int r = 0; r < ROWS; r++) {
      last = x[r] > x[last] ? r : last;
    }
    made.y[last] = 0;
    return made;
  }

  private static RawRows idle(double value) {
    return with(rows(x -> often(x)), "same", x -> value);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("held")
  void aPenaltyHoldsThemAtTheOptimum(String name, PlainLoss loss, int classes, RawRows rows) {
    String words = loss == PlainLoss.POISSON ? " loss=poisson" : "";
    OptimumCheck check = new OptimumCheck(loss, classes, rows, rows, Validation.holdout(0.2));
    for (String penalty : List.of("l2=0.001", "l2=0.1", "l1=0.01 l2=0.1", "l2=0 shrink=20")) {
      assertOptimal(check, penalty + words, COEFFICIENTS);
    }
    assertOptimal(check, "l1=0.02 l2=0" + words, Double.POSITIVE_INFINITY); // twins may share
  }

  private static void assertOptimal(OptimumCheck check, String words, double coefficients) {
    for (OptimumCheck.Distance distance : check.distances(List.of(TrainedFits.config(words)))) {
      assertThat(distance.coefficients()).as("%s", distance.fit()).isLessThan(coefficients);
      assertThat(distance.objective()).as("%s", distance.fit()).isBetween(-1e-10, OBJECTIVE);
    }
  }

  static Stream<Arguments> free() {
    return Stream.of(
        Arguments.of("one row on the wrong side", nearly()),
        Arguments.of("a constant column", idle(7)),
        Arguments.of("a feature that is never there", idle(Double.NaN)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("free")
  void whatHasAnOptimumWithoutAPenaltyIsThere(String name, RawRows rows) {
    OptimumCheck check =
        new OptimumCheck(PlainLoss.LOGISTIC, 2, rows, rows, Validation.holdout(0.2));
    assertOptimal(check, "l2=0", COEFFICIENTS);
  }
}
