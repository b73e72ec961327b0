package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StandardiseTest {

  @Test
  void theTwinsHaveTheSameBits() {
    for (int d : new int[] {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 100}) {
      for (int n : new int[] {0, 1, 5, 16, 33}) {
        Matrix raw = new Matrix(Numbers.any(1, 3 + 50 * (d + 2)), 3, 50, d, d + 2);
        int[] rows = new int[n + 2];
        for (int i = 0; i < rows.length; i++) {
          rows[i] = (i * 7 + 3) % 50;
        }
        float[] centre = Numbers.mixed(2, d);
        float[] scale = Numbers.mixed(3, d + 1);
        for (int[] list : new int[][] {rows, null}) {
          Matrix actual = new Matrix(Numbers.plain(4, n * (d + 5)), 0, n, d, d + 5);
          Matrix expected = new Matrix(actual.values().clone(), 0, n, d, d + 5);
          Kernels.best().standardise(raw, list, 2, centre, scale, actual);
          Kernels.scalar().standardise(raw, list, 2, centre, scale, expected);
          Numbers.assertSameBits("d %d n %d".formatted(d, n), actual.values(), expected.values());
        }
      }
    }
  }

  @Test
  void rowsAreCentredScaledAndFilled() {
    Matrix raw = Matrix.of(new float[] {1, 2, 3, Float.NaN, 5, Float.POSITIVE_INFINITY}, 3, 2);
    float[] panel = {9, 9, 9, 9, 9, 9};
    Kernels.best()
        .standardise(
            raw,
            new int[] {2, 1},
            0,
            new float[] {1, 1},
            new float[] {0.5f, 2},
            new Matrix(panel, 0, 2, 2, 3));
    assertThat(panel).containsExactly(2, Float.POSITIVE_INFINITY, 9, 1, 0, 9);
  }

  @Test
  void anInfiniteValueOfAConstantColumnBecomesTheMean() {
    float[] panel = {9};
    Matrix raw = Matrix.of(new float[] {Float.NEGATIVE_INFINITY}, 1, 1);
    Kernels.best().standardise(raw, null, 0, new float[1], new float[1], Matrix.of(panel, 1, 1));
    assertThat(panel).containsExactly(0);
  }

  @Test
  void aRowOutsideTheMatrixIsRefused() {
    Matrix raw = Matrix.of(new float[6], 3, 2);
    Matrix panel = Matrix.of(new float[2], 1, 2);
    float[] two = new float[2];
    for (int row : new int[] {-1, 3}) {
      assertThatThrownBy(() -> Kernels.best().standardise(raw, new int[] {row}, 0, two, two, panel))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatThrownBy(() -> Kernels.best().standardise(raw, null, 3, two, two, panel))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Kernels.best().standardise(raw, null, 0, two, new float[1], panel))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
