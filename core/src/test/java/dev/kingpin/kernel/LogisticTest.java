package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LogisticTest {

  private static final float FLOOR = 1e-6f;
  private static final int AT = 3;
  private static final int WEIGHTS_AT = 5;

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
  void rowsInTheMiddleOfTheArraysGetWhatTheyGetAtTheStart() {
    for (int n : new int[] {0, 1, 15, 16, 17, 33, 100}) {
      float[] scores = Numbers.any(1, n);
      LogisticRows start = rows(scores, n);
      LogisticRows actual = moved(start);
      LogisticRows expected = moved(start);
      Kernels.best().logistic(start);
      Kernels.best().logistic(actual);
      Kernels.scalar().logistic(expected);
      assertMoved(actual.residuals(), expected.residuals(), start.residuals());
      assertMoved(actual.curvatures(), expected.curvatures(), start.curvatures());
      assertMoved(actual.losses(), expected.losses(), start.losses());
    }
  }

  /** The same rows with other numbers around them. */
  private static LogisticRows moved(LogisticRows rows) {
    int n = rows.length();
    float[] weights = padded(rows.weights(), WEIGHTS_AT);
    float[] scores = padded(rows.scores(), AT);
    float[] out = padded(new float[n], AT);
    return new LogisticRows(
        scores,
        rows.targets(),
        weights,
        WEIGHTS_AT,
        out,
        out.clone(),
        out.clone(),
        AT,
        rows.floor(),
        n);
  }

  private static float[] padded(float[] values, int at) {
    float[] padded = new float[at + values.length + 2];
    Arrays.fill(padded, 9f);
    System.arraycopy(values, 0, padded, at, values.length);
    return padded;
  }

  private static void assertMoved(float[] actual, float[] expected, float[] start) {
    Numbers.assertSameBits("twins", actual, expected);
    Numbers.assertSameBits("moved", actual, padded(start, AT));
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
            0,
            new float[1],
            new float[1],
            new float[1],
            0,
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
            () -> new LogisticRows(three, three, three, 0, three, new float[2], three, 0, 0f, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(3)");
    assertThatThrownBy(
            () -> new LogisticRows(three, three, three, 0, three, three, three, 0, -1f, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void placesOutsideTheArraysAreRefused() {
    float[] three = new float[3];
    for (int[] places : new int[][] {{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {4, 0}, {0, 4}}) {
      assertThatThrownBy(
              () ->
                  new LogisticRows(
                      three, three, three, places[0], three, three, three, places[1], 0f, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("(3)");
    }
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
        scores, targets, weights, 0, new float[n], new float[n], new float[n], 0, FLOOR, n);
  }
}
