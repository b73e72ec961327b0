package dev.kingpin.learner.linear;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceTest {
  private static final int N = 7;

  private static SimpleMatrix matrix(double[] values) {
    return new SimpleMatrix(N, N, true, values);
  }

  private static double[] covariance(double[] information, double[] penalty, double dispersion) {
    return requireNonNull(Inference.covariance(information, penalty, dispersion));
  }

  private static void assertSame(double[] actual, SimpleMatrix expected) {
    double[] values = expected.getDDRM().getData();
    assertThat(actual)
        .usingComparatorWithPrecision(1e-9 * Quadratics.largest(values))
        .containsExactly(values);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void withoutPenaltyItIsTheInverse(long seed) {
    double[] a = Quadratics.correlated(60, N, seed).a();
    double[] covariance = covariance(a, new double[N], 2.5);
    assertSame(covariance, matrix(a).invert().scale(2.5));
    double[] errors = Inference.standardErrors(covariance, N);
    for (int j = 0; j < N; j++) {
      assertThat(errors[j]).isEqualTo(Math.sqrt(covariance[j * N + j]));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void withRidgeItIsTheSandwich(long seed) {
    double[] a = Quadratics.nearCollinear(60, N, 0.01, seed).a();
    double[] penalty = {0.1, 0.1, 2, 0.1, 1e-3, 0.1, 0};
    SimpleMatrix inverse = matrix(a).plus(SimpleMatrix.diag(penalty)).invert();
    assertSame(covariance(a, penalty, 0.7), inverse.mult(matrix(a)).mult(inverse).scale(0.7));
  }

  @Test
  void repeatedColumnsHaveNoCovarianceUnlessAPenaltyTellsThemApart() {
    double[] a = Quadratics.repeated(60, N, 1).a();
    assertThat(Inference.covariance(a, new double[N], 1)).isNull();
    double[] penalty = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
    double[] covariance = covariance(a, penalty, 1);
    assertThat(covariance[0]).isPositive();
    assertThat(covariance[0]).isCloseTo(covariance[N + 1], Offset.offset(1e-12));
  }

  @Test
  void inputStaysAndTheResultIsSymmetricToTheBit() {
    double[] a = Quadratics.correlated(60, N, 4).a();
    double[] before = a.clone();
    double[] penalty = {0.1, 0.1, 2, 0.1, 1e-3, 0.1, 0};
    double[] covariance = covariance(a, penalty, 3);
    assertThat(a).isEqualTo(before);
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        assertThat(covariance[i * N + j]).isEqualTo(covariance[j * N + i]);
      }
    }
  }

  /** Least squares on raw and on standardised columns tell the same story. */
  @Test
  void rawColumnsGetWhatAFitOfRawColumnsWouldTell() {
    Random random = new Random(3);
    double[] centre = {5, -3, 0.1, 40, 0, 1};
    double[] deviation = {2, 0.5, 1, 9, 0.01, 3};
    double[] raw = new double[N * N];
    double[] standardised = new double[N * N];
    for (int r = 0; r < 50; r++) {
      double[] x = new double[N];
      double[] z = new double[N];
      x[N - 1] = 1;
      z[N - 1] = 1;
      for (int j = 0; j < N - 1; j++) {
        z[j] = random.nextGaussian() + z[0];
        x[j] = centre[j] + deviation[j] * z[j];
      }
      for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
          raw[i * N + j] += x[i] * x[j];
          standardised[i * N + j] += z[i] * z[j];
        }
      }
    }
    double[] covariance = covariance(standardised, new double[N], 1.5);
    double[] back = Inference.ofRawColumns(covariance, centre, deviation);
    assertSame(back, matrix(raw).invert().scale(1.5));
    assertThat(Inference.ofCombinations(toRaw(centre, deviation), N, covariance))
        .usingComparatorWithPrecision(1e-12 * Quadratics.largest(back))
        .containsExactly(back);
  }

  private static double[] toRaw(double[] centre, double[] deviation) {
    double[] combinations = new double[N * N];
    for (int j = 0; j < N - 1; j++) {
      combinations[j * N + j] = 1 / deviation[j];
      combinations[(N - 1) * N + j] = -centre[j] / deviation[j];
    }
    combinations[N * N - 1] = 1;
    return combinations;
  }

  @Test
  void combinationsMayBeFewerThanCoefficients() {
    double[] covariance = covariance(Quadratics.plain(60, N, 1).a(), new double[N], 1);
    double[] combinations = new double[2 * N];
    combinations[0] = 1;
    combinations[3] = -1;
    combinations[N + 5] = 2;
    SimpleMatrix c = new SimpleMatrix(2, N, true, combinations);
    double[] expected = c.mult(matrix(covariance)).mult(c.transpose()).getDDRM().getData();
    assertThat(Inference.ofCombinations(combinations, 2, covariance))
        .usingComparatorWithPrecision(1e-13)
        .containsExactly(expected);
  }

  /** The classic: dist = -17.5791 (6.7584) + 3.9324 (0.4155) speed, as R's summary of cars says. */
  @Test
  void agreesWithTheSummaryOfR() {
    int[] speed = {
      4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15,
      15, 16, 16, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23, 24, 24, 24,
      24, 25
    };
    double[] information = new double[4];
    for (int s : speed) {
      information[0] += s * s;
      information[1] += s;
      information[2] += s;
      information[3] += 1;
    }
    double[] covariance = covariance(information, new double[2], 15.37959 * 15.37959);
    double[] errors = Inference.standardErrors(covariance, 2);
    assertThat(errors[0]).isCloseTo(0.4155, Offset.offset(5e-5));
    assertThat(errors[1]).isCloseTo(6.7584, Offset.offset(5e-5));
    assertThat(TailProbability.student(-17.5791 / errors[1], 48))
        .isCloseTo(0.0123, Offset.offset(5e-5));
    assertThat(TailProbability.student(3.9324 / errors[0], 48))
        .isCloseTo(1.49e-12, Offset.offset(5e-15));
  }
}
