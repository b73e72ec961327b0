package dev.kingpin.duckdb.driver.jdbc;

import dev.kingpin.duckdb.driver.Driver;
import dev.kingpin.duckdb.driver.RowAppender;
import dev.kingpin.duckdb.driver.VectorCursor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** DuckDB's own JDBC driver. */
public final class JdbcDriver implements Driver {
  private final DuckDBDriver driver;

  /**
   * @param library the native library to load first, or null to leave that to DuckDB's driver
   * @throws UnsatisfiedLinkError if the library cannot be loaded
   */
  public JdbcDriver(@Nullable String library) {
    if (library != null) {
      System.load(library);
    }
    driver = new DuckDBDriver();
  }

  @Override
  public Connection connect(Properties settings) throws SQLException {
    return Objects.requireNonNull(driver.connect("jdbc:duckdb:", settings));
  }

  @Override
  public VectorCursor query(Connection connection, String sql) throws SQLException {
    DuckDBPreparedStatement statement = connection.unwrap(DuckDBConnection.class).prepare(sql);
    try {
      return new JdbcCursor(statement, statement.query());
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  @Override
  public RowAppender appender(Connection connection, String table) throws SQLException {
    return new JdbcAppender(connection.unwrap(DuckDBConnection.class).createAppender(table));
  }
}
