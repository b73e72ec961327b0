package dev.kingpin.duckdb.driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** What Kingpin needs of DuckDB's driver besides {@link Connection}. */
public interface Driver {
  /** Opens a new database in memory, shared with no other connection. */
  Connection connect(Properties settings) throws SQLException;

  /** Runs a query whose rows are read vector by vector. */
  VectorCursor query(Connection connection, String sql) throws SQLException;

  /** Starts to fill a table. */
  RowAppender appender(Connection connection, String table) throws SQLException;
}
