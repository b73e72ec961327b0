package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductKernelsTest {
  private static final int[] ROWS = {0, 1, 2, 7, 64};

  private final ProductKernels best = Kernels.best().products();
  private final ProductKernels scalar = Kernels.scalar().products();

  /** Rows of numbers between -1 and 1, padded with zeros. */
  private static DoubleMatrix rows(long seed, int rows, int columns) {
    int stride = ProductKernels.stride(columns);
    double[] values = Numbers.doubles(seed, 3 + rows * stride);
    for (int r = 0; r < rows; r++) {
      int row = 3 + r * stride;
      Arrays.fill(values, row + columns, row + stride, 0);
    }
    return new DoubleMatrix(values, 3, rows, columns, stride);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 16, 17, 32, 33, 76})
  void standardisedRowsHaveTheBitsOfTheScalarTwinAndZerosBeyond(int d) {
    for (int count : ROWS) {
      Matrix raw = ColumnFixture.raw(1, 20, d);
      RowList list = ColumnFixture.list(2, count, 20);
      double[] centre = Numbers.doubles(3, d);
      double[] inverse = Numbers.doubles(4, d + 1);
      DoubleMatrix actual = rows(5, count, d + 2);
      double[] expected = actual.values().clone();
      best.standardise(raw, list, centre, inverse, actual);
      DoubleMatrix twin = new DoubleMatrix(expected, 3, count, d + 2, actual.stride());
      scalar.standardise(raw, list, centre, inverse, twin);
      Numbers.assertSameBits("standardise", actual.values(), expected);
      for (int i = 0; i < count; i++) {
        int from = raw.rowStart(list.rows()[list.from() + i]);
        int to = 3 + i * actual.stride();
        double value = (raw.values()[from] - centre[0]) * inverse[0];
        assertThat(expected[to]).isEqualTo(Double.isNaN(value) ? 0 : value);
        assertThat(Arrays.copyOfRange(expected, to + d, to + actual.stride())).containsOnly(0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 8, 9, 12, 13, 16, 17, 32, 33, 70})
  void productsHaveTheBitsOfTheScalarTwinInAnyPortions(int d) {
    int stride = ProductKernels.stride(d);
    for (int count : ROWS) {
      DoubleMatrix x = rows(1, count, d);
      double[] actual = Numbers.doubles(2, stride * stride);
      double[] portions = actual.clone();
      double[] expected = actual.clone();
      best.addGram(x, actual);
      int half = count / 2;
      best.addGram(new DoubleMatrix(x.values(), 3, half, d, stride), portions);
      int second = 3 + half * stride;
      best.addGram(new DoubleMatrix(x.values(), second, count - half, d, stride), portions);
      scalar.addGram(x, expected);
      for (int i = 0; i < d; i++) {
        int from = i * stride + i;
        int to = i * stride + d;
        double[] row = Arrays.copyOfRange(expected, from, to);
        Numbers.assertSameBits("row " + i, Arrays.copyOfRange(actual, from, to), row);
        Numbers.assertSameBits("portions", Arrays.copyOfRange(portions, from, to), row);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 9, 24, 33, 41, 70})
  void productsWithAColumnHaveTheBitsOfTheScalarTwin(int d) {
    for (int count : ROWS) {
      DoubleMatrix x = rows(1, count, d);
      double[] factors = Numbers.doubles(2, 5 + count);
      double[] actual = Numbers.doubles(3, 4 + x.stride());
      double[] expected = actual.clone();
      best.addDots(factors, 5, x, actual, 4);
      scalar.addDots(factors, 5, x, expected, 4);
      Numbers.assertSameBits("dots", Arrays.copyOf(actual, 4 + d), Arrays.copyOf(expected, 4 + d));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 7, 8, 9, 16, 17, 32, 33})
  void totalsOfColumnsHaveTheBitsOfTheScalarTwinInAnyPortions(int d) {
    for (int count : ROWS) {
      Matrix raw = ColumnFixture.raw(6, count, d);
      ColumnTotals actual = ColumnTotals.of(d + 1);
      ColumnTotals portions = ColumnTotals.of(d);
      ColumnTotals expected = ColumnTotals.of(d);
      best.addColumns(raw, actual);
      best.addColumns(raw.slice(0, count / 2), portions);
      best.addColumns(raw.slice(count / 2, count), portions);
      scalar.addColumns(raw, expected);
      for (ColumnTotals totals : List.of(actual, portions)) {
        assertSame(totals.minimum(), expected.minimum());
        assertSame(totals.maximum(), expected.maximum());
        assertSame(totals.sum(), expected.sum());
        assertSame(totals.missing(), expected.missing());
      }
    }
  }

  private static void assertSame(double[] actual, double[] expected) {
    Numbers.assertSameBits("totals", Arrays.copyOf(actual, expected.length), expected);
  }

  @Test
  void missingValuesAreCountedAndLeftOutOfSumsAndRanges() {
    float gap = Float.NaN;
    float[] values = {gap, -1, 5, 2, gap, 5, 4, -3, gap, 0, gap, 5};
    ColumnTotals totals = ColumnTotals.of(3);
    best.addColumns(Matrix.of(values, 4, 3), totals);
    assertThat(totals.minimum()).containsExactly(0, -3, 5);
    assertThat(totals.maximum()).containsExactly(4, -1, 5);
    assertThat(totals.sum()).containsExactly(6, -4, 15);
    assertThat(totals.missing()).containsExactly(1, 2, 1);
  }

  @Test
  void shapesMustFit() {
    DoubleMatrix x = rows(1, 4, 9);
    double[] nine = new double[9];
    Matrix raw = ColumnFixture.raw(1, 6, 9);
    RowList four = new RowList(new int[] {0, 1, 2, 5}, 0, 4);
    assertRefused(() -> best.addGram(x, new double[16 * 16 - 1]));
    assertRefused(() -> best.addDots(new double[3], 0, x, new double[16], 0));
    assertRefused(() -> best.addDots(new double[4], -1, x, new double[16], 0));
    assertRefused(() -> best.addDots(new double[4], 0, x, new double[16], 1));
    assertRefused(() -> best.addColumns(raw, ColumnTotals.of(8)));
    DoubleMatrix loose = new DoubleMatrix(new double[100], 0, 4, 9, 17);
    assertRefused(() -> best.addGram(loose, new double[17 * 17]));
    assertRefused(() -> best.standardise(raw, four, nine, new double[8], x));
    assertRefused(() -> best.standardise(raw, four, nine, nine, rows(1, 5, 9)));
    assertRefused(() -> best.standardise(raw, four, nine, nine, rows(1, 4, 8)));
    RowList outside = new RowList(new int[] {0, 1, 2, 6}, 0, 4);
    assertThatThrownBy(() -> best.standardise(raw, outside, nine, nine, x))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("(");
  }
}
