package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedPointTest {

  @ParameterizedTest
  @CsvSource({"1,1", "1,1e9", "3.5,4000", "1e-30,1e-20", "1e30,1e38", "0.1,1e308", "7,8", "4,4"})
  void theScaleIsTheFinestThatIsSafe(double block, double total) {
    double scale = FixedPoint.scale(block, total);
    assertThat(Math.getExponent(scale) == Math.getExponent(Math.nextDown(scale))).isFalse();
    assertThat(block * scale).isLessThan(0x1p51);
    assertThat(total * scale).isLessThan(0x1p62);
    assertThat(block * scale * 2 >= 0x1p51 || total * scale * 2 >= 0x1p62).isTrue();
  }

  @Test
  void boundsOfZeroGiveTheFinestScaleOfAll() {
    assertThat(FixedPoint.scale(0, 0)).isEqualTo(0x1p1000);
    assertThat(FixedPoint.scale(Double.MIN_VALUE, 0)).isEqualTo(0x1p1000);
  }

  @ParameterizedTest
  @CsvSource({"NaN,1", "1,NaN", "Infinity,1", "1,Infinity", "-1,1", "1,-1"})
  void boundsThatAreNoneAreReported(double block, double total) {
    assertThat(FixedPoint.scale(block, total)).isNaN();
  }

  @Test
  void aSumComesBackWithinHalfAStepABlock() {
    double scale = FixedPoint.scale(2, 2000);
    long[] sums = new long[1];
    double exact = 0;
    for (int i = 0; i < 1000; i++) {
      float value = Numbers.plain(i, 1)[0] * 2;
      exact += value;
      Kernels.best().quantise(new float[] {value}, scale, sums, 1);
    }
    assertThat(Math.abs(FixedPoint.toDouble(sums[0], scale) - exact)).isLessThan(1e-9);
    assertThat(FixedPoint.toDouble(-3, 0x1p2)).isEqualTo(-0.75);
  }

  @Test
  void theOrderOfBlocksDoesNotMatter() {
    float[] values = Numbers.plain(1, 500);
    double scale = FixedPoint.scale(1, 500);
    long[] forth = new long[1];
    long[] back = new long[1];
    for (int i = 0; i < 500; i++) {
      Kernels.best().quantise(new float[] {values[i]}, scale, forth, 1);
      Kernels.best().quantise(new float[] {values[499 - i]}, scale, back, 1);
    }
    assertThat(forth).isEqualTo(back);
  }

  @Test
  void roundingIsToTheNearestAndTiesGoToTheEvenOne() {
    double[] values = {0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994, 2.5000001, 0x1p51, -0x1p51};
    long[] sums = new long[values.length];
    Kernels.best().quantise(values, 1, sums, values.length);
    assertThat(sums).containsExactly(0, 2, 2, 0, -2, 0, 3, 1L << 51, -(1L << 51));
  }

  @Test
  void theTwinsAddTheSameIntegersAndOnlyInTheRange() {
    for (int n : new int[] {0, 1, 3, 4, 7, 8, 9, 16, 33, 100}) {
      for (int exponent = -9; exponent <= 30; exponent += 3) {
        double scale = Math.scalb(1.0, exponent);
        float[] values = Numbers.any(exponent, n + 3);
        double[] wide = Numbers.doubles(exponent, n + 3);
        long[] actual = new long[n + 3];
        Arrays.fill(actual, 5);
        long[] expected = actual.clone();
        Kernels.best().quantise(values, scale, actual, n);
        Kernels.best().quantise(wide, scale, actual, n);
        Kernels.scalar().quantise(values, scale, expected, n);
        Kernels.scalar().quantise(wide, scale, expected, n);
        assertThat(actual).isEqualTo(expected);
        assertThat(actual).endsWith(5, 5, 5);
      }
    }
    assertThatThrownBy(() -> Kernels.best().quantise(new float[2], 1, new long[1], 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Kernels.best().quantise(new double[1], 1, new long[2], 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
