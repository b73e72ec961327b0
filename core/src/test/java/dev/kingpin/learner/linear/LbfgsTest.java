package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LbfgsTest {
  private static final Lbfgs.Settings EXACT = new Lbfgs.Settings(10, 1e-10, 0, 2_000);

  static List<Quadratics> problems() {
    List<Quadratics> problems = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      problems.add(Quadratics.plain(80, 12, seed));
      problems.add(Quadratics.correlated(100, 6, seed));
      problems.add(Quadratics.nearCollinear(100, 10, 0.1, seed));
      problems.add(Quadratics.repeated(90, 14, seed).withRidge(1e-2));
      problems.add(Quadratics.plain(300, 60, seed));
    }
    return problems;
  }

  private static Lbfgs descent(int n, double l1, Lbfgs.Settings settings) {
    return new Lbfgs(new double[n], penalties(n, l1), null, settings);
  }

  private static double[] penalties(int n, double l1) {
    double[] penalties = new double[n];
    Arrays.fill(penalties, 1, n, l1);
    return penalties;
  }

  private static void step(Lbfgs descent, Smooth function) {
    double[] trial = descent.trial();
    descent.tell(function.value(trial), function.gradient(trial));
  }

  private static Lbfgs run(Lbfgs descent, Smooth function) {
    while (descent.status() == Lbfgs.Status.RUNNING) {
      step(descent, function);
    }
    return descent;
  }

  @ParameterizedTest
  @MethodSource("problems")
  void findsTheMinimumOfAQuadratic(Quadratics problem) {
    int n = problem.n();
    Lbfgs descent = run(descent(n, 0, EXACT), new Smooth.Quadratic(problem));
    double[] expected =
        new SimpleMatrix(n, n, true, problem.a())
            .solve(new SimpleMatrix(n, 1, true, problem.b()))
            .getDDRM()
            .getData();
    assertThat(descent.status()).isEqualTo(Lbfgs.Status.CONVERGED);
    assertThat(descent.solution())
        .usingComparatorWithPrecision(1e-6 * (1 + Quadratics.largest(expected)))
        .containsExactly(expected);
  }

  @ParameterizedTest
  @MethodSource("problems")
  void agreesWithTheElasticNetOnQuadratics(Quadratics problem) {
    int n = problem.n();
    for (double share : new double[] {0.5, 0.1, 0.01}) {
      double[] l1 = penalties(n, share * problem.largestB());
      double[] expected = new double[n];
      assertThat(new ElasticNet(problem.a(), problem.b()).solve(l1, expected, 1e-12, 2_000))
          .isTrue();
      Lbfgs descent =
          run(descent(n, share * problem.largestB(), EXACT), new Smooth.Quadratic(problem));
      assertThat(descent.status()).isEqualTo(Lbfgs.Status.CONVERGED);
      assertThat(descent.objective())
          .isLessThan(problem.objective(expected, l1) + 1e-9 * (1 + problem.largestB()));
      assertThat(descent.solution())
          .usingComparatorWithPrecision(1e-5 * (1 + Quadratics.largest(expected)))
          .containsExactly(expected);
      for (int j = 0; j < n; j++) {
        assertThat(descent.solution()[j] == 0).isEqualTo(expected[j] == 0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.003, 0.03, 0.3})
  void theConditionsOfAMinimumHoldForLogisticRegression(double l1) {
    for (long seed = 0; seed < 5; seed++) {
      Smooth function = Smooth.Logistic.random(150, 15, seed);
      Lbfgs descent = run(descent(15, l1, EXACT), function);
      double[] x = descent.solution();
      double[] gradient = function.gradient(x);
      assertThat(gradient[0]).isBetween(-1e-7, 1e-7);
      for (int j = 1; j < 15; j++) {
        if (x[j] == 0) {
          assertThat(Math.abs(gradient[j])).isLessThanOrEqualTo(l1);
        } else {
          assertThat(gradient[j] + l1 * Math.signum(x[j])).isBetween(-1e-7, 1e-7);
        }
      }
      assertThat(descent.steps()).isLessThan(200);
    }
  }

  @Test
  void aPenaltyAsLargeAsTheLargestSlopeLeavesOnlyTheFreeCoordinate() {
    Quadratics problem = Quadratics.plain(80, 12, 1);
    Lbfgs descent = run(descent(12, 10 * problem.largestB(), EXACT), new Smooth.Quadratic(problem));
    double[] x = descent.solution();
    assertThat(x[0]).isCloseTo(problem.b()[0] / problem.a()[0], within(1e-9));
    assertThat(Arrays.copyOfRange(x, 1, 12)).containsOnly(0);
  }

  private static org.assertj.core.data.Offset<Double> within(double distance) {
    return org.assertj.core.data.Offset.offset(distance);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05})
  void noTakenStepRaisesTheObjective(double l1) {
    Smooth function = Smooth.Logistic.random(100, 20, 3);
    Lbfgs descent = descent(20, l1, EXACT);
    double last = Double.POSITIVE_INFINITY;
    while (descent.status() == Lbfgs.Status.RUNNING) {
      step(descent, function);
      assertThat(descent.objective()).isLessThanOrEqualTo(last + 1e-14);
      last = descent.objective();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05})
  void theObjectiveIsThatOfTheSolution(double l1) {
    Smooth function = Smooth.Logistic.random(100, 20, 3);
    Lbfgs descent = descent(20, l1, new Lbfgs.Settings(5, 1e-10, 0, 7));
    run(descent, function);
    double[] x = descent.solution();
    double expected = function.value(x);
    for (int j = 1; j < 20; j++) {
      expected += l1 * Math.abs(x[j]);
    }
    assertThat(descent.objective()).isCloseTo(expected, within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.02})
  void restoredAfterEveryAnswerItEndsWithTheSameBits(double l1) {
    Smooth function = Smooth.Logistic.random(60, 12, 5);
    Lbfgs.Settings settings = new Lbfgs.Settings(4, 1e-9, 0, 500);
    double[] diagonal = new double[12];
    Arrays.fill(diagonal, 40);
    for (double[] d : new double[][] {null, diagonal}) {
      Lbfgs whole = new Lbfgs(new double[12], penalties(12, l1), d, settings);
      Lbfgs broken = new Lbfgs(new double[12], penalties(12, l1), d, settings);
      while (whole.status() == Lbfgs.Status.RUNNING) {
        step(whole, function);
        broken = restored(broken);
        step(broken, function);
        assertThat(broken.trial()).isEqualTo(whole.trial());
        assertThat(broken.status()).isEqualTo(whole.status());
      }
      assertThat(Bytes.write(broken::write)).isEqualTo(Bytes.write(whole::write));
      assertThat(whole.steps()).isGreaterThan(10);
    }
  }

  @Test
  void restoredAmongShortenedStepsItEndsWithTheSameBits() {
    double[] start = {300};
    Lbfgs whole = new Lbfgs(start, new double[1], new double[] {1_000}, EXACT);
    Lbfgs broken = new Lbfgs(start, new double[1], new double[] {1_000}, EXACT);
    while (whole.status() == Lbfgs.Status.RUNNING) {
      step(whole, new Smooth.Barrier());
      step(broken, new Smooth.Barrier());
      broken = restored(broken);
      assertThat(Bytes.write(broken::write)).isEqualTo(Bytes.write(whole::write));
    }
  }

  private static Lbfgs restored(Lbfgs descent) {
    return Bytes.read(Bytes.write(descent::write), Lbfgs::read);
  }

  @Test
  void aLimitIsAnExactNumberOfSteps() {
    Smooth function = Smooth.Logistic.random(100, 20, 3);
    for (int limit : new int[] {1, 2, 5}) {
      Lbfgs descent = run(descent(20, 0, new Lbfgs.Settings(10, 0, 0, limit)), function);
      assertThat(descent.status()).isEqualTo(Lbfgs.Status.LIMIT);
      assertThat(descent.steps()).isEqualTo(limit);
    }
  }

  @Test
  void withoutToleranceStepsGoOnAfterTheObjectiveRests() {
    Quadratics problem = Quadratics.plain(80, 5, 2);
    Lbfgs descent =
        run(descent(5, 0, new Lbfgs.Settings(10, 0, 0, 60)), new Smooth.Quadratic(problem));
    assertThat(descent.status()).isNotEqualTo(Lbfgs.Status.RUNNING);
    assertThat(descent.steps()).isGreaterThan(15);
    assertThat(problem.gradient(descent.solution()))
        .usingComparatorWithPrecision(1e-7)
        .containsOnly(0);
  }

  @Test
  void withoutToleranceRoundingDoesNotEndADescent() {
    Smooth function = new Smooth.Rough(Smooth.Logistic.random(150, 15, 1));
    Lbfgs descent = run(descent(15, 0, new Lbfgs.Settings(10, 0, 1e-6, 300)), function);
    assertThat(descent.status()).isEqualTo(Lbfgs.Status.LIMIT);
    assertThat(descent.steps()).isEqualTo(300);
  }

  @Test
  void penalisedCoordinatesOnlyGoDownTheirSlope() {
    double l1 = 0.01;
    Smooth function = Smooth.Logistic.random(100, 20, 3);
    Lbfgs descent = descent(20, l1, EXACT);
    step(descent, function);
    int against = 0;
    while (descent.status() == Lbfgs.Status.RUNNING) {
      double[] x = descent.solution();
      double[] trial = descent.trial();
      double[] gradient = function.gradient(x);
      for (int j = 1; j < 20; j++) {
        double side = x[j] != 0 ? Math.signum(x[j]) : -Math.signum(gradient[j]);
        assertThat(trial[j] * side >= 0).isTrue();
        assertThat((trial[j] - x[j]) * (gradient[j] + l1 * side) <= 0).isTrue();
      }
      against += (trial[0] - x[0]) * gradient[0] > 0 ? 1 : 0;
      step(descent, function);
    }
    assertThat(against).as("the free one may go up").isPositive();
  }

  @Test
  void aStartAtTheMinimumTakesNoStep() {
    Quadratics problem = new Quadratics("", new double[] {2, 0, 0, 3}, new double[] {4, 6});
    Lbfgs descent = new Lbfgs(new double[] {2, 2}, new double[2], null, EXACT);
    run(descent, new Smooth.Quadratic(problem));
    assertThat(descent.status()).isEqualTo(Lbfgs.Status.CONVERGED);
    assertThat(descent.steps()).isZero();
  }

  @Test
  void trialsWithoutAFiniteObjectiveAreDrawnNearer() {
    Lbfgs descent = new Lbfgs(new double[] {300}, new double[1], new double[] {1_000}, EXACT);
    step(descent, new Smooth.Barrier());
    assertThat(descent.trial()[0]).isNegative();
    run(descent, new Smooth.Barrier());
    assertThat(descent.status()).isEqualTo(Lbfgs.Status.CONVERGED);
    assertThat(descent.solution()[0]).isCloseTo(1, within(1e-6));
  }

  @Test
  void aStartWithoutAFiniteObjectiveStalls() {
    Lbfgs descent = run(new Lbfgs(new double[1], new double[1], null, EXACT), new Smooth.Barrier());
    assertThat(descent.status()).isEqualTo(Lbfgs.Status.STALLED);
    assertThat(descent.solution()).containsExactly(0);
    assertThatThrownBy(() -> descent.tell(0, new double[1]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aWrongGradientNeverRaisesTheObjective() {
    Smooth function = new Smooth.Quadratic(Quadratics.plain(80, 5, 2));
    Lbfgs descent = run(descent(5, 0, EXACT), new Smooth.Liar(function));
    assertThat(descent.status()).isNotEqualTo(Lbfgs.Status.LIMIT);
    assertThat(descent.objective()).isLessThan(1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01})
  void sumsOfFloatsConverge(double l1) {
    for (long seed = 0; seed < 10; seed++) {
      Smooth function = Smooth.Logistic.random(150, 15, seed);
      double[] expected = run(descent(15, l1, EXACT), function).solution();
      Lbfgs descent =
          run(descent(15, l1, new Lbfgs.Settings(10, 1e-9, 1e-7, 500)), new Smooth.Rough(function));
      assertThat(descent.status()).isEqualTo(Lbfgs.Status.CONVERGED);
      assertThat(descent.solution())
          .usingComparatorWithPrecision(1e-4 * Quadratics.largest(expected))
          .containsExactly(expected);
    }
  }

  /** Coordinates in units that differ by a factor of a million. */
  @Test
  void aPreconditionerUndoesUnits() {
    Quadratics problem = Quadratics.plain(300, 12, 3);
    double[] unit = new double[12];
    double[] a = new double[144];
    double[] b = new double[12];
    double[] diagonal = new double[12];
    for (int j = 0; j < 12; j++) {
      unit[j] = Math.pow(10, j / 2 - 3);
    }
    for (int i = 0; i < 12; i++) {
      b[i] = problem.b()[i] * unit[i];
      for (int j = 0; j < 12; j++) {
        a[i * 12 + j] = problem.a()[i * 12 + j] * unit[i] * unit[j];
      }
      diagonal[i] = 1 / a[i * 12 + i];
    }
    Smooth function = new Smooth.Quadratic(new Quadratics("units", a, b));
    int plain = stepsTo(function, null);
    int preconditioned = stepsTo(function, diagonal);
    assertThat(preconditioned).isLessThan(30);
    assertThat(plain).isGreaterThan(3 * preconditioned);
  }

  private static int stepsTo(Smooth function, double @Nullable [] diagonal) {
    Lbfgs.Settings settings = new Lbfgs.Settings(10, 1e-7, 0, 500);
    Lbfgs descent = new Lbfgs(new double[12], new double[12], diagonal, settings);
    return run(descent, function).steps();
  }

  @Test
  void aLongMemoryIsExactAfterAsManyStepsAsCoordinates() {
    Quadratics problem = Quadratics.plain(100, 6, 1);
    Lbfgs none =
        run(descent(6, 0, new Lbfgs.Settings(0, 1e-9, 0, 500)), new Smooth.Quadratic(problem));
    Lbfgs ten =
        run(descent(6, 0, new Lbfgs.Settings(10, 1e-9, 0, 500)), new Smooth.Quadratic(problem));
    assertThat(ten.steps()).isLessThan(25);
    assertThat(none.steps()).isGreaterThan(ten.steps());
  }
}
