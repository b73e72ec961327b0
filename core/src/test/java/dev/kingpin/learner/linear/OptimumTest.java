package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.learner.Config;
import dev.kingpin.query.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every model with every penalty on every row mask is at the optimum that a plain method in doubles
 * finds from the raw rows: objectives agree to 1e-6, coefficients to 1e-4 of their size or, if they
 * are small, of a hundredth of the largest (of several classes: a tenth); and a lasso leaves the
 * same coefficients at zero.
 */
class OptimumTest {
  private static final double COEFFICIENTS = 1e-4;

  /** As COEFFICIENTS, where curvature may be so low that rounding of float32 sums is seen. */
  private static final double COEFFICIENTS_AT_WORST = 1e-3;

  /** What a slack of 1e-7 in the objective leaves open along the flattest direction. */
  private static final double COEFFICIENTS_OF_DESCENTS = 5e-3;

  private static final double OBJECTIVE = 1e-6;

  /** What is learned. */
  private enum Learned {
    NUMBERS(PlainLoss.SQUARED, 0, RawKind::score),
    COUNTS(PlainLoss.POISSON, 0, RawKind::count),
    TWO_CLASSES(PlainLoss.LOGISTIC, 2, RawKind.ofClasses(2)),
    THREE_CLASSES(PlainLoss.SOFTMAX, 3, RawKind.ofClasses(3)),
    FOUR_CLASSES(PlainLoss.SOFTMAX, 4, RawKind.ofClasses(4));

    private static final double LASSO_OF_NUMBERS = 10; // it has the target's unit

    final PlainLoss loss;
    final int classes;
    final RawKind.Target target;

    Learned(PlainLoss loss, int classes, RawKind.Target target) {
      this.loss = loss;
      this.classes = classes;
      this.target = target;
    }

    Config config(double l1, double l2, double shrink) {
      double lasso = this == NUMBERS ? LASSO_OF_NUMBERS * l1 : l1;
      String words = "l1=" + lasso + " l2=" + l2 + " shrink=" + shrink;
      return TrainedFits.config(this == COUNTS ? words + " loss=poisson" : words);
    }

    /** All kinds of penalties, from weak ones to strong ones. */
    List<Config> penalties() {
      return List.of(
          config(0, 1e-4, 0),
          config(0, 0.01, 0),
          config(0, 1, 0),
          config(0.002, 0, 0),
          config(0.05, 0, 0),
          config(0.01, 0.01, 0),
          config(0, 0, 20),
          config(0, 0.01, 5),
          config(0.02, 0, 10));
    }
  }

  /** A group and how its rows are split. */
  private record Group(Learned learned, RawKind kind, int rows, String split, long seed) {
    OptimumCheck check() {
      RawRows own = kind.make(rows, seed, learned.target);
      RawRows other = kind.make(2 * rows, seed + 1, learned.target);
      return new OptimumCheck(learned.loss, learned.classes, own, other, Validation.of(split));
    }

    /** Whether there is an optimum without a penalty: no level or indicator tells rows apart. */
    boolean needsNoPenalty() {
      boolean few = kind == RawKind.GAPS || kind == RawKind.ONE_HOT || kind == RawKind.MIXED;
      return learned == Learned.NUMBERS || !few;
    }
  }

