package dev.kingpin.duckdb;

import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;

/**
 * A column of a relation and the SQL that reads it.
 *
 * @param column name and type, as the user sees them
 * @param number what reads it as DOUBLE; for text NULL where it is no number
 * @param key what reads it as a category: equal keys are equal categories, keys sort as the
 *     dictionary does
 * @param shortest whether the key's text may end in zeros that say nothing (7.0, 7.50)
 */
record Field(Column column, String number, String key, boolean shortest) {
  /** A column that is read as its SQL type says. */
  static Field of(String name, SqlType type) {
    String value = Sql.name(name);
    return new Field(
        new Column(name, type.column()),
        number(value, type.column()),
        type.key().replace("?", value),
        type.shortest());
  }

  /**
   * A column of a text file: typed where a number is asked, as it is written where a category is.
   */
  static Field ofText(String name, ColumnType type, String text) {
    return new Field(new Column(name, type), number(Sql.name(name), type), text, false);
  }

  private static String number(String value, ColumnType type) {
    return switch (type) {
      case NUMBER, BOOLEAN -> "CAST(" + value + " AS DOUBLE)";
      case DATETIME -> "CAST(epoch_us(" + value + ") AS DOUBLE)";
      case TEXT -> "TRY_CAST(" + value + " AS DOUBLE)";
    };
  }

  String name() {
    return column.name();
  }
}
