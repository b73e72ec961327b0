package dev.kingpin.duckdb;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names and texts as DuckDB's SQL spells them. */
final class Sql {
  private Sql() {}

  /** A name of a column or table, whatever it holds. */
  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A list of texts. */
  static String list(Collection<String> texts) {
    return texts.stream().map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A struct that maps column names to type names, as file readers take it. */
  static String types(Collection<String> names, String type) {
    return names.stream()
        .map(name -> text(name) + ": " + text(type))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
