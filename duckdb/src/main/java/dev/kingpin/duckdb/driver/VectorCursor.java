package dev.kingpin.duckdb.driver;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a running query, one vector of rows at a time.
 *
 * <p>DuckDB's driver ends such a query in silence when it fails midway, so whoever reads one must
 * know how many rows are to come.
 */
public interface VectorCursor extends AutoCloseable {
  /** Moves to the next vector and returns its number of rows, or -1 after the last. */
  int next();

  /** Copies rows of a DOUBLE column; NaN where NULL. */
  void doubles(int column, int from, int count, double[] out, int at);

  /** Copies rows of a BIGINT column that holds no NULL. */
  void longs(int column, int from, int count, long[] out, int at);

  /** The text of a VARCHAR column in one row, or null. */
  @Nullable String text(int column, int row);

  @Override
  void close() throws SQLException;
}
