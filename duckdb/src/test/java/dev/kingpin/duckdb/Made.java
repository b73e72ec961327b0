package dev.kingpin.duckdb;

import dev.kingpin.data.ReadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes files for tests. */
final class Made {
  static final ReadOptions OPTIONS = new ReadOptions(512L << 20, 3);

  private Made() {}

  static Path text(Path folder, String name, String content) {
    return bytes(folder, name, content.getBytes(StandardCharsets.UTF_8));
  }

  static Path bytes(Path folder, String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a query's rows to a file, in the format of its ending. */
  static Path table(Path folder, String name, String query) {
    return table(folder, name, query, "");
  }

  static Path table(Path folder, String name, String query, String options) {
    Path file = folder.resolve(name);
    String format = OutputFormat.of(file).options(file) + options;
    sql("COPY (" + query + ") TO " + Sql.text(file.toString()) + " (" + format + ")");
    return file;
  }

  static void sql(String... statements) {
    try (Session session = Session.open(OPTIONS)) {
      for (String statement : statements) {
        session.execute(statement);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<List<@Nullable String>> rows(String sql) {
    try (Session session = Session.open(OPTIONS)) {
      return session.rows(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
