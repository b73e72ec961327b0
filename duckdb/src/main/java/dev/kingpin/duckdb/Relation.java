package dev.kingpin.duckdb;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as DuckDB reads it: SQL and what is known about its columns.
 *
 * @param label what messages call the table
 * @param files its files, or null if it has none
 * @param setup statements that a session runs first
 * @param from the FROM item with the typed columns, rows in the order of the table
 * @param fields the columns that can be read, in order
 * @param leftOut names and types of the columns that cannot be read
 * @param staged whether the rows a scan asks for are copied into a temporary table first, because
 *     reading the source bit by bit is slow or may give another order the next time
 * @param rows how many rows there are, or -1 if unknown
 * @param copying how to copy the table
 */
record Relation(
    String label,
    @Nullable InputFiles files,
    List<String> setup,
    String from,
    List<Field> fields,
    Map<String, String> leftOut,
    boolean staged,
    long rows,
    Copying copying) {

  /** Tells how all columns of a table are selected when it is copied. */
  interface Copying {
    /** The query; columns and rows in their order. */
    String select(Session session, OutputFormat format) throws SQLException;
  }

  Relation {
    setup = List.copyOf(setup);
    fields = List.copyOf(fields);
    if (fields.isEmpty()) {
      throw new InputException(
          label
              + " has no column that Kingpin can read. Maybe it holds lists or structs only; pick"
              + " their parts with a query.");
    }
  }

  /** Names and types of the columns of a FROM item. */
  static Map<String, String> describe(Session session, String from) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    for (var row : session.rows("DESCRIBE SELECT * FROM " + from)) {
      types.put(String.valueOf(row.get(0)), String.valueOf(row.get(1)));
    }
    return types;
  }

  /** A relation whose columns are read as their SQL types say. */
  static Relation typed(
      Session session,
      String label,
      @Nullable InputFiles files,
      List<String> setup,
      String from,
      boolean staged)
      throws SQLException {
    List<Field> fields = new ArrayList<>();
    Map<String, String> leftOut = new LinkedHashMap<>();
    describe(session, from)
        .forEach(
            (name, type) ->
                SqlType.of(type)
                    .ifPresentOrElse(
                        t -> fields.add(Field.of(name, t)), () -> leftOut.put(name, type)));
    Copying all = (s, format) -> "SELECT * FROM " + from;
    return new Relation(label, files, setup, from, fields, leftOut, staged, -1, all);
  }

  Schema schema() {
    return new Schema(label, fields.stream().map(Field::column).toList());
  }

  /**
   * The column of this name.
   *
   * @throws InputException if there is none or it cannot be read
   */
  Field field(String name) {
    Optional<String> unreadable =
        leftOut.keySet().stream().filter(n -> n.equalsIgnoreCase(name)).findFirst();
    if (unreadable.isPresent() && schema().find(name).isEmpty()) {
      throw new InputException(
          String.format(
              "Column (%s) of %s is of type %s, which Kingpin does not read. Maybe pick a part of it"
                  + " with a query.",
              name, label, leftOut.get(unreadable.get())));
    }
    String exact = schema().get(name).name();
    return fields.stream().filter(f -> f.name().equals(exact)).findFirst().orElseThrow();
  }

  /** Makes a session ready for this relation. */
  void prepare(Session session) throws SQLException {
    if (files != null) {
      files.check();
    }
    for (String statement : setup) {
      session.execute(statement);
    }
  }
}
