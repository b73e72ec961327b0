package dev.kingpin.duckdb;

import dev.kingpin.data.ReadOptions;
import dev.kingpin.duckdb.driver.Drivers;
import dev.kingpin.duckdb.driver.RowAppender;
import dev.kingpin.duckdb.driver.VectorCursor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A DuckDB database in memory of one reader or writer, with its limits: rows keep the order of
 * their files, nothing is fetched from the network, and what does not fit into memory goes to a
 * folder that is gone after {@link #close}.
 */
final class Session implements AutoCloseable {
  private final Connection connection;
  private final SpillFolder spill;

  private Session(Connection connection, SpillFolder spill) {
    this.connection = connection;
    this.spill = spill;
  }

  static Session open(ReadOptions options) throws SQLException {
    SpillFolder spill = new SpillFolder();
    try {
      Connection connection = Drivers.get().connect(settings(options, spill.path()));
      Session session = new Session(connection, spill);
      session.execute("SET TimeZone = 'UTC'");
      session.execute("SET streaming_buffer_size = '1MB'");
      // It makes a TRY_CAST over a CSV file a CAST, which fails where NULL is wanted.
      session.execute("SET disabled_optimizers = 'type_pushdown'");
      return session;
    } catch (SQLException | RuntimeException | LinkageError e) {
      spill.close();
      throw e;
    }
  }

  private static Properties settings(ReadOptions options, Path spill) {
    Properties settings = new Properties();
    settings.setProperty("threads", Integer.toString(options.threads()));
    settings.setProperty("memory_limit", options.memoryBytes() / 1024 + "KiB");
    settings.setProperty("temp_directory", spill.toString());
    settings.setProperty("preserve_insertion_order", "true");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("allow_community_extensions", "false");
    return settings;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Parses and binds a query without running it. */
  void check(String sql) throws SQLException {
    connection.prepareStatement(sql).close();
  }

  /** A small result as texts. */
  List<List<@Nullable String>> rows(String sql) throws SQLException {
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>(columns);
        for (int c = 1; c <= columns; c++) {
          row.add(result.getString(c));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  long count(String from) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM " + from)) {
      result.next();
      return result.getLong(1);
    }
  }

  VectorCursor cursor(String sql) throws SQLException {
    return Drivers.get().query(connection, sql);
  }

  RowAppender appender(String table) throws SQLException {
    return Drivers.get().appender(connection, table);
  }

  @Override
  public void close() {
    try (spill) {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB cannot be closed", e);
    }
  }
}
