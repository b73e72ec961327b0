package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixProductTest {

  private static final int[] SIZES = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 31, 32, 33, 48, 49, 63, 64, 65, 100
  };
  private static final int[] DEPTHS = {0, 1, 2, 3, 5, 65, 130};

  private final Kernels best = Kernels.best();
  private final Kernels scalar = Kernels.scalar();
  private final Scratch scratch = new Scratch();

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void gemmHasTheBitsOfItsScalarTwin(int gap) {
    for (int m : SIZES) {
      for (int n : SIZES) {
        for (int k : DEPTHS) {
          Matrix a = matrix(1, m, k, gap);
          Matrix b = matrix(2, k, n, gap);
          Matrix c = matrix(3, m, n, gap);
          Matrix d = copy(c);
          best.gemm(a, b, c, scratch);
          scalar.gemm(a, b, d, scratch);
          Numbers.assertSameBits("gemm %d %d %d".formatted(m, n, k), c.values(), d.values());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 200})
  void gemmTransposedHasTheBitsOfItsScalarTwin(int gap) {
    for (int m : SIZES) {
      for (int n : SIZES) {
        for (int k : DEPTHS) {
          Matrix a = matrix(1, k, m, gap);
          Matrix b = matrix(2, k, n, gap);
          Matrix c = matrix(3, m, n, gap);
          Matrix d = copy(c);
          best.gemmTransposed(a, b, c, scratch);
          scalar.gemmTransposed(a, b, d, scratch);
          String what = "gemmTransposed %d %d %d".formatted(m, n, k);
          Numbers.assertSameBits(what, c.values(), d.values());
        }
      }
    }
  }

  @Test
  void productsLargerThanABlockHaveTheBitsOfTheirScalarTwins() {
    int[][] shapes = {
      {500, 70, 300}, {97, 260, 140}, {600, 200, 33}, {130, 700, 65}, {1, 500, 999}
    };
    for (int[] shape : shapes) {
      Matrix a = matrix(1, shape[0], shape[2], 3);
      Matrix b = matrix(2, shape[2], shape[1], 0);
      Matrix c = matrix(3, shape[0], shape[1], 1);
      Matrix d = copy(c);
      best.gemm(a, b, c, scratch);
      scalar.gemm(a, b, d, scratch);
      Numbers.assertSameBits("gemm", c.values(), d.values());
      Matrix t = matrix(6, shape[2], shape[0], 0);
      best.gemmTransposed(t, b, c, scratch);
      scalar.gemmTransposed(t, b, d, scratch);
      Numbers.assertSameBits("gemmTransposed", c.values(), d.values());
    }
  }

  @Test
  void aMatrixOfOneColumnHasTheBitsOfItsScalarTwin() {
    for (int m : new int[] {1, 7, 8, 9, 100}) {
      Matrix a = matrix(1, m, 37, 2);
      Matrix b = matrix(2, 37, 1, 3);
      Matrix c = matrix(3, m, 1, 4);
      Matrix d = copy(c);
      best.gemm(a, b, c, scratch);
      scalar.gemm(a, b, d, scratch);
      Numbers.assertSameBits("gemm", c.values(), d.values());
    }
  }

  @Test
  void infinitiesAndNotANumberSpreadAlike() {
    Matrix a = Matrix.of(Numbers.any(1, 40 * 70), 40, 70);
    Matrix b = Matrix.of(Numbers.any(2, 70 * 50), 70, 50);
    Matrix c = matrix(3, 40, 50, 0);
    Matrix d = copy(c);
    best.gemm(a, b, c, scratch);
    scalar.gemm(a, b, d, scratch);
    Numbers.assertSameBits("gemm", c.values(), d.values());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100, 1024})
  void gemmAgreesWithSumsInDoublePrecision(int k) {
    int m = 13;
    int n = 37;
    Matrix a = Matrix.of(Numbers.plain(1, m * k), m, k);
    Matrix b = Matrix.of(Numbers.plain(2, k * n), k, n);
    Matrix c = Matrix.of(new float[m * n], m, n);
    best.gemm(a, b, c, scratch);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int t = 0; t < k; t++) {
          sum += (double) a.values()[i * k + t] * b.values()[t * n + j];
        }
        assertThat((double) c.values()[i * n + j]).isCloseTo(sum, within(1e-7 * k));
      }
    }
  }

  @Test
  void gemmTransposedAgreesWithSumsInDoublePrecision() {
    int k = 300;
    float[] a = Numbers.plain(1, k * 5);
    float[] b = Numbers.plain(2, k * 21);
    float[] c = new float[5 * 21];
    best.gemmTransposed(Matrix.of(a, k, 5), Matrix.of(b, k, 21), Matrix.of(c, 5, 21), scratch);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 21; j++) {
        double sum = 0;
        for (int t = 0; t < k; t++) {
          sum += (double) a[t * 5 + i] * b[t * 21 + j];
        }
        assertThat((double) c[i * 21 + j]).isCloseTo(sum, within(1e-7 * k));
      }
    }
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    Matrix a = matrix(1, 3, 4, 0);
    Matrix b = matrix(2, 5, 6, 0);
    Matrix c = matrix(3, 3, 6, 0);
    assertThatThrownBy(() -> best.gemm(a, b, c, scratch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(3, 4), (5, 6)");
    assertThatThrownBy(() -> best.gemmTransposed(a, b, c, scratch))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMatrixMustLieInItsArray() {
    assertThatThrownBy(() -> new Matrix(new float[10], 1, 2, 5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("array of (10)");
    assertThatThrownBy(() -> new Matrix(new float[10], 0, 2, 5, 4))
        .isInstanceOf(IllegalArgumentException.class);
    Matrix matrix = new Matrix(new float[14], 0, 2, 5, 9);
    assertThat(matrix.slice(1, 2)).isEqualTo(new Matrix(matrix.values(), 9, 1, 5, 9));
    assertThatThrownBy(() -> matrix.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Mixed numbers that end with the last entry, so that reading past it would fail. */
  private static Matrix matrix(long seed, int rows, int columns, int gap) {
    int stride = columns + gap;
    int length = gap + Math.max(0, (rows - 1) * stride + columns);
    return new Matrix(Numbers.mixed(seed, length), gap, rows, columns, stride);
  }

  private static Matrix copy(Matrix m) {
    return new Matrix(m.values().clone(), m.offset(), m.rows(), m.columns(), m.stride());
  }
}
