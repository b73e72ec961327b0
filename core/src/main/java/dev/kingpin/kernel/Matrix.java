package dev.kingpin.kernel;

/**
 * A view of a row-major matrix inside a flat array: entry (i, j) is {@code values[offset + i *
 * stride + j]}.
 *
 * <p>A view owns nothing and copies nothing. Two views are equal only if they share the array.
 *
 * @param values the array that holds the entries
 * @param offset index of entry (0, 0), at least 0
 * @param rows number of rows, at least 0
 * @param columns number of columns, at least 0
 * @param stride distance between the first entries of two neighbouring rows, at least {@code
 *     columns}
 */
@SuppressWarnings("ArrayRecordComponent") // a view shares its array by intent
public record Matrix(float[] values, int offset, int rows, int columns, int stride) {

  /**
   * Checks that every entry lies inside the array.
   *
   * @throws IllegalArgumentException if a size is negative, the stride is shorter than a row, or an
   *     entry lies outside the array
   */
  public Matrix {
    if (offset < 0 || rows < 0 || columns < 0 || stride < columns) {
      throw new IllegalArgumentException(
          "Not a matrix: offset (%d), rows (%d), columns (%d), stride (%d)."
              .formatted(offset, rows, columns, stride));
    }
    if (rows > 0 && columns > 0) {
      long end = offset + (rows - 1L) * stride + columns;
      if (end > values.length) {
        throw new IllegalArgumentException(
            "A matrix of %d x %d with stride (%d) at offset (%d) ends at (%d), outside an array of (%d)."
                .formatted(rows, columns, stride, offset, end, values.length));
      }
    }
  }

  /**
   * A matrix that starts at index 0 and has no gap between its rows.
   *
   * @throws IllegalArgumentException if the array is too short
   */
  public static Matrix of(float[] values, int rows, int columns) {
    return new Matrix(values, 0, rows, columns, columns);
  }

  /** Index of entry (row, 0) in {@link #values}. */
  public int rowStart(int row) {
    return offset + row * stride;
  }

  /**
   * The rows {@code from} to {@code to - 1} as a view of their own.
   *
   * @throws IndexOutOfBoundsException if the range does not lie in the matrix
   */
  public Matrix slice(int from, int to) {
    if (from < 0 || to < from || to > rows) {
      throw new IndexOutOfBoundsException(
          "Rows (%d) to (%d) of a matrix with (%d) rows.".formatted(from, to, rows));
    }
    return new Matrix(values, from == to ? offset : rowStart(from), to - from, columns, stride);
  }
}
