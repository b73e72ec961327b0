package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElasticNetTest {
  private static final double TOLERANCE = 1e-12;
  private static final int MAX_SWEEPS = 2_000;

  static List<Quadratics> unique() {
    List<Quadratics> problems = new ArrayList<>();
    for (int seed = 0; seed < 5; seed++) {
      problems.add(Quadratics.plain(80, 12, seed));
      problems.add(Quadratics.correlated(100, 20, seed));
      problems.add(Quadratics.nearCollinear(100, 10, 1e-2, seed));
      problems.add(Quadratics.nearCollinear(100, 10, 1e-4, seed));
      problems.add(Quadratics.plain(300, 90, seed));
      problems.add(Quadratics.repeated(90, 14, seed).withRidge(1e-3));
      problems.add(Quadratics.oneHot(200, 8, seed).withRidge(1e-4));
    }
    return problems;
  }

  static List<Quadratics> all() {
    List<Quadratics> problems = new ArrayList<>(unique());
    for (int seed = 0; seed < 5; seed++) {
      problems.add(Quadratics.nearCollinear(100, 30, 1e-6, seed));
      problems.add(Quadratics.repeated(90, 14, seed));
      problems.add(Quadratics.oneHot(200, 8, seed));
      problems.add(Quadratics.plain(10, 25, seed));
      problems.add(Quadratics.plain(60, 80, seed));
    }
    return problems;
  }

  private static double[] constant(int n, double value) {
    double[] values = new double[n];
    Arrays.fill(values, value);
    return values;
  }

  private static double[] cold(Quadratics problem, double[] l1) {
    double[] x = new double[problem.n()];
    assertThat(new ElasticNet(problem.a(), problem.b()).solve(l1, x, TOLERANCE, MAX_SWEEPS))
        .as(problem.name())
        .isTrue();
    return x;
  }

  private static double[] penalties(Quadratics problem, double share) {
    double[] l1 = constant(problem.n(), share * problem.largestB());
    l1[0] = 0;
    return l1;
  }

  @ParameterizedTest
  @MethodSource("all")
  void theConditionsOfAMinimumHoldToRounding(Quadratics problem) {
    for (double share : new double[] {0.5, 0.1, 1e-2, 1e-3, 1e-5}) {
      double[] l1 = penalties(problem, share);
      double[] x = cold(problem, l1);
      assertThat(problem.violation(x, l1)).isLessThan(1e-12 * (1 + problem.largestB()));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void noNeighbourIsBetter(Quadratics problem) {
    double[] l1 = penalties(problem, 0.02);
    double[] x = cold(problem, l1);
    double best = problem.objective(x, l1);
    Random random = new Random(1);
    for (int k = 0; k < 200; k++) {
      double[] y = x.clone();
      double size = Math.pow(10, -random.nextInt(6));
      for (int j = 0; j < y.length; j++) {
        y[j] += random.nextInt(3) == 0 ? size * random.nextGaussian() : 0;
      }
      assertThat(problem.objective(y, l1)).isGreaterThan(best - 1e-12 * (1 + Math.abs(best)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreesWithExhaustiveSearchOverActiveSets(long seed) {
    for (Quadratics problem :
        List.of(
            Quadratics.plain(30, 5, seed),
            Quadratics.correlated(30, 5, seed),
            Quadratics.nearCollinear(40, 6, 1e-3, seed))) {
      for (double share : new double[] {0.3, 0.03, 1e-4}) {
        double[] l1 = penalties(problem, share);
        double[] expected = exhaustive(problem, l1);
        double[] x = cold(problem, l1);
        assertThat(x)
            .usingComparatorWithPrecision(1e-7 * Quadratics.largest(expected))
            .containsExactly(expected);
        for (int j = 0; j < x.length; j++) {
          assertThat(x[j] == 0).isEqualTo(expected[j] == 0);
        }
      }
    }
  }

  /** The best of the solutions for all 3ⁿ patterns of signs. */
  private static double[] exhaustive(Quadratics problem, double[] l1) {
    int n = problem.n();
    double[] best = new double[n];
    double lowest = Double.POSITIVE_INFINITY;
    for (int pattern = 0; pattern < Math.pow(3, n); pattern++) {
      int[] sign = new int[n];
      for (int j = 0, rest = pattern; j < n; j++, rest /= 3) {
        sign[j] = rest % 3 - 1;
      }
      double[] x = restricted(problem, l1, sign);
      boolean keeps = true;
      for (int j = 0; j < n; j++) {
        keeps &= l1[j] == 0 || Math.signum(x[j]) == sign[j];
      }
      double objective = problem.objective(x, l1);
      if (keeps && objective < lowest) {
        lowest = objective;
        best = x;
      }
    }
    return best;
  }

  private static double[] restricted(Quadratics problem, double[] l1, int[] sign) {
    int n = problem.n();
    SimpleMatrix a = SimpleMatrix.identity(n);
    SimpleMatrix b = new SimpleMatrix(n, 1);
    for (int i = 0; i < n; i++) {
      if (sign[i] != 0) {
        b.set(i, problem.b()[i] - l1[i] * sign[i]);
        for (int j = 0; j < n; j++) {
          a.set(i, j, sign[j] == 0 ? 0 : problem.a()[i * n + j]);
        }
      }
    }
    return a.solve(b).getDDRM().getData().clone();
  }

  @ParameterizedTest
  @MethodSource("unique")
  void withoutPenaltyItIsADirectSolve(Quadratics problem) {
    int n = problem.n();
    double[] x = cold(problem, new double[n]);
    double[] expected = restricted(problem, new double[n], ones(n));
    assertThat(x)
        .usingComparatorWithPrecision(1e-6 * Quadratics.largest(expected))
        .containsExactly(expected);
  }

  private static int[] ones(int n) {
    int[] ones = new int[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void independentCoordinatesAreSoftThresholds() {
    double[] a = {2, 0, 0, 0, 0, 4, 0, 0, 0, 0, 1, 0, 0, 0, 0, 5};
    double[] b = {3, -6, 0.5, 10};
    double[] l1 = {1, 2, 0.5, 0};
    double[] x = new double[4];
    assertThat(new ElasticNet(a, b).solve(l1, x, TOLERANCE, MAX_SWEEPS)).isTrue();
    assertThat(x).containsExactly(1, -1, 0, 2);
  }

  @ParameterizedTest
  @MethodSource("all")
  void zerosAreExact(Quadratics problem) {
    double[] l1 = penalties(problem, 0.2);
    double[] x = cold(problem, l1);
    double largest = Quadratics.largest(x);
    int zeros = 0;
    for (double value : x) {
      assertThat(value == 0 || Math.abs(value) > 1e-10 * largest).isTrue();
      zeros += value == 0 ? 1 : 0;
    }
    assertThat(zeros).isPositive();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aPenaltyAsLargeAsTheLargestSlopeLeavesNothing(Quadratics problem) {
    double[] x = cold(problem, constant(problem.n(), problem.largestB()));
    assertThat(x).containsOnly(0);
    double[] warm = constant(problem.n(), 3);
    double[] l1 = constant(problem.n(), problem.largestB());
    new ElasticNet(problem.a(), problem.b()).solve(l1, warm, TOLERANCE, MAX_SWEEPS);
    assertThat(warm).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("unique")
  void aWarmStartEndsWhereAColdOneDoes(Quadratics problem) {
    ElasticNet net = new ElasticNet(problem.a(), problem.b());
    double[] warm = constant(problem.n(), -2);
    for (double share : new double[] {0.7, 0.1, 0.3, 1e-2, 1e-4, 0.5}) {
      double[] l1 = penalties(problem, share);
      assertThat(net.solve(l1, warm, TOLERANCE, MAX_SWEEPS)).isTrue();
      double[] cold = cold(problem, l1);
      assertThat(warm)
          .usingComparatorWithPrecision(1e-7 * (1 + Quadratics.largest(cold)))
          .containsExactly(cold);
    }
  }

  /** Plain sweeps would need thousands. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 0})
  void fewSweepsAreEnoughForColumnsThatNearlyRepeat(double noise) {
    for (long seed = 0; seed < 20; seed++) {
      Quadratics problem = Quadratics.nearCollinear(100, 40, noise, seed);
      double[] l1 = penalties(problem, 1e-4);
      double[] x = new double[40];
      assertThat(new ElasticNet(problem.a(), problem.b()).solve(l1, x, TOLERANCE, 200)).isTrue();
      assertThat(problem.violation(x, l1)).isLessThan(1e-12);
    }
  }

  @Test
  void twinsOfOppositeSignsDoNotCrawlToZero() {
    Quadratics problem = Quadratics.repeated(50, 6, 1);
    double[] l1 = constant(6, 1e-6);
    double[] x = {1e3, -1e3, 0, 0, -5e4, 5e4};
    assertThat(new ElasticNet(problem.a(), problem.b()).solve(l1, x, TOLERANCE, 100)).isTrue();
    assertThat(problem.violation(x, l1)).isLessThan(1e-12);
    assertThat(x[0] * x[1] >= 0).isTrue();
    assertThat(x[4] * x[5] >= 0).isTrue();
  }

  @Test
  void aLooseToleranceStillEndsExact() {
    Quadratics problem = Quadratics.correlated(100, 20, 4);
    double[] l1 = penalties(problem, 0.01);
    double[] x = new double[20];
    new ElasticNet(problem.a(), problem.b()).solve(l1, x, 1e-4, MAX_SWEEPS);
    assertThat(problem.violation(x, l1)).isLessThan(1e-9);
  }

  @Test
  void coordinatesWithoutCurvatureGetZero() {
    double[] x = {5, 5, 5};
    double[] a = {1, 0, 0, 0, 0, 0, 0, 0, 1e-17};
    assertThat(
            new ElasticNet(a, new double[] {3, 0, 1e-17})
                .solve(new double[3], x, TOLERANCE, MAX_SWEEPS))
        .isTrue();
    assertThat(x).containsExactly(3, 0, 0);
  }

  @Test
  void nothingToKnowGivesZeros() {
    double[] x = {1, 2};
    assertThat(new ElasticNet(new double[4], new double[2]).solve(new double[2], x, TOLERANCE, 10))
        .isTrue();
    assertThat(x).containsExactly(0, 0);
    assertThat(new ElasticNet(new double[0], new double[0]).solve(x, x, TOLERANCE, 10)).isTrue();
  }

  @Test
  void theMatrixMayChangeBetweenSolvesIfThatIsSaid() {
    Quadratics first = Quadratics.plain(80, 12, 1);
    Quadratics second = Quadratics.correlated(80, 12, 2);
    double[] l1 = constant(12, 0.05);
    double[] a = first.a().clone();
    double[] b = first.b().clone();
    ElasticNet net = new ElasticNet(a, b);
    net.solve(l1, new double[12], TOLERANCE, MAX_SWEEPS);
    System.arraycopy(second.a(), 0, a, 0, a.length);
    System.arraycopy(second.b(), 0, b, 0, b.length);
    net.renew();
    double[] x = new double[12];
    net.solve(l1, x, TOLERANCE, MAX_SWEEPS);
    assertThat(x).isEqualTo(cold(second, l1));
  }

  @Test
  void tooFewSweepsAreReported() {
    Quadratics problem = Quadratics.plain(80, 12, 1);
    double[] x = new double[12];
    double[] l1 = penalties(problem, 0.01);
    assertThat(new ElasticNet(problem.a(), problem.b()).solve(l1, x, TOLERANCE, 1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void inputThatIsNotFiniteIsReported(double bad) {
    Quadratics problem = Quadratics.plain(80, 12, 1);
    double[] b = problem.b().clone();
    b[7] = bad;
    double[] a = problem.a().clone();
    a[12 * 7 + 7] = bad;
    assertThat(new ElasticNet(problem.a(), b).solve(new double[12], new double[12], 1e-9, 50))
        .isFalse();
    assertThat(new ElasticNet(a, b).solve(new double[12], new double[12], 1e-9, 50)).isFalse();
  }

  @Test
  void shapesMustFit() {
    assertThatThrownBy(() -> new ElasticNet(new double[5], new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(5) entries and (2) coordinates");
  }
}
