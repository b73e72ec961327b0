package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SquareKernelsTest {
  private final SquareKernels best = Kernels.best().squares();
  private final SquareKernels scalar = Kernels.scalar().squares();

  @Test
  void stridesAreWholeVectors() {
    assertThat(SquareKernels.stride(0)).isZero();
    assertThat(SquareKernels.stride(1)).isEqualTo(8);
    assertThat(SquareKernels.stride(8)).isEqualTo(8);
    assertThat(SquareKernels.stride(33)).isEqualTo(40);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 24, 32, 40, 72})
  void rowsAreSubtractedEntryByEntry(int stride) {
    double[] a = Numbers.doubles(1, 9 * stride);
    double[] from = Numbers.doubles(2, stride);
    double[] actual = from.clone();
    double[] expected = from.clone();
    best.subtract(0.3, a, 5, actual);
    for (int j = 0; j < stride; j++) {
      expected[j] = Math.fma(-0.3, a[5 * stride + j], expected[j]);
    }
    Numbers.assertSameBits("one row", actual, expected);
    double[] times = Numbers.doubles(3, 9);
    int[] rows = {4, 0, 8, 7};
    for (int count = 0; count <= rows.length; count++) {
      double[] oneByOne = from.clone();
      for (int k = 0; k < count; k++) {
        scalar.subtract(times[rows[k]], a, rows[k], oneByOne);
      }
      double[] together = from.clone();
      best.subtract(times, rows, count, a, together);
      Numbers.assertSameBits("rows", together, oneByOne);
      together = from.clone();
      scalar.subtract(times, rows, count, a, together);
      Numbers.assertSameBits("rows of the twin", together, oneByOne);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 17, 26, 32, 41, 70})
  void aRowIsReducedByTheRowsAbove(int p) {
    int stride = SquareKernels.stride(p);
    double[] w = Numbers.doubles(4, p * stride);
    double[] inverse = Numbers.doubles(5, p);
    for (int i = 0; i < p; i++) {
      double[] actual = w.clone();
      double[] expected = w.clone();
      best.reduce(actual, inverse, i, stride);
      scalar.reduce(expected, inverse, i, stride);
      int row = i * stride;
      Numbers.assertSameBits(
          "row " + i,
          Arrays.copyOfRange(actual, row + i, row + stride),
          Arrays.copyOfRange(expected, row + i, row + stride));
      System.arraycopy(w, row, actual, row, stride);
      assertThat(actual).isEqualTo(w); // no other row is written
    }
  }

  @Test
  void shapesMustFit() {
    double[] eight = new double[8];
    assertThatThrownBy(() -> best.subtract(1, eight, 1, eight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(8) and (8)");
    assertThatThrownBy(() -> best.subtract(1, eight, 0, new double[7]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> best.subtract(eight, new int[] {1}, 1, eight, eight))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> best.reduce(eight, eight, 1, 8))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
