package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerKernelsTest {
  private static final int ROOM = AnswerKernels.ROOM;
  private static final int[] ROWS = {0, 1, 3, 4, 5, 11, 40};
  private static final double LEAST = 1e-15;

  private final AnswerKernels best = Kernels.best().answers();
  private final AnswerKernels scalar = Kernels.scalar().answers();

  // ---------------------------------------------------------------- sums

  private static DoubleMatrix weights(int d, int models) {
    int stride = AnswerKernels.padded(models);
    return new DoubleMatrix(Numbers.doubles(7, (d + 1) * stride), 0, d + 1, models, stride);
  }

  /** (rows, models), without what lies between and behind. */
  private static double[] sums(
      AnswerKernels kernels, Matrix x, DoubleMatrix weights, int stride, int offset) {
    double[] values = new double[offset + x.rows() * stride + ROOM];
    int models = weights.columns();
    kernels.sums(x, weights, new DoubleMatrix(values, offset, x.rows(), models, stride));
    double[] sums = new double[x.rows() * models];
    for (int r = 0; r < x.rows(); r++) {
      System.arraycopy(values, offset + r * stride, sums, r * models, models);
    }
    return sums;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9, 15, 16, 17, 24, 30})
  void sumsAreTheSameBitsInAnyCompany(int models) {
    for (int rows : ROWS) {
      for (int d : new int[] {0, 1, 5, 33}) {
        float[] values = Numbers.mixed(3, 3 + rows * (d + 2));
        Matrix x = new Matrix(values, 3, rows, d, d + 2);
        DoubleMatrix weights = weights(d, models);
        double[] expected = sums(scalar, x, weights, models, 0);
        Numbers.assertSameBits("twins", sums(best, x, weights, models, 0), expected);
        Numbers.assertSameBits("gaps", sums(best, x, weights, models + 3, 5), expected);
        assertEachAlone(x, weights, expected);
      }
    }
  }

  private static void assertEachAlone(Matrix x, DoubleMatrix weights, double[] sums) {
    int d = x.columns();
    for (int r = 0; r < x.rows(); r++) {
      for (int m = 0; m < weights.columns(); m++) {
        double sum = weights.values()[d * weights.stride() + m];
        for (int j = 0; j < d; j++) {
          float value = x.values()[x.rowStart(r) + j];
          sum = Math.fma(weights.values()[j * weights.stride() + m], value, sum);
        }
        assertThat(sums[r * weights.columns() + m]).isEqualTo(sum);
      }
    }
  }

  @Test
  void aMissingValueMakesTheSumsOfItsRowNaNAndNoOthers() {
    float[] values = Numbers.plain(4, 11 * 6);
    values[5 * 6 + 2] = Float.NaN;
    double[] sums = sums(best, Matrix.of(values, 11, 6), weights(6, 9), 9, 0);
    for (int i = 0; i < sums.length; i++) {
      assertThat(Double.isNaN(sums[i])).isEqualTo(i / 9 == 5);
    }
  }

  @Test
  void shapesMustFit() {
    Matrix x = Matrix.of(new float[12], 3, 4);
    DoubleMatrix weights = weights(4, 2);
    assertThatThrownBy(() -> best.sums(x, weights, new DoubleMatrix(new double[12], 0, 3, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(3, 4)");
    DoubleMatrix narrow = new DoubleMatrix(new double[10], 0, 5, 2, 2);
    assertThatThrownBy(() -> best.sums(x, narrow, new DoubleMatrix(new double[14], 0, 3, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AnswerRows(new double[13], new float[3], null, 0, 3, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AnswerRows(new double[14], new float[3], null, 1, 3, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    AnswerRows rows = new AnswerRows(new double[14], new float[3], null, 0, 3, 2);
    assertThatThrownBy(() -> best.likelihoods(rows, 0, new float[13]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> best.addHits(rows, new float[14], new double[15]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> best.addErrors(rows, 0, new double[15]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---------------------------------------------------------------- tallies

  /** Probabilities, the edges and NaN among them. */
  private static AnswerRows rows(int rows, int models, boolean weighted) {
    double[] answers = new double[rows * models + ROOM];
    double[] edges = {0, 1, 0.5, Math.nextDown(0.5), Double.NaN, 1e-16, Double.MIN_VALUE};
    for (int i = 0; i < rows * models; i++) {
      long hash = Hash.hash(5, i);
      answers[i] = hash % 5 == 0 ? edges[(int) (hash >>> 60) % 4] : Hash.unit(hash);
      answers[i] = models > 3 && i % models == 2 ? edges[i % 7] : answers[i];
    }
    float[] truth = new float[rows + 2];
    for (int r = 0; r < truth.length; r++) {
      truth[r] = Hash.hash(6, r) & 1;
    }
    float @Nullable [] weights = weighted ? Numbers.plain(8, rows + 2) : null;
    return new AnswerRows(answers, truth, weights, 2, rows, models);
  }

  private static AnswerRows only(AnswerRows all, int model) {
    double[] answers = new double[all.rows() + ROOM];
    for (int r = 0; r < all.rows(); r++) {
      answers[r] = all.answers()[r * all.models() + model];
    }
    return new AnswerRows(answers, all.truth(), all.weights(), all.offset(), all.rows(), 1);
  }

  private interface Adding {
    void to(AnswerKernels kernels, AnswerRows rows, double[] sums);
  }

  private void assertSumsInAnyCompany(Adding adding) {
    for (int rows : ROWS) {
      for (int models : new int[] {1, 2, 7, 8, 9, 17}) {
        for (boolean weighted : new boolean[] {false, true}) {
          AnswerRows all = rows(rows, models, weighted);
          double[] actual = added(adding, best, all);
          Numbers.assertSameBits("twins", actual, added(adding, scalar, all));
          for (int m = 0; m < models; m++) {
            double[] alone = added(adding, best, only(all, m));
            double[] among = {actual[m], actual[models + m]};
            Numbers.assertSameBits("model " + m, among, alone);
          }
        }
      }
    }
  }

  /** (2, models) */
  private static double[] added(Adding adding, AnswerKernels kernels, AnswerRows rows) {
    int padded = AnswerKernels.padded(rows.models());
    double[] sums = new double[2 * padded];
    Arrays.fill(sums, 0.25);
    adding.to(kernels, rows, sums);
    double[] packed = Arrays.copyOf(sums, 2 * rows.models());
    System.arraycopy(sums, padded, packed, rows.models(), rows.models());
    return packed;
  }

  @Test
  void errorsAreTheSameBitsInAnyCompany() {
    assertSumsInAnyCompany((kernels, rows, sums) -> kernels.addErrors(rows, 0.125, sums));
  }

  @Test
  void hitsAreTheSameBitsInAnyCompany() {
    assertSumsInAnyCompany(
        (kernels, rows, sums) -> {
          float[] logs = new float[rows.rows() * rows.models() + ROOM];
          kernels.likelihoods(rows, LEAST, logs);
          kernels.addHits(rows, logs, sums);
        });
  }

  @Test
  void likelihoodsAreThoseOfTheClassOfTheRow() {
    for (int rows : ROWS) {
      for (int models : new int[] {1, 5, 8, 9}) {
        AnswerRows all = rows(rows, models, false);
        float[] likelihoods = new float[rows * models + ROOM];
        best.likelihoods(all, LEAST, likelihoods);
        float[] expected = new float[rows * models];
        for (int i = 0; i < expected.length; i++) {
          double p = all.answers()[i];
          double given = all.truth()[2 + i / models] == 1 ? p : 1 - p;
          expected[i] = (float) Math.max(LEAST, given);
        }
        float[] actual = Arrays.copyOf(likelihoods, expected.length);
        Numbers.assertSameBits("likelihoods", actual, expected);
      }
    }
  }

  // ---------------------------------------------------------------- exponentials

  @Test
  void exponentialsOfTheTwinsHaveTheSameBits() {
    for (int n : new int[] {0, 1, 7, 8, 9, 64, 20_001}) {
      double[] in = new double[n];
      for (int i = 0; i < n; i++) {
        long hash = Hash.hash(9, i);
        boolean odd = hash % 3 == 0; // any double there is
        in[i] = odd ? Double.longBitsToDouble(hash) : 1600 * (Hash.unit(hash) - 0.5);
      }
      double[] actual = new double[n];
      double[] expected = new double[n];
      best.exp(in, actual, n);
      scalar.exp(in, expected, n);
      Numbers.assertSameBits("exp", actual, expected);
      best.sigmoid(in, actual, n);
      scalar.sigmoid(in, expected, n);
      Numbers.assertSameBits("sigmoid", actual, expected);
      best.sigmoid(in, in, n);
      Numbers.assertSameBits("in place", in, expected);
    }
  }
}
