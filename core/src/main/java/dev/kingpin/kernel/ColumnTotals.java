package dev.kingpin.kernel;

import java.util.Arrays;

/**
 * What is known of columns after some rows, for {@link ProductKernels#addColumns}.
 *
 * @param minimum (columns): smallest value; positive infinity before the first
 * @param maximum (columns): largest value; negative infinity before the first
 * @param sum (columns)
 * @param missing (columns): a whole number
 */
@SuppressWarnings("ArrayRecordComponent") // a parameter list with names, never compared
public record ColumnTotals(double[] minimum, double[] maximum, double[] sum, double[] missing) {

  /** Totals of no rows. */
  public static ColumnTotals of(int columns) {
    ColumnTotals totals =
        new ColumnTotals(
            new double[columns], new double[columns], new double[columns], new double[columns]);
    totals.clear();
    return totals;
  }

  /** Back to no rows. */
  public void clear() {
    Arrays.fill(minimum, Double.POSITIVE_INFINITY);
    Arrays.fill(maximum, Double.NEGATIVE_INFINITY);
    Arrays.fill(sum, 0);
    Arrays.fill(missing, 0);
  }

  int columns() {
    return Math.min(Math.min(minimum.length, maximum.length), Math.min(sum.length, missing.length));
  }
}