  static Stream<Group> groups() {
    return Stream.of(Learned.values())
        .flatMap(
            l ->
                Stream.of(
                    new Group(l, RawKind.DENSE, 150, "holdout:0.2", 1),
                    new Group(l, RawKind.DENSE, 2_500, "folds:3", 2),
                    new Group(l, RawKind.WEIGHTED, 130, "folds:5", 3),
                    new Group(l, RawKind.GAPS, 200, "folds:3", 4),
                    new Group(l, RawKind.ONE_HOT, 160, "holdout:0.2", 5),
                    new Group(l, RawKind.ONE_HOT, 2_500, "holdout:0.2", 6),
                    new Group(l, RawKind.FAR, 120, "folds:3", 7),
                    new Group(l, RawKind.MIXED, 200, "holdout:0.2", 8)));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void everyFitIsAtTheOptimum(Group group) {
    List<Config> configs = new ArrayList<>(group.learned.penalties());
    if (group.needsNoPenalty()) {
      configs.add(group.learned.config(0, 0, 0));
    }
    assertOptimal(group.check(), configs, COEFFICIENTS);
  }

  private static void assertOptimal(OptimumCheck check, List<Config> configs, double coefficients) {
    for (OptimumCheck.Distance distance : check.distances(configs)) {
      assertThat(distance.coefficients()).as("%s", distance.fit()).isLessThan(coefficients);
      assertThat(distance.objective()).as("%s", distance.fit()).isBetween(-1e-12, OBJECTIVE);
      assertThat(distance.told()).as("%s", distance.fit()).isLessThan(OBJECTIVE);
      assertThat(distance.zeros()).as("%s", distance.fit()).isZero();
    }
  }

  // ---------------------------------------------------------------- nearly separable

  private static final int MANY_FEATURES = 32;

  /** So few rows for so many features that they are nearly or quite told apart. */
  private static RawRows fewRows(int rows, long seed) {
    Random random = new Random(seed);
    RawRows raw = new RawRows(rows);
    double[] sums = new double[rows];
    for (int j = 0; j < MANY_FEATURES; j++) {
      double[] column = random.doubles(rows).map(u -> random.nextGaussian()).toArray();
      double weight = random.nextGaussian() / 4;
      for (int r = 0; r < rows; r++) {
        column[r] = (float) column[r];
        sums[r] += weight * column[r];
      }
      raw.numbers.put("x" + j, column);
    }
    for (int r = 0; r < rows; r++) {
      raw.y[r] = random.nextDouble() < 1 / (1 + Math.exp(-sums[r])) ? 1 : 0;
    }
    return raw;
  }

  private static void assertOptimalPath(int rows, long seed, double coefficients) {
    List<Config> path =
        Stream.of(1e-4, 1e-3, 0.01, 0.1, 1.0)
            .map(l2 -> Learned.TWO_CLASSES.config(0, l2, 0))
            .toList();
    RawRows own = fewRows(rows, seed);
    RawRows other = fewRows(rows, seed + 1);
    Validation split = Validation.holdout(0.2);
    assertOptimal(new OptimumCheck(PlainLoss.LOGISTIC, 2, own, other, split), path, coefficients);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 70, 80, 90, 107, 120, 134, 150})
  void nearlySeparableGroupsWithASmallRidgeAreAtTheOptimum(int rows) {
    for (int seed = 0; seed < 6; seed++) {
      assertOptimalPath(rows, 100L * rows + seed, COEFFICIENTS);
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {60, 80, 107, 134, 150})
  void aThousandNearlySeparableGroupsAreAtTheOptimum(int rows) {
    for (int seed = 0; seed < 200; seed++) {
      assertOptimalPath(rows, 10_000L * rows + seed, COEFFICIENTS_AT_WORST);
    }
  }

  // ---------------------------------------------------------------- other ways to the optimum

  static Stream<Group> narrow() {
    return Stream.of(Learned.values())
        .flatMap(
            l ->
                Stream.of(
                    new Group(l, RawKind.DENSE, 200, "holdout:0.2", 11),
                    new Group(l, RawKind.ONE_HOT, 200, "folds:3", 12)));
  }

  /** Such steps know curvatures from gradients alone, so rounding stops them a little earlier. */
  @ParameterizedTest
  @MethodSource("narrow")
  void manyEpochsOfQuasiNewtonStepsEndAtTheOptimum(Group group) {
    List<Config> configs =
        Stream.of(
                group.learned.config(0, 0.01, 0),
                group.learned.config(0.01, 0.01, 0),
                group.learned.config(0, 0.01, 5))
            .map(c -> TrainedFits.config(c + " solver=lbfgs epochs=200"))
            .toList();
    assertOptimal(group.check(), configs, COEFFICIENTS_OF_DESCENTS);
  }

  static Stream<Group> wide() {
    return Stream.of(
        new Group(Learned.COUNTS, RawKind.WIDE, 800, "holdout:0.2", 21),
        new Group(Learned.TWO_CLASSES, RawKind.WIDE, 800, "holdout:0.2", 22),
        new Group(Learned.THREE_CLASSES, RawKind.WIDE, 300, "holdout:0.2", 23),
        new Group(Learned.FOUR_CLASSES, RawKind.WIDE, 220, "folds:3", 24));
  }

  /** Designs of so many columns take no Hessians. */
  @ParameterizedTest
  @MethodSource("wide")
  void wideDesignsAreAtTheOptimum(Group group) {
    assertOptimal(
        group.check(),
        List.of(
            group.learned.config(0, 0.1, 0),
            group.learned.config(0.005, 0.05, 0),
            group.learned.config(0, 0.05, 50)),
        COEFFICIENTS);
  }
}
