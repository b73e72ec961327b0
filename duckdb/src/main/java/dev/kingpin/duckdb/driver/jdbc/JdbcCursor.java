package dev.kingpin.duckdb.driver.jdbc;

import dev.kingpin.duckdb.driver.VectorCursor;
import java.sql.SQLException;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

final class JdbcCursor implements VectorCursor {
  private final DuckDBPreparedStatement statement;
  private final DuckDBChunkedResult result;
  private final DuckDBReadableVector[] vectors;

  JdbcCursor(DuckDBPreparedStatement statement, DuckDBChunkedResult result) {
    this.statement = statement;
    this.result = result;
    this.vectors = new DuckDBReadableVector[Math.toIntExact(result.columnCount())];
  }

  @Override
  public int next() {
    if (!result.nextChunk()) {
      return -1;
    }
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = result.chunk().vector(c);
    }
    return Math.toIntExact(result.chunk().rowCount());
  }

  @Override
  public void doubles(int column, int from, int count, double[] out, int at) {
    DuckDBReadableVector vector = vectors[column];
    for (int i = 0; i < count; i++) {
      out[at + i] = vector.getDouble(from + i, Double.NaN);
    }
  }

  @Override
  public void longs(int column, int from, int count, long[] out, int at) {
    DuckDBReadableVector vector = vectors[column];
    for (int i = 0; i < count; i++) {
      out[at + i] = vector.getLong(from + i);
    }
  }

  @Override
  public @Nullable String text(int column, int row) {
    return vectors[column].getString(row);
  }

  @Override
  public void close() throws SQLException {
    try (statement) {
      result.close();
    }
  }
}
