package dev.kingpin.data;

import org.jspecify.annotations.Nullable;

/** Receives the values of added columns, for all rows of a table in their order. */
public interface RowWriter extends AutoCloseable {
  /**
   * The next rows.
   *
   * @param rows how many
   * @param values an array for each added column in order: {@code double[]} for NUMBER (NaN is
   *     written as NULL), {@code String[]} for TEXT (null is written as NULL); at least {@code
   *     rows} long
   */
  void append(int rows, @Nullable Object[] values);

  /** Writes the table: all rows must have come. */
  void finish();

  /** Drops what was not finished; leaves no file behind. */
  @Override
  void close();
}
