package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LogisticTest {

  private static final float FLOOR = 1e-6f;

  @Test
  void theTwinsHaveTheSameBits() {
    for (int n : new int[] {0, 1, 7, 8, 15, 16, 17, 31, 33, 64, 100, 1024}) {
      LogisticRows actual = rows(Numbers.any(1, n), n);
      LogisticRows expected = rows(actual.scores(), n);
      Kernels.best().logistic(actual);
      Kernels.scalar().logistic(expected);
      Numbers.assertSameBits("residuals", actual.residuals(), expected.residuals());
      Numbers.assertSameBits("curvatures", actual.curvatures(), expected.curvatures());
      Numbers.assertSameBits("losses", actual.losses(), expected.losses());
    }
  }

  @Test
  void resultsAreAccurateWhereverTheScoreLies() {
    int n = 100_000;
    float[] scores = new float[n];
    for (int i = 0; i < n; i++) {
      scores[i] = -100f + 200f * i / n;
    }
    LogisticRows rows = rows(scores, n);
    Kernels.best().logistic(rows);
    for (int i = 0; i < n; i++) {
      double z = scores[i];
      double y = rows.targets()[i];
      double w = rows.weights()[i];
      double p = 1 / (1 + StrictMath.exp(-z));
      double q = 1 / (1 + StrictMath.exp(z));
      double residual = w * (y == 1 ? -q : p);
      double loss = w * StrictMath.log1p(StrictMath.exp(y == 1 ? -z : z));
      assertClose(rows.residuals()[i], residual);
      assertClose(rows.curvatures()[i], w * Math.max(p * q, FLOOR));
      assertClose(rows.losses()[i], loss);
    }
  }

  @Test
  void aWeightOfZeroSilencesARow() {
    float[] zero = {0f};
    LogisticRows rows =
        new LogisticRows(
            new float[] {3f},
            new float[] {1f},
            zero,
            new float[1],
            new float[1],
            new float[1],
            0f,
            1);
    Kernels.best().logistic(rows);
    assertThat(Math.abs(rows.residuals()[0])).isZero();
    assertThat(rows.curvatures()[0]).isZero();
    assertThat(rows.losses()[0]).isZero();
  }

  @Test
  void arraysThatAreTooShortAreRefused() {
    float[] three = new float[3];
    assertThatThrownBy(
            () -> new LogisticRows(three, three, three, three, new float[2], three, 0f, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(3)");
    assertThatThrownBy(() -> new LogisticRows(three, three, three, three, three, three, -1f, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Within 5 ulp, or within the steps of the subnormal numbers. */
  private static void assertClose(float actual, double expected) {
    if (!(Math.abs(actual - expected) <= 5.0 * Math.ulp((float) expected))) {
      throw new AssertionError(actual + " is not close to " + expected);
    }
  }

  private static LogisticRows rows(float[] scores, int n) {
    float[] targets = new float[n];
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      long h = Hash.hash(7, i);
      targets[i] = h & 1;
      weights[i] = (h & 6) / 2f + 0.25f;
    }
    return new LogisticRows(
        scores, targets, weights, new float[n], new float[n], new float[n], FLOOR, n);
  }
}
