package dev.kingpin.kernel;

/**
 * A view of columns of doubles inside a flat array: row i of column j is {@code values[offset + j *
 * stride + i]}. The twin of {@link Columns} where sums must keep all digits.
 *
 * @param values the array that holds the columns
 * @param offset index of row 0 of column 0, at least 0
 * @param count number of columns, at least 0
 * @param height rows of a column, a multiple of {@link Columns#STEP}
 * @param stride distance between neighbouring columns, at least {@code height}
 */
@SuppressWarnings("ArrayRecordComponent") // a view shares its array by intent
public record WideColumns(double[] values, int offset, int count, int height, int stride) {

  /**
   * Checks that every entry lies inside the array.
   *
   * @throws IllegalArgumentException if a size is negative or no whole step, the stride is shorter
   *     than a column, or an entry lies outside the array
   */
  public WideColumns {
    Columns.requireFit(values.length, offset, count, height, stride);
  }

  /**
   * Columns of so many rows, with a good stride.
   *
   * @throws IllegalArgumentException if the array is too short
   */
  public static WideColumns of(double[] values, int count, int rows) {
    int height = Columns.height(rows);
    return new WideColumns(values, 0, count, height, Columns.stride(height));
  }

  /** Index of row 0 of a column in {@link #values}. */
  public int start(int column) {
    return offset + column * stride;
  }
}
