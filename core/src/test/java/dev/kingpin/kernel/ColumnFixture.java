package dev.kingpin.kernel;

import java.util.Arrays;

/** Columns for tests: they stand apart, and what lies between them is not a number. */
final class ColumnFixture {

  static final int[] ROWS = {0, 1, 15, 16, 17, 31, 32, 33, 100, 1024};
  static final int[] COLUMNS = {0, 1, 2, 3, 4, 5, 6, 15, 16, 17, 33, 70};
  static final int MODELS = 9;

  private static final int OFFSET = 3;
  private static final int GAP = 5;

  private ColumnFixture() {}

  /** Columns of numbers between -1 and 1, and 0 beyond the rows. */
  static Columns plain(long seed, int count, int rows) {
    Columns columns = empty(count, rows);
    float[] numbers = Numbers.plain(seed, count * rows);
    for (int j = 0; j < count; j++) {
      System.arraycopy(numbers, j * rows, columns.values(), columns.start(j), rows);
    }
    return columns;
  }

  /** Columns of any numbers, also beyond the rows. */
  static Columns any(long seed, int count, int rows) {
    Columns columns = empty(count, rows);
    float[] numbers = Numbers.any(seed, count * columns.height());
    for (int j = 0; j < count; j++) {
      int from = j * columns.height();
      System.arraycopy(numbers, from, columns.values(), columns.start(j), columns.height());
    }
    return columns;
  }

  static WideColumns wide(long seed, int count, int rows) {
    WideColumns columns = emptyWide(count, rows);
    double[] numbers = Numbers.doubles(seed, count * rows);
    for (int j = 0; j < count; j++) {
      System.arraycopy(numbers, j * rows, columns.values(), columns.start(j), rows);
    }
    return columns;
  }

  /** Columns of 0 that end with the array, so that reading past them would fail. */
  static Columns empty(int count, int rows) {
    int height = Columns.height(rows);
    float[] values = new float[OFFSET + Math.max(0, count * (height + GAP) - GAP)];
    Arrays.fill(values, Float.NaN);
    Columns columns = new Columns(values, OFFSET, count, height, height + GAP);
    for (int j = 0; j < count; j++) {
      Arrays.fill(values, columns.start(j), columns.start(j) + height, 0f);
    }
    return columns;
  }

  /** The same in doubles, with other gaps. */
  static WideColumns emptyWide(int count, int rows) {
    int height = Columns.height(rows);
    int gap = GAP + 4;
    double[] values = new double[1 + Math.max(0, count * (height + gap) - gap)];
    Arrays.fill(values, Double.NaN);
    WideColumns columns = new WideColumns(values, 1, count, height, height + gap);
    for (int j = 0; j < count; j++) {
      Arrays.fill(values, columns.start(j), columns.start(j) + height, 0);
    }
    return columns;
  }

  static Columns copy(Columns c) {
    return new Columns(c.values().clone(), c.offset(), c.count(), c.height(), c.stride());
  }

  /** The first rows of a column. */
  static float[] column(Columns c, int j, int rows) {
    return Arrays.copyOfRange(c.values(), c.start(j), c.start(j) + rows);
  }

  static double[] column(WideColumns c, int j, int rows) {
    return Arrays.copyOfRange(c.values(), c.start(j), c.start(j) + rows);
  }

  /** A matrix with gaps that ends with its last entry. */
  static Matrix raw(long seed, int rows, int columns) {
    int stride = columns + GAP;
    int length = OFFSET + Math.max(0, (rows - 1) * stride + columns);
    return new Matrix(Numbers.any(seed, length), OFFSET, rows, columns, stride);
  }

  /** Rows of a matrix in an order of chance, some of them more than once. */
  static RowList list(long seed, int count, int rows) {
    int[] list = new int[count + 4];
    Arrays.fill(list, -1);
    for (int i = 0; i < count; i++) {
      list[2 + i] = (int) Math.floorMod(Hash.hash(seed, i), (long) rows);
    }
    return new RowList(list, 2, count);
  }
}
