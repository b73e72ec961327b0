package dev.kingpin.duckdb;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table in a DuckDB database file, in the order in which its rows were inserted. Views have no
 * such order; a query with ORDER BY reads them.
 */
final class DatabaseTable {
  private DatabaseTable() {}

  /**
   * Opens a table.
   *
   * @param table its name, with or without its schema's name and a dot before it
   */
  static Relation open(Session session, InputFiles file, String table) throws SQLException {
    String path = file.files().get(0).toString();
    List<String> setup = List.of("ATTACH " + Sql.text(path) + " AS db (READ_ONLY)");
    session.execute(setup.get(0));
    List<String> known = new ArrayList<>();
    String names =
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'db'"
            + " ORDER BY ALL";
    for (var row : session.rows(names)) {
      String schema = String.valueOf(row.get(0));
      String name = String.valueOf(row.get(1));
      String shown = schema.equals("main") ? name : schema + "." + name;
      if (shown.equalsIgnoreCase(table)) {
        String from = "db." + Sql.name(schema) + "." + Sql.name(name);
        return Relation.typed(session, file.label() + "::" + table, file, setup, from, false);
      }
      known.add(shown);
    }
    throw new InputException(
        "There is no table ("
            + table
            + ") in "
            + file.label()
            + ". Maybe "
            + Spelling.nearest(table, known)
                .map(name -> "you meant (" + name + ")?")
                .orElse("it is one of these: " + String.join(", ", known) + "."));
  }
}
