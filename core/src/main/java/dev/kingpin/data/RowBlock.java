package dev.kingpin.data;

import org.jspecify.annotations.Nullable;

/**
 * Up to {@link #ROWS} consecutive rows of a group: the unit in which rows are read, summed and
 * moved. Arrays are shared and must not be written; entries of this block start at the offsets
 * given.
 */
public final class RowBlock {
  /** Rows of every block of a group but the last. Part of what makes results the same bits. */
  public static final int ROWS = 1024;

  private final Slab slab;
  private final Features features;
  private final int start;
  private final int rows;
  private final long firstRow;
  private final int number;

  RowBlock(Slab slab, Features features, int start, int rows, long firstRow, int number) {
    this.slab = slab;
    this.features = features;
    this.start = start;
    this.rows = rows;
    this.firstRow = firstRow;
    this.number = number;
  }

  /** Its rows from place {@code from} to the one before {@code to}. */
  public RowBlock part(int from, int to) {
    return new RowBlock(slab, features, start + from, to - from, firstRow + from, number);
  }

  Slab slab() {
    return slab;
  }

  public int rows() {
    return rows;
  }

  /** Which block of its group this is, from 0. */
  public int number() {
    return number;
  }

  /** Position of the block's first row in its group. */
  public long firstRow() {
    return firstRow;
  }

  /** What the columns are. */
  public Features features() {
    return features;
  }

  /** Number of numeric features: the stride of {@link #numeric}. */
  public int width() {
    return features.numeric().size();
  }

  /** (rows, width), row-major, from {@link #numericOffset}; NaN where missing. */
  public float[] numeric() {
    return slab.numeric;
  }

  public int numericOffset() {
    return start * width();
  }

  /** Number of categorical features: the stride of {@link #codes}. */
  public int categories() {
    return features.categorical().size();
  }

  /**
   * (rows, categories), row-major, from {@link #codesOffset}; {@link Dictionary#NULL} if missing.
   */
  public int[] codes() {
    return slab.codes;
  }

  public int codesOffset() {
    return start * categories();
  }

  /** (rows), from {@link #offset}: the number less its offset, or class 0 or 1. */
  public float[] target() {
    return slab.target;
  }

  /** (rows), from {@link #offset}; positive; null if all weights are 1. */
  public float @Nullable [] weight() {
    return slab.weight;
  }

  /** (rows), from {@link #offset}: the fold of each row. */
  public byte[] fold() {
    return slab.fold;
  }

  /** (rows), from {@link #offset}: where the row stands in the source, from 0. */
  public int[] ordinal() {
    return slab.ordinal;
  }

  /**
   * Where this block starts in {@link #target}, {@link #weight}, {@link #fold}, {@link #ordinal}.
   */
  public int offset() {
    return start;
  }
}
