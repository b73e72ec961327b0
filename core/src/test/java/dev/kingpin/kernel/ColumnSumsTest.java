package dev.kingpin.kernel;

import static dev.kingpin.kernel.ColumnFixture.COLUMNS;
import static dev.kingpin.kernel.ColumnFixture.MODELS;
import static dev.kingpin.kernel.ColumnFixture.ROWS;
import static dev.kingpin.kernel.ColumnFixture.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the column kernels compute, said once more in plain words. */
class ColumnSumsTest {

  private static final float NONE = Float.NaN;

  /** Relative error of one rounding. */
  private static final double FLOAT = 0x1p-24;

  private static final double DOUBLE = 0x1p-53;

  private final ColumnKernels kernels = Kernels.best().columns();

  @Test
  void rowsOfTheListBecomeColumns() {
    for (int d : COLUMNS) {
      for (int rows : ROWS) {
        Matrix raw = ColumnFixture.raw(1, 50, d);
        RowList list = ColumnFixture.list(2, rows, 50);
        Columns columns = ColumnFixture.empty(d, rows);
        kernels.gather(raw, list, columns);
        for (int j = 0; j < d; j++) {
          float[] expected = new float[rows];
          for (int i = 0; i < rows; i++) {
            expected[i] = raw.values()[raw.rowStart(list.rows()[list.from() + i]) + j];
          }
          Numbers.assertSameBits("column " + j, column(columns, j, rows), expected);
        }
      }
    }
  }

  @Test
  void missingValuesBecomeTheMeanAndWhatLiesBeyondTheRowsBecomesZero() {
    float infinity = Float.POSITIVE_INFINITY;
    Columns x = ColumnFixture.any(1, 2, 3);
    System.arraycopy(new float[] {3, NONE, infinity}, 0, x.values(), x.start(0), 3);
    System.arraycopy(new float[] {NONE, 5, -infinity}, 0, x.values(), x.start(1), 3);
    kernels.standardise(x, 3, new float[] {1, 1}, new float[] {0.5f, 0});
    assertThat(column(x, 0, 32)).startsWith(1, 0, infinity);
    assertThat(column(x, 1, 32)).startsWith(0, 0, 0);
    Numbers.assertSameBits("beyond", Arrays.copyOfRange(column(x, 0, 32), 3, 32), new float[29]);
    Numbers.assertSameBits("beyond", Arrays.copyOfRange(column(x, 1, 32), 3, 32), new float[29]);
  }

  @Test
  void scoresStartAtTheInterceptAndAddColumnByColumn() {
    for (int d : COLUMNS) {
      for (int models = 1; models <= MODELS; models++) {
        Columns x = ColumnFixture.plain(1, d, 33);
        float[] weights = Numbers.plain(2, models * (d + 1));
        Columns scores = ColumnFixture.empty(models, 33);
        kernels.scores(x, weights, scores);
        for (int t = 0; t < models; t++) {
          float[] expected = new float[33];
          for (int i = 0; i < 33; i++) {
            expected[i] = weights[t * (d + 1) + d];
            for (int j = 0; j < d; j++) {
              float value = x.values()[x.start(j) + i];
              expected[i] = Math.fma(weights[t * (d + 1) + j], value, expected[i]);
            }
          }
          Numbers.assertSameBits("model " + t, column(scores, t, 33), expected);
        }
      }
    }
  }

  @Test
  void dotsRunInChainsOfEverySixteenthRow() {
    for (int rows : ROWS) {
      for (int d : COLUMNS) {
        Columns a = ColumnFixture.plain(1, MODELS, rows);
        Columns b = ColumnFixture.plain(2, d, rows);
        float[] out = new float[MODELS * d];
        kernels.dots(a, b, out);
        float[] expected = new float[MODELS * d];
        for (int i = 0; i < MODELS; i++) {
          for (int j = 0; j < d; j++) {
            expected[i * d + j] = dot(column(a, i, rows), column(b, j, rows));
          }
        }
        Numbers.assertSameBits("%d rows, %d columns".formatted(rows, d), out, expected);
      }
    }
  }

  /** Row i belongs to chain i modulo 16; the end of each half of the chains goes to its start. */
  private static float dot(float[] a, float[] b) {
    float[] chains = new float[16];
    for (int i = 0; i < a.length; i++) {
      chains[i % 16] = Math.fma(a[i], b[i], chains[i % 16]);
    }
    for (int half = 8; half > 0; half /= 2) {
      for (int c = 0; c < half; c++) {
        chains[c] += chains[c + half];
      }
    }
    return chains[0];
  }

  @Test
  void gramIsTheUpperTriangleOfDots() {
    for (int rows : ROWS) {
      for (int d : COLUMNS) {
        Columns a = ColumnFixture.plain(1, d, rows);
        Columns b = ColumnFixture.plain(2, d, rows);
        float[] dots = new float[d * d];
        kernels.dots(a, b, dots);
        float[] gram = new float[ColumnKernels.triangle(d)];
        kernels.gram(a, b, gram);
        for (int i = 0; i < d; i++) {
          int at = ColumnKernels.diagonal(i, d);
          Numbers.assertSameBits(
              "row " + i,
              Arrays.copyOfRange(gram, at, at + d - i),
              Arrays.copyOfRange(dots, i * d + i, (i + 1) * d));
        }
      }
    }
  }

