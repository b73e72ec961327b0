package dev.kingpin.duckdb;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how the columns of a text file read: as numbers, truth values, points in time, or
 * texts.
 *
 * <p>A column reads some way if every value in the whole file does, but for words that stand for a
 * missing value (NA, null, ?, ...). The first rows tell which way may be the first; one pass over
 * the file proves it. Only a column that breaks its first rows' promise costs another pass.
 */
final class TextTypes {
  private static final String SAMPLE = "first_rows";

  /** Columns that are looked at in a query: plans of more take longer than as many queries. */
  private static final int COLUMNS_AT_A_TIME = 256;

  private final Session session;
  private final String from;
  private final List<Open> open = new ArrayList<>();
  private final Map<String, Reading> settled = new HashMap<>();
  private long rows = -1;

  /** A column that is not settled yet: SQL of its text, and the readings that may still be. */
  private record Open(String column, String text, Deque<Reading> readings) {
    /** SQL that counts the values that {@link #first} cannot read and that do not mean missing. */
    String unread() {
      return String.format(
          "count(*) FILTER (%s IS NOT NULL AND (%s) IS NULL AND NOT %s)",
          text, first().of(text), Reading.isMissing(text));
    }

    Reading first() {
      return readings.getFirst();
    }

    /** SQL that tells whether the first reading can read all values. */
    String readsAll() {
      return "count(" + text + ") = count(" + first().of(text) + ")";
    }

    /** SQL that tells whether there are times with offsets. */
    String hasOffsets() {
      boolean times = first() == Reading.TIMESTAMP;
      return times ? "bool_or(" + Reading.hasOffset(text) + ")" : "false";
    }
  }

  private TextTypes(Session session, String from) {
    this.session = session;
    this.from = from;
  }

  /** A column to find the type of: its name, SQL of its text, and the ways to try in order. */
  record Candidate(String column, String text, List<Reading> tried) {}

  /**
   * The way each column reads.
   *
   * @param sample a FROM item with the first rows
   * @param from a FROM item with all rows
   */
  static TextTypes find(Session session, String sample, String from, List<Candidate> candidates)
      throws SQLException {
    TextTypes types = new TextTypes(session, from);
    for (Candidate c : candidates) {
      types.open.add(new Open(c.column(), c.text(), new ArrayDeque<>(c.tried())));
    }
    session.execute("CREATE TEMP TABLE " + SAMPLE + " AS FROM " + sample);
    do {
      types.dropContradicted();
      types.settleDoubtful(types.settle());
    } while (!types.open.isEmpty());
    session.execute("DROP TABLE " + SAMPLE);
    return types;
  }

  Reading of(String column) {
    return settled.getOrDefault(column, Reading.TEXT);
  }

  long rows() {
    return rows;
  }

  /** Drops first readings that some row of the sample contradicts; without any, it is text. */
  private void dropContradicted() throws SQLException {
    List<Open> untested = new ArrayList<>(open);
    while (!untested.isEmpty()) {
      untested.removeAll(readByFirst(untested, SAMPLE));
      untested.forEach(column -> column.readings().removeFirst());
      untested.removeIf(column -> column.readings().isEmpty());
    }
    open.removeIf(column -> column.readings().isEmpty());
  }

  /** The columns whose first readings can read all that does not mean missing. */
  private Set<Open> readByFirst(List<Open> columns, String where) throws SQLException {
    Set<Open> read = new HashSet<>();
    for (int i = 0; i < columns.size(); i += COLUMNS_AT_A_TIME) {
      List<Open> some = columns.subList(i, Math.min(columns.size(), i + COLUMNS_AT_A_TIME));
      Iterator<@Nullable String> found = select(some.stream().map(Open::unread).toList(), where);
      some.stream().filter(column -> "0".equals(found.next())).forEach(read::add);
    }
    return read;
  }

  /** Settles the columns whose first reading reads all values; returns the others. */
  private List<Open> settle() throws SQLException {
    List<String> items = new ArrayList<>(List.of("count(*)"));
    for (Open column : open) {
      items.add(column.readsAll());
      items.add(column.hasOffsets());
    }
    Iterator<@Nullable String> found = select(items, from);
    rows = Long.parseLong(String.valueOf(found.next()));
    List<Open> doubtful = new ArrayList<>();
    for (Open column : open) {
      boolean proven = "true".equals(found.next());
      if ("true".equals(found.next())) {
        column.readings().removeFirst();
        column.readings().addFirst(Reading.OFFSET_TIMESTAMP);
      }
      if (proven) {
        settled.put(column.column(), column.first());
      } else {
        doubtful.add(column);
      }
    }
    return doubtful;
  }

  /** Looks again at columns with values that cannot be read: all of these may mean missing. */
  private void settleDoubtful(List<Open> doubtful) throws SQLException {
    Set<Open> read = readByFirst(doubtful, from);
    read.forEach(column -> settled.put(column.column(), column.first()));
    open.removeIf(column -> settled.containsKey(column.column()));
    open.forEach(column -> column.readings().removeFirst());
    open.removeIf(column -> column.readings().isEmpty());
  }

  private Iterator<@Nullable String> select(List<String> items, String where) throws SQLException {
    String sql = "SELECT " + String.join(", ", items) + " FROM " + where;
    return session.rows(sql).get(0).iterator();
  }
}
