package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SymmetricProductTest {
  @Test
  void theTwinsHaveTheSameBitsAndTouchNothingElse() {
    for (int n : new int[] {0, 1, 2, 7, 8, 9, 15, 16, 17, 24, 33, 64, 70}) {
      double[] a = symmetric(n);
      double[] x = Numbers.doubles(2, n + 5);
      double[] actual = Numbers.doubles(3, n + 5);
      double[] expected = actual.clone();
      Kernels.best().multiply(a, n, x, actual, 3);
      Kernels.scalar().multiply(a, n, x, expected, 3);
      Numbers.assertSameBits("n " + n, actual, expected);
      assertThat(Arrays.copyOf(actual, 3)).isEqualTo(Arrays.copyOf(Numbers.doubles(3, n + 5), 3));
    }
  }

  @Test
  void entriesAreProductsOfRowsAndTheVector() {
    int n = 19;
    double[] a = symmetric(n);
    double[] x = Numbers.doubles(2, n);
    double[] y = new double[n];
    Kernels.best().multiply(a, n, x, y, 0);
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum = Math.fma(a[i * n + j], x[j], sum);
      }
      assertThat(y[i]).isEqualTo(sum);
    }
  }

  @Test
  void arraysThatAreTooShortAreRefused() {
    assertThatThrownBy(
            () -> Kernels.best().multiply(new double[8], 3, new double[3], new double[3], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(
            () -> Kernels.best().multiply(new double[9], 3, new double[3], new double[3], 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static double[] symmetric(int n) {
    double[] a = Numbers.doubles(1, n * n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        a[i * n + j] = a[j * n + i];
      }
    }
    return a;
  }
}
