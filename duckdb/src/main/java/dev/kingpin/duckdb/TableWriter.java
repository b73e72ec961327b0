package dev.kingpin.duckdb;

import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.InputException;
import dev.kingpin.data.ReadOptions;
import dev.kingpin.data.RowWriter;
import dev.kingpin.duckdb.driver.RowAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table: the columns of a relation, if there is one, and added columns. Added values wait
 * in a temporary table of DuckDB; the end joins both row by row and writes a file beside the place
 * where it is to be, then moves it there.
 */
final class TableWriter implements RowWriter {
  private final Path out;
  private final OutputFormat format;
  private final @Nullable Copied copied;
  private final List<Column> added;
  private final Failures failures;
  private final Session session;
  private @Nullable RowAppender appender;
  private long rows;
  private boolean closed;

  /** The rows of a relation that meet a condition; all without one. */
  record Copied(Relation source, @Nullable String where) {}

  private TableWriter(Path out, @Nullable Copied copied, List<Column> added, Session session) {
    this.out = out;
    this.format = OutputFormat.of(out);
    this.copied = copied;
    this.added = List.copyOf(added);
    this.session = session;
    this.failures = new Failures(copied == null ? out.toString() : copied.source().label(), null);
  }

  static TableWriter start(
      Path out, @Nullable Copied copied, List<Column> added, ReadOptions options) {
    OutputFormat.of(out);
    checkPlace(out);
    checkNames(copied == null ? null : copied.source(), added);
    try {
      return new TableWriter(out, copied, added, Session.open(options));
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not start", e);
    }
  }

  private static void checkPlace(Path out) {
    Path folder = out.toAbsolutePath().getParent();
    if (Files.isDirectory(out)) {
      throw new InputException(out + " is a folder. Maybe name a file in it.");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InputException("There is no folder (" + folder + ") to write to. Maybe create it.");
    }
    if (!Files.isWritable(folder)) {
      throw new InputException(
          "Nothing can be written to the folder ("
              + folder
              + "). Maybe it belongs to another user.");
    }
  }

  private static void checkNames(@Nullable Relation source, List<Column> added) {
    Set<String> taken = new HashSet<>();
    if (source != null) {
      source.fields().forEach(f -> taken.add(f.name().toLowerCase(Locale.ROOT)));
      source.leftOut().keySet().forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
    }
    for (Column column : added) {
      if (!taken.add(column.name().toLowerCase(Locale.ROOT))) {
        throw new InputException(
            "Column ("
                + column.name()
                + ") cannot be added"
                + (source == null ? "" : " to " + source.label())
                + ": there is one of that name. Maybe give it another name.");
      }
    }
  }

  @Override
  public void append(int count, @Nullable Object[] values) {
    if (values.length != added.size()) {
      throw new IllegalArgumentException(
          values.length + " arrays for " + added.size() + " columns");
    }
    try {
      if (appender == null) {
        appender = create(values);
      }
      appender.append(count, values);
      rows += count;
    } catch (SQLException e) {
      throw failures.of(e);
    }
  }

  /** Makes the table of the added columns; whole numbers are told by their arrays. */
  private RowAppender create(@Nullable Object[] values) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int c = 0; c < added.size(); c++) {
      boolean text = added.get(c).type() == ColumnType.TEXT;
      boolean whole = values[c] instanceof long[];
      columns.add("c" + c + (text ? " VARCHAR" : whole ? " BIGINT" : " DOUBLE"));
    }
    session.execute("CREATE TEMP TABLE added (" + String.join(", ", columns) + ")");
    return session.appender("added");
  }

  @Override
  public void finish() {
    Path temporary =
        out.resolveSibling("." + out.getFileName() + "." + Long.toHexString(System.nanoTime()));
    try {
      if (appender == null) {
        appender = create(new Object[added.size()]);
      }
      appender.close();
      String query = query();
      session.execute(
          "COPY ("
              + query
              + ") TO "
              + Sql.text(temporary.toString())
              + " ("
              + format.options(out)
              + ")");
      Files.move(temporary, out, StandardCopyOption.ATOMIC_MOVE);
    } catch (SQLException e) {
      throw failures.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(temporary);
      close();
    }
  }

  private String query() throws SQLException {
    List<String> items = new ArrayList<>();
    for (int c = 0; c < added.size(); c++) {
      items.add(value("added.c" + c, added.get(c).type()) + " AS " + Sql.name(added.get(c).name()));
    }
    if (copied == null) {
      return "SELECT " + String.join(", ", items) + " FROM added";
    }
    String select = select(copied);
    boolean known = copied.where() == null && copied.source().rows() >= 0;
    long expected = known ? copied.source().rows() : session.count("(" + select + ")");
    if (rows != expected) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%,d rows were given for %,d of %s",
              rows,
              expected,
              copied.source().label()));
    }
    if (items.isEmpty()) {
      return select;
    }
    return "SELECT source.*, "
        + String.join(", ", items)
        + " FROM ("
        + select
        + ") AS source POSITIONAL JOIN added";
  }

  /** The query of the rows to copy, with all columns as the format has them. */
  private String select(Copied rowsToCopy) throws SQLException {
    Relation source = rowsToCopy.source();
    source.prepare(session);
    String all = source.copying().select(session, format);
    if (source.staged() && source.files() == null) {
      session.execute("CREATE TEMP TABLE copied AS " + all);
      all = "SELECT * FROM copied";
    }
    String where = rowsToCopy.where();
    if (where == null) {
      return all;
    }
    if (source.files() == null) {
      return all + " WHERE (" + where + "\n)";
    }
    // The condition speaks of typed columns; what is copied may be the texts of the file.
    return "SELECT rows.* FROM ("
        + all
        + ") AS rows POSITIONAL JOIN (SELECT ("
        + where
        + "\n) AS holds FROM "
        + source.from()
        + ") AS met WHERE met.holds";
  }

  private static String value(String column, ColumnType type) {
    return switch (type) {
      case NUMBER, TEXT -> column;
      case BOOLEAN -> "CAST(" + column + " AS BOOLEAN)";
      case DATETIME -> "make_timestamp(CAST(" + column + " AS BIGINT))";
    };
  }

  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      session.close();
    }
  }
}
