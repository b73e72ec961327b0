package dev.kingpin.duckdb.driver.jdbc;

import dev.kingpin.duckdb.driver.RowAppender;
import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

final class JdbcAppender implements RowAppender {
  private final DuckDBAppender appender;
  private final Lock lock; // lets one thread after another append

  JdbcAppender(DuckDBAppender appender) {
    this.appender = appender;
    this.lock = appender.unsafeBreakThreadConfinement();
  }

  @Override
  public void append(int rows, @Nullable Object[] columns) throws SQLException {
    lock.lock();
    try {
      for (int r = 0; r < rows; r++) {
        appender.beginRow();
        for (Object column : columns) {
          append(column, r);
        }
        appender.endRow();
      }
    } finally {
      lock.unlock();
    }
  }

  private void append(@Nullable Object column, int row) throws SQLException {
    if (column instanceof double[] numbers) {
      if (Double.isNaN(numbers[row])) {
        appender.appendNull();
      } else {
        appender.append(numbers[row]);
      }
    } else if (column instanceof long[] numbers) {
      appender.append(numbers[row]);
    } else if (column instanceof String[] texts) {
      append(texts[row]);
    } else {
      throw new IllegalArgumentException("Neither double[], long[] nor String[]: " + column);
    }
  }

  private void append(@Nullable String text) throws SQLException {
    if (text == null) {
      appender.appendNull();
    } else {
      appender.append(text);
    }
  }

  @Override
  public void close() throws SQLException {
    appender.close();
  }
}
