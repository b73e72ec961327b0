package dev.kingpin.kernel;

/**
 * A view of a row-major matrix of doubles inside a flat array: entry (i, j) is {@code values[offset
 * + i * stride + j]}. The twin of {@link Matrix} where sums must keep all digits.
 *
 * @param values the array that holds the entries
 * @param offset index of entry (0, 0), at least 0
 * @param rows number of rows, at least 0
 * @param columns number of columns, at least 0
 * @param stride distance between the first entries of two neighbouring rows, at least {@code
 *     columns}
 */
@SuppressWarnings("ArrayRecordComponent") // a view shares its array by intent
public record DoubleMatrix(double[] values, int offset, int rows, int columns, int stride) {

  /**
   * Checks that every entry lies inside the array.
   *
   * @throws IllegalArgumentException if a size is negative, the stride is shorter than a row, or an
   *     entry lies outside the array
   */
  public DoubleMatrix {
    boolean shaped = offset >= 0 && rows >= 0 && columns >= 0 && stride >= columns;
    boolean empty = rows == 0 || columns == 0;
    if (!shaped || !empty && offset + (rows - 1L) * stride + columns > values.length) {
      throw new IllegalArgumentException(
          "Not a matrix: offset (%d), rows (%d), columns (%d), stride (%d) in an array of (%d)."
              .formatted(offset, rows, columns, stride, values.length));
    }
  }
}
