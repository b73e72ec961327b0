package dev.kingpin.duckdb;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how the columns of a text file read: as numbers, truth values, points in time, or
 * texts.
 *
 * <p>A column reads some way if every value in the whole file does, but for words that stand for a
 * missing value (NA, null, ?, ...). The first rows tell which ways there may be; one pass over the
 * file proves the first of them. Only a column that breaks its first rows' promise costs another
 * pass.
 */
final class TextTypes {
  private final Session session;
  private final String from;
  private final List<Open> open = new ArrayList<>();
  private final Map<String, Reading> settled = new HashMap<>();
  private long rows = -1;

  /** A column that is not settled yet: SQL of its text, and the readings that may still be. */
  private record Open(String column, String text, Deque<Reading> readings) {
    /** SQL that counts the values that a reading cannot read and that do not mean missing. */
    String unread(Reading reading) {
      return String.format(
          "count(*) FILTER (%s IS NOT NULL AND (%s) IS NULL AND NOT %s)",
          text, reading.of(text), Reading.isMissing(text));
    }

    /** SQL that tells whether the first reading can read all values. */
    String readsAll() {
      return "count(" + text + ") = count(" + readings.getFirst().of(text) + ")";
    }

    /** SQL that tells whether there are times with offsets. */
    String hasOffsets() {
      boolean times = readings.getFirst() == Reading.TIMESTAMP;
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
    types.dropContradicted(sample);
    while (types.rows < 0 || !types.open.isEmpty()) {
      types.settleDoubtful(types.settle());
    }
    return types;
  }

  Reading of(String column) {
    return settled.getOrDefault(column, Reading.TEXT);
  }

  long rows() {
    return rows;
  }

  /** Drops the readings that some row of the sample contradicts; a column without any is text. */
  private void dropContradicted(String sample) throws SQLException {
    List<String> counts = new ArrayList<>();
    open.forEach(column -> column.readings().forEach(r -> counts.add(column.unread(r))));
    if (counts.isEmpty()) {
      return;
    }
    Iterator<@Nullable String> found = select(counts, sample);
    open.forEach(column -> column.readings().removeIf(r -> !"0".equals(found.next())));
    open.removeIf(column -> column.readings().isEmpty());
  }

  /** Settles the columns whose first reading reads all values; returns the others. */
  private Map<Open, Reading> settle() throws SQLException {
    List<String> items = new ArrayList<>(List.of("count(*)"));
    for (Open column : open) {
      items.add(column.readsAll());
      items.add(column.hasOffsets());
    }
    Iterator<@Nullable String> found = select(items, from);
    rows = Long.parseLong(String.valueOf(found.next()));
    Map<Open, Reading> doubtful = new HashMap<>();
    for (Open column : List.copyOf(open)) {
      boolean proven = "true".equals(found.next());
      boolean offsets = "true".equals(found.next());
      Reading reading = offsets ? Reading.OFFSET_TIMESTAMP : column.readings().getFirst();
      if (proven) {
        settled.put(column.column(), reading);
        open.remove(column);
      } else {
        doubtful.put(column, reading);
      }
    }
    return doubtful;
  }

  /** Looks again at columns with values that cannot be read: all of these may mean missing. */
  private void settleDoubtful(Map<Open, Reading> doubtful) throws SQLException {
    if (doubtful.isEmpty()) {
      return;
    }
    List<String> counts = new ArrayList<>();
    doubtful.forEach((column, reading) -> counts.add(column.unread(reading)));
    Iterator<@Nullable String> found = select(counts, from);
    doubtful.forEach(
        (column, reading) -> {
          if ("0".equals(found.next())) {
            settled.put(column.column(), reading);
            column.readings().clear();
          } else {
            column.readings().removeFirst();
          }
        });
    open.removeIf(column -> column.readings().isEmpty());
  }

  private Iterator<@Nullable String> select(List<String> items, String where) throws SQLException {
    String sql = "SELECT " + String.join(", ", items) + " FROM " + where;
    return session.rows(sql).get(0).iterator();
  }
}
