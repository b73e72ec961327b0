package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskySolveTest {

  private static final double TOLERANCE = 1e-10;

  @Test
  void theTwinsHaveTheSameBits() {
    for (int p : new int[] {0, 1, 2, 3, 4, 5, 6, 9, 16, 17, 32, 35}) {
      for (int batch : new int[] {0, 1, 2, 3, 4, 7, 8, 9, 16, 19}) {
        double[] a = systems(p, batch);
        double[] b = Numbers.doubles(2, p * batch);
        double[] x = b.clone();
        boolean[] failed = new boolean[batch];
        boolean[] expected = new boolean[batch];
        int count = Kernels.best().choleskySolve(a.clone(), x, p, batch, TOLERANCE, failed);
        int same = Kernels.scalar().choleskySolve(a, b, p, batch, TOLERANCE, expected);
        Numbers.assertSameBits("p %d batch %d".formatted(p, batch), x, b);
        assertThat(failed).isEqualTo(expected);
        assertThat(count).isEqualTo(same).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 11})
  void solutionsSolveTheirSystems(int batch) {
    int p = 12;
    double[] a = systems(p, batch);
    double[] x = Numbers.doubles(3, p * batch);
    double[] b = new double[p * batch];
    for (int s = 0; s < batch; s++) {
      for (int i = 0; i < p; i++) {
        for (int j = 0; j < p; j++) {
          double entry = a[place(Math.min(i, j), Math.max(i, j), p) * batch + s];
          b[i * batch + s] += entry * x[j * batch + s];
        }
      }
    }
    Kernels.best().choleskySolve(a, b, p, batch, TOLERANCE, new boolean[batch]);
    for (int i = 0; i < b.length; i++) {
      assertThat(b[i]).isCloseTo(x[i], within(1e-10));
    }
  }

  @Test
  void aSystemThatFailsLeavesItsNeighboursAlone() {
    int p = 4;
    for (int batch : new int[] {1, 3, 8, 13}) {
      for (int bad = 0; bad < batch; bad++) {
        for (double poison : new double[] {-1, 0, Double.NaN, Double.POSITIVE_INFINITY}) {
          double[] clean = Numbers.doubles(2, p * batch);
          double[] dirty = clean.clone();
          double[] a = systems(p, batch);
          Kernels.best().choleskySolve(a.clone(), clean, p, batch, TOLERANCE, new boolean[batch]);
          a[place(2, 2, p) * batch + bad] = poison;
          boolean[] failed = new boolean[batch + 1];
          int count = Kernels.best().choleskySolve(a, dirty, p, batch, TOLERANCE, failed);
          assertThat(count).isOne();
          for (int i = 0; i < p; i++) {
            clean[i * batch + bad] = Double.NaN;
          }
          Numbers.assertSameBits("batch " + batch, dirty, clean);
          for (int s = 0; s < batch; s++) {
            assertThat(failed[s]).isEqualTo(s == bad);
          }
        }
      }
    }
  }

  @Test
  void aCopyOfAColumnFailsByTheRelativeTolerance() {
    for (double size : new double[] {1e-12, 1, 1e12}) {
      double[] a = {size, size, size, size, size, 3 * size};
      boolean[] failed = {false};
      assertThat(Kernels.best().choleskySolve(a, new double[3], 3, 1, TOLERANCE, failed)).isOne();
      assertThat(failed[0]).isTrue();
      double[] good = {size, 0, size};
      assertThat(Kernels.best().choleskySolve(good, new double[2], 2, 1, TOLERANCE, failed))
          .isZero();
      assertThat(failed[0]).isFalse();
    }
  }

  @Test
  void arraysThatAreTooShortAreRefused() {
    double[] four = new double[4];
    boolean[] failed = new boolean[1];
    assertThatThrownBy(() -> Kernels.best().choleskySolve(four, four, 3, 1, 0, failed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p (3)");
    assertThatThrownBy(() -> Kernels.best().choleskySolve(four, four, 1, 2, 0, failed))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Kernels.best().choleskySolve(four, four, 2, 1, 1, failed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tolerance");
  }

  private static int place(int i, int j, int p) {
    return ColumnKernels.diagonal(i, p) + j - i;
  }

  /** Systems Mᵀ M + I. */
  private static double[] systems(int p, int batch) {
    double[] m = Numbers.doubles(1, p * p * batch);
    double[] a = new double[ColumnKernels.triangle(p) * batch];
    for (int s = 0; s < batch; s++) {
      for (int i = 0; i < p; i++) {
        for (int j = i; j < p; j++) {
          double sum = i == j ? 1 : 0;
          for (int k = 0; k < p; k++) {
            sum += m[(k * p + i) * batch + s] * m[(k * p + j) * batch + s];
          }
          a[place(i, j, p) * batch + s] = sum;
        }
      }
    }
    return a;
  }
}
