package dev.kingpin.kernel;

/**
 * A view of columns inside a flat array: row i of column j is {@code values[offset + j * stride +
 * i]}. The rows of a column lie side by side, so that rows fill the lanes of a vector.
 *
 * <p>Columns hold whole steps of {@link #STEP} rows. What lies beyond the last row is 0, which adds
 * nothing to any sum.
 *
 * @param values the array that holds the columns
 * @param offset index of row 0 of column 0, at least 0
 * @param count number of columns, at least 0
 * @param height rows of a column, a multiple of {@link #STEP}
 * @param stride distance between neighbouring columns, at least {@code height}
 */
@SuppressWarnings("ArrayRecordComponent") // a view shares its array by intent
public record Columns(float[] values, int offset, int count, int height, int stride) {

  /** Columns have a multiple of so many rows. */
  public static final int STEP = 32;

  /** Columns that are a power of two apart would fall into the same lines of the cache. */
  private static final int GAP = 16;

  /**
   * Checks that every entry lies inside the array.
   *
   * @throws IllegalArgumentException if a size is negative or no whole step, the stride is shorter
   *     than a column, or an entry lies outside the array
   */
  public Columns {
    requireFit(values.length, offset, count, height, stride);
  }

  static void requireFit(int length, int offset, int count, int height, int stride) {
    boolean shaped = offset >= 0 && count >= 0 && height >= 0 && stride >= height;
    boolean empty = count == 0 || height == 0;
    if (!shaped
        || height % STEP != 0
        || !empty && offset + (count - 1L) * stride + height > length) {
      throw new IllegalArgumentException(
          "Not columns: offset (%d), count (%d), height (%d), stride (%d) in an array of (%d)."
              .formatted(offset, count, height, stride, length));
    }
  }

  /** The height of columns of so many rows. */
  public static int height(int rows) {
    return (rows + STEP - 1) / STEP * STEP;
  }

  /** A good stride for columns of such a height. */
  public static int stride(int height) {
    return height + GAP;
  }

  /** Length of an array for columns of so many rows, with a good stride. */
  public static int length(int count, int rows) {
    return count * stride(height(rows));
  }

  /**
   * Columns of so many rows, with a good stride.
   *
   * @throws IllegalArgumentException if the array is too short
   */
  public static Columns of(float[] values, int count, int rows) {
    int height = height(rows);
    return new Columns(values, 0, count, height, stride(height));
  }

  /** Index of row 0 of a column in {@link #values}. */
  public int start(int column) {
    return offset + column * stride;
  }

  /**
   * The columns {@code from} to {@code to - 1} as a view of their own.
   *
   * @throws IndexOutOfBoundsException if the range does not lie in the view
   */
  public Columns slice(int from, int to) {
    if (from < 0 || to < from || to > count) {
      throw new IndexOutOfBoundsException(
          "Columns (%d) to (%d) of (%d) columns.".formatted(from, to, count));
    }
    return new Columns(values, from == to ? offset : start(from), to - from, height, stride);
  }
}
