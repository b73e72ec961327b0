package dev.kingpin.kernel;

import java.util.Arrays;
import java.util.Objects;

/**
 * The inner loops over columns of rows: what training by sums does with a block of rows.
 *
 * <h2>Sums over rows</h2>
 *
 * A sum over the rows of a column is {@value #CHAINS} chains of fused multiply-adds: row i belongs
 * to chain i modulo {@value #CHAINS}, and each chain takes its rows in ascending order. At the end
 * the chains are added in pairs: chain c and chain c + 8, then c and c + 4, c and c + 2, c and c +
 * 1. A vector of any width holds whole chains, so all widths give the same bits, and short chains
 * keep more digits than a long one. Sums of doubles have {@value #WIDE_CHAINS} chains.
 *
 * <p>As in {@link Kernels}, twins give the same bits, shapes are checked, values are trusted, and
 * results must not overlap inputs.
 */
public abstract class ColumnKernels {

  static final int CHAINS = 16;
  static final int WIDE_CHAINS = 8;

  ColumnKernels() {}

  /** Length of the upper triangle of a matrix with so many columns, row by row. */
  public static int triangle(int columns) {
    return columns * (columns + 1) / 2;
  }

  /** Where the diagonal entry of a row stands in an upper triangle. */
  public static int diagonal(int row, int columns) {
    return row * columns - row * (row - 1) / 2;
  }

  /**
   * Rows to columns: row i of column j becomes {@code raw[rows[from + i]][j]}.
   *
   * @param raw (any, d)
   * @param rows which rows of {@code raw}
   * @param columns OUT the first d columns; rows beyond the list hold anything
   * @throws IllegalArgumentException if the shapes do not fit
   * @throws IndexOutOfBoundsException if a row is not in {@code raw}
   */
  public final void gather(Matrix raw, RowList rows, Columns columns) {
    if (columns.count() < raw.columns() || rows.count() > columns.height()) {
      throw new IllegalArgumentException(
          "gather: (%d) rows of (%d) into (%d) columns of height (%d)."
              .formatted(rows.count(), raw.columns(), columns.count(), columns.height()));
    }
    for (int i = rows.from(); i < rows.from() + rows.count(); i++) {
      Objects.checkIndex(rows.rows()[i], raw.rows());
    }
    runGather(raw, rows, columns);
  }

  /**
   * Every entry becomes {@code (entry - centre[column]) * inverse[column]}, and 0 where that is
   * NaN, so that a missing value counts as the mean.
   *
   * @param x IN and OUT
   * @param rows how many there are; what lies beyond becomes 0
   * @param centre (columns) or longer
   * @param inverse (columns) or longer
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void standardise(Columns x, int rows, float[] centre, float[] inverse) {
    boolean same = rows >= 0 && rows <= x.height();
    requireSame(same, x.count(), Math.min(centre.length, inverse.length));
    runStandardise(x, centre, inverse);
    for (int j = 0; j < x.count() && rows < x.height(); j++) {
      Arrays.fill(x.values(), x.start(j) + rows, x.start(j) + x.height(), 0f);
    }
  }

  /**
   * Scores of all rows by several models: an intercept, then one fused multiply-add for each column
   * in order.
   *
   * @param weights (models, columns + 1), row-major, intercepts last
   * @param scores OUT (models) columns
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void scores(Columns x, float[] weights, Columns scores) {
    if (x.height() != scores.height() || weights.length < (long) scores.count() * (x.count() + 1)) {
      throw new IllegalArgumentException(
          "scores: columns (%d, %d), scores (%d, %d), weights (%d)."
              .formatted(x.count(), x.height(), scores.count(), scores.height(), weights.length));
    }
    if (x.height() > 0) {
      runScores(x, weights, scores);
    }
  }

  /**
   * Sums over rows of the products of each column of {@code a} with each of {@code b}.
   *
   * @param out OUT (columns of a, columns of b), row-major
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void dots(Columns a, Columns b, float[] out) {
    requireSame(a.height() == b.height(), (long) a.count() * b.count(), out.length);
    runDots(a, b, out);
  }

  /**
   * The upper triangle of {@link #dots}, for two views of as many columns.
   *
   * @param out OUT the {@link #triangle} of column of a (row) by column of b
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void gram(Columns a, Columns b, float[] out) {
    boolean same = a.height() == b.height() && a.count() == b.count();
    requireSame(same, triangle(a.count()), out.length);
    runGram(a, b, out);
  }

  /**
   * As {@link #gram(Columns, Columns, float[])} of columns with themselves, in double precision.
   *
   * @param out OUT the {@link #triangle} of column by column
   * @throws IllegalArgumentException if the array is too short
   */
  public final void gram(WideColumns x, double[] out) {
    requireSame(true, triangle(x.count()), out.length);
    runGram(x, out);
  }

  /**
   * Sums over rows of each column.
   *
   * @param out OUT (columns)
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void sums(Columns x, float[] out) {
    requireSame(true, x.count(), out.length);
    runSums(x, out);
  }

  /**
   * Sums over rows of each column, of entries that are made doubles first.
   *
   * @param out OUT (columns)
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void sums(Columns x, double[] out) {
    requireSame(true, x.count(), out.length);
    runSums(x, out);
  }

  /**
   * Columns times one column.
   *
   * @param factors holds the column from {@code at} on
   * @param out OUT as many columns of the same height
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void weigh(Columns x, float[] factors, int at, Columns out) {
    boolean same = x.height() == out.height() && x.count() == out.count() && at >= 0;
    requireSame(same, at + (long) x.height(), factors.length);
    runWeigh(x, factors, at, out);
  }

  private static void requireSame(boolean same, long needed, int length) {
    if (!same || needed > length) {
      throw new IllegalArgumentException(
          "Columns differ in shape, or an array of (%d) is to hold (%d)."
              .formatted(length, needed));
    }
  }

  abstract void runGather(Matrix raw, RowList rows, Columns columns);

  abstract void runStandardise(Columns x, float[] centre, float[] inverse);

  abstract void runScores(Columns x, float[] weights, Columns scores);

  abstract void runDots(Columns a, Columns b, float[] out);

  abstract void runGram(Columns a, Columns b, float[] out);

  abstract void runGram(WideColumns x, double[] out);

  abstract void runSums(Columns x, float[] out);

  abstract void runSums(Columns x, double[] out);

  abstract void runWeigh(Columns x, float[] factors, int at, Columns out);
}
