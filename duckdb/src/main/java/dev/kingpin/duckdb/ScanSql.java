package dev.kingpin.duckdb;

import dev.kingpin.data.ColumnType;
import dev.kingpin.data.InputException;
import dev.kingpin.data.ScanRequest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a scan.
 *
 * @param label what messages call the table
 * @param from what stands behind FROM, with the condition
 * @param condition the scan's condition, or null
 * @param numbers SQL of each number column, a DOUBLE
 * @param keys SQL of each category column
 * @param texts the number columns that are text
 */
record ScanSql(
    String label,
    String from,
    @Nullable String condition,
    List<String> numbers,
    List<Key> keys,
    List<Field> texts) {

  /** SQL of a category's key; {@code shortest} as in {@link Field}. */
  record Key(String sql, boolean shortest) {}

  static ScanSql of(Relation relation, ScanRequest request) {
    List<Field> numbers = request.numbers().stream().map(relation::field).toList();
    List<Field> keys = request.categories().stream().map(relation::field).toList();
    String where = request.where();
    return new ScanSql(
        relation.label(),
        relation.from() + (where == null ? "" : " WHERE (" + where + "\n)"),
        where,
        numbers.stream().map(Field::number).toList(),
        keys.stream().map(f -> new Key(f.key(), f.shortest())).toList(),
        numbers.stream().filter(f -> f.column().type() == ColumnType.TEXT).toList());
  }

  /** Holds that the condition can be understood. */
  void checkCondition(Session session, Failures failures) {
    if (condition != null) {
      try {
        session.check("SELECT 1 FROM " + from);
      } catch (SQLException e) {
        throw failures.ofCondition(e);
      }
    }
  }

  /** Holds that text columns that are asked for as numbers hold nothing but numbers. */
  void checkNumbers(Session session) throws SQLException {
    for (Field field : texts) {
      String value = Sql.name(field.name());
      String sql =
          String.format(
              "SELECT n, v FROM (SELECT row_number() OVER () AS n, %s AS v FROM %s)"
                  + " WHERE v IS NOT NULL AND TRY_CAST(v AS DOUBLE) IS NULL AND NOT %s LIMIT 1",
              value, from, Reading.isMissing("v"));
      List<List<@Nullable String>> found = session.rows(sql);
      if (!found.isEmpty()) {
        throw notANumber(field, found.get(0));
      }
    }
  }

  private InputException notANumber(Field field, List<@Nullable String> row) {
    return new InputException(
        String.format(
            Locale.ROOT,
            "Column (%s) of %s is not a number everywhere: row %,d holds (%s). Maybe read it as a"
                + " category with --categorical, or leave such rows out with --where.",
            field.name(),
            label,
            Long.parseLong(String.valueOf(row.get(0))),
            Texts.shown(String.valueOf(row.get(1)))));
  }

  /** Copies the rows that are asked for into a temporary table; returns the SQL that reads it. */
  ScanSql staged(Session session) throws SQLException {
    List<String> items = new ArrayList<>();
    List<String> stagedNumbers = new ArrayList<>();
    List<Key> stagedKeys = new ArrayList<>();
    for (String number : numbers) {
      stagedNumbers.add("n" + stagedNumbers.size());
      items.add(number + " AS n" + (stagedNumbers.size() - 1));
    }
    for (Key key : keys) {
      stagedKeys.add(new Key("k" + stagedKeys.size(), key.shortest()));
      items.add(key.sql() + " AS k" + (stagedKeys.size() - 1));
    }
    if (items.isEmpty()) {
      items.add("true AS nothing");
    }
    session.execute(
        "CREATE TEMP TABLE staged AS SELECT " + String.join(", ", items) + " FROM " + from);
    return new ScanSql(label, "staged", condition, stagedNumbers, stagedKeys, List.of());
  }

  /**
   * The query whose rows are handed out: numbers as DOUBLE, then hashes of categories as BIGINT.
   */
  String select(List<Category> categories) {
    String items =
        Stream.concat(numbers.stream(), categories.stream().map(Category::hash))
            .collect(Collectors.joining(", "));
    return "SELECT " + (items.isEmpty() ? "true" : items) + " FROM " + from;
  }

  /** A query that reads all values and gives one row. */
  String everything() {
    String items =
        Stream.concat(numbers.stream(), keys.stream().map(Key::sql))
            .map(item -> "max(" + item + ")")
            .collect(Collectors.joining(", "));
    return "SELECT " + (items.isEmpty() ? "count(*)" : items) + " FROM " + from;
  }
}
