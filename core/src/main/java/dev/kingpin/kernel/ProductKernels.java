package dev.kingpin.kernel;

import java.util.Objects;

/**
 * Sums over rows of columns and of their products, in double precision, of rows that lie as rows.
 * Lanes are columns: an entry is one chain of additions, or of fused multiply-adds, over the rows
 * in ascending order, which starts at its old value, so rows may come in any portions. As in {@link
 * Kernels}, twins give the same bits, shapes are checked and values are trusted.
 *
 * <p>Rows are padded with zeros to a {@link #stride} of whole vectors.
 */
public abstract class ProductKernels {

  static final int PAD = 8;

  ProductKernels() {}

  /** The distance between rows of so many columns. */
  public static int stride(int columns) {
    return (columns + PAD - 1) / PAD * PAD;
  }

  /**
   * Row i becomes {@code (raw[rows[from + i]][j] - centre[j]) * inverse[j]}, and 0 where that is
   * NaN, so that a missing value counts as the mean.
   *
   * @param raw (any, d)
   * @param centre (d) or longer
   * @param inverse (d) or longer
   * @param out OUT (rows of the list, d or more); what lies beyond column d of a row becomes 0
   * @throws IllegalArgumentException if the shapes do not fit
   * @throws IndexOutOfBoundsException if a row is not in {@code raw}
   */
  public final void standardise(
      Matrix raw, RowList rows, double[] centre, double[] inverse, DoubleMatrix out) {
    int d = raw.columns();
    boolean fits = out.rows() == rows.count() && out.columns() >= d;
    require(fits && Math.min(centre.length, inverse.length) >= d, out, centre);
    for (int i = rows.from(); i < rows.from() + rows.count(); i++) {
      Objects.checkIndex(rows.rows()[i], raw.rows());
    }
    runStandardise(raw, rows, centre, inverse, out);
  }

  /**
   * Adds each column up, counts what it lacks, and widens its range.
   *
   * @param raw (any, d); NaN marks a missing value
   * @param totals IN and OUT (d) or longer
   * @throws IllegalArgumentException if the totals are too short
   */
  public final void addColumns(Matrix raw, ColumnTotals totals) {
    if (totals.columns() < raw.columns()) {
      throw new IllegalArgumentException(
          "Totals of (%d) columns for (%d).".formatted(totals.columns(), raw.columns()));
    }
    runAddColumns(raw, totals);
  }

  /**
   * Adds the products of each column with itself and the columns after it.
   *
   * @param sums IN and OUT (stride, stride), row-major; what lies left of the diagonal, or beyond
   *     the columns, holds anything afterwards
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void addGram(DoubleMatrix x, double[] sums) {
    require((long) x.stride() * x.stride() <= sums.length, x, sums);
    runAddGram(x, sums);
  }

  /**
   * Adds the products of one column with each of a matrix.
   *
   * @param factors holds the column from {@code at} on
   * @param sums IN and OUT the sums, from {@code to} on: (stride)
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void addDots(double[] factors, int at, DoubleMatrix x, double[] sums, int to) {
    boolean fits = at >= 0 && at + (long) x.rows() <= factors.length && to >= 0;
    require(fits && to + (long) x.stride() <= sums.length, x, sums);
    if (x.stride() > 0) {
      runAddDots(factors, at, x, sums, to);
    }
  }

  private static void require(boolean fits, DoubleMatrix x, double[] other) {
    boolean whole = x.stride() == stride(x.columns());
    if (!fits || !whole || x.offset() + (long) x.rows() * x.stride() > x.values().length) {
      throw new IllegalArgumentException(
          "Rows (%d, %d) with stride (%d) in an array of (%d) do not fit an array of (%d)."
              .formatted(x.rows(), x.columns(), x.stride(), x.values().length, other.length));
    }
  }

  abstract void runStandardise(
      Matrix raw, RowList rows, double[] centre, double[] inverse, DoubleMatrix out);

  abstract void runAddColumns(Matrix raw, ColumnTotals totals);

  abstract void runAddGram(DoubleMatrix x, double[] sums);

  abstract void runAddDots(double[] factors, int at, DoubleMatrix x, double[] sums, int to);
}