  @Test
  void gramOfDoublesRunsInChainsOfEveryEighthRow() {
    for (int rows : ROWS) {
      for (int d : COLUMNS) {
        WideColumns x = ColumnFixture.wide(1, d, rows);
        double[] gram = new double[ColumnKernels.triangle(d)];
        kernels.gram(x, gram);
        double[] expected = new double[gram.length];
        for (int i = 0; i < d; i++) {
          for (int j = i; j < d; j++) {
            int at = ColumnKernels.diagonal(i, d) + j - i;
            expected[at] = dot(column(x, i, rows), column(x, j, rows));
          }
        }
        Numbers.assertSameBits("%d rows, %d columns".formatted(rows, d), gram, expected);
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double[] chains = new double[8];
    for (int i = 0; i < a.length; i++) {
      chains[i % 8] = Math.fma(a[i], b[i], chains[i % 8]);
    }
    for (int half = 4; half > 0; half /= 2) {
      for (int c = 0; c < half; c++) {
        chains[c] += chains[c + half];
      }
    }
    return chains[0];
  }

  @Test
  void sumsAreDotsWithAColumnOfOnes() {
    for (int rows : ROWS) {
      for (int d : COLUMNS) {
        Columns x = ColumnFixture.plain(1, d, rows);
        float[] ones = new float[rows];
        Arrays.fill(ones, 1f);
        float[] sums = new float[d];
        kernels.sums(x, sums);
        for (int j = 0; j < d; j++) {
          assertThat(sums[j]).isEqualTo(dot(column(x, j, rows), ones));
        }
      }
    }
  }

  @Test
  void sumsAgreeWithPlainSumsInDoublePrecision() {
    for (int rows : ROWS) {
      Columns a = ColumnFixture.plain(1, 5, rows);
      WideColumns wide = ColumnFixture.wide(2, 5, rows);
      float[] dots = new float[25];
      float[] sums = new float[5];
      double[] gram = new double[15];
      kernels.dots(a, a, dots);
      kernels.sums(a, sums);
      kernels.gram(wide, gram);
      double[] wideSums = new double[5];
      kernels.sums(a, wideSums);
      double[] ones = new double[rows];
      Arrays.fill(ones, 1);
      for (int i = 0; i < 5; i++) {
        double[] x = doubles(column(a, i, rows));
        assertClose(sums[i], x, ones, (rows / 16 + 5) * FLOAT);
        assertClose(wideSums[i], x, ones, (rows + rows / 8 + 6) * DOUBLE);
        for (int j = i; j < 5; j++) {
          assertClose(dots[i * 5 + j], x, doubles(column(a, j, rows)), (rows / 16 + 5) * FLOAT);
          int at = ColumnKernels.diagonal(i, 5) + j - i;
          // The plain sum errs too, and by more.
          double error = (rows + rows / 8 + 6) * DOUBLE;
          assertClose(gram[at], column(wide, i, rows), column(wide, j, rows), error);
        }
      }
    }
  }

  /** A chain errs by one rounding an addition at most, relative to the sum of magnitudes. */
  private static void assertClose(double actual, double[] a, double[] b, double error) {
    double sum = 0;
    double magnitudes = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
      magnitudes += Math.abs(a[i] * b[i]);
    }
    assertThat(Math.abs(actual - sum)).isLessThanOrEqualTo(error * magnitudes);
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  @Test
  void weighingMultipliesRowByRow() {
    Columns x = ColumnFixture.plain(1, 3, 40);
    float[] factors = Numbers.plain(2, 5 + 64);
    Columns out = ColumnFixture.empty(3, 40);
    kernels.weigh(x, factors, 5, out);
    for (int j = 0; j < 3; j++) {
      for (int i = 0; i < 64; i++) {
        float product = x.values()[x.start(j) + i] * factors[5 + i];
        assertThat(out.values()[out.start(j) + i]).isEqualTo(product);
      }
    }
  }

  @Test
  void aTriangleHoldsItsRowsOneAfterTheOther() {
    for (int d = 0; d < 10; d++) {
      int at = 0;
      for (int i = 0; i < d; i++) {
        assertThat(ColumnKernels.diagonal(i, d)).isEqualTo(at);
        at += d - i;
      }
      assertThat(ColumnKernels.triangle(d)).isEqualTo(at);
    }
  }

  @Test
  void columnsMustLieInTheirArray() {
    for (int[] shape : new int[][] {{5, 2, 32, 32}, {-1, 2, 32, 32}, {0, -1, 32, 32}}) {
      assertNoColumns(shape);
    }
    for (int[] shape : new int[][] {{0, 2, 31, 32}, {0, 2, 32, 31}, {0, 2, -32, 32}}) {
      assertNoColumns(shape);
    }
    Columns columns = new Columns(new float[68], 1, 2, 32, 35);
    assertThat(columns.slice(1, 2)).isEqualTo(new Columns(columns.values(), 36, 1, 32, 35));
    assertThat(columns.slice(2, 2).count()).isZero();
    assertThatThrownBy(() -> columns.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> columns.slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> columns.slice(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static void assertNoColumns(int[] s) {
    assertThatThrownBy(() -> new Columns(new float[68], s[0], s[1], s[2], s[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("array of (68)");
    assertThatThrownBy(() -> new WideColumns(new double[68], s[0], s[1], s[2], s[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("array of (68)");
  }
}
