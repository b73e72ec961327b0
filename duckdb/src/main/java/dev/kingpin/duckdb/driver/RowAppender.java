package dev.kingpin.duckdb.driver;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Fills a table with rows in their order. */
public interface RowAppender extends AutoCloseable {
  /**
   * Appends rows.
   *
   * @param rows how many
   * @param columns {@code double[]} (NaN becomes NULL), {@code long[]} or {@code String[]} (null
   *     becomes NULL) for each column of the table
   */
  void append(int rows, @Nullable Object[] columns) throws SQLException;

  /** Hands the last rows to the table. */
  @Override
  void close() throws SQLException;
}
