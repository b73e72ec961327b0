package dev.kingpin.duckdb;

import dev.kingpin.data.ColumnType;
import java.util.Optional;

/**
 * How columns of an SQL type are read.
 *
 * @param column the type the user sees
 * @param key SQL that makes a category key of the value {@code ?}
 * @param shortest whether the key's text may end in zeros that say nothing
 */
record SqlType(ColumnType column, String key, boolean shortest) {
  /** The type of a column that holds NULL only. */
  static final String NOTHING = "\"NULL\"";

  private static final String AS_IT_IS = "?";
  private static final String AS_TEXT = "CAST(? AS VARCHAR)";

  // NaN is missing, -0.0 is 0.0.
  private static final String FLOATING = "CASE WHEN isnan(?) THEN NULL ELSE ? + 0 END";

  /** How to read a type that DESCRIBE names, or empty for one that has no plain text form. */
  static Optional<SqlType> of(String name) {
    if (name.startsWith("ENUM(") && name.endsWith(")")) {
      return Optional.of(new SqlType(ColumnType.TEXT, AS_TEXT, false));
    }
    if (name.startsWith("DECIMAL(") && name.endsWith(")")) {
      return Optional.of(new SqlType(ColumnType.NUMBER, AS_IT_IS, true));
    }
    return switch (name) {
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT" -> plain(ColumnType.NUMBER);
      case "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT" -> plain(ColumnType.NUMBER);
      case "BIGNUM", NOTHING -> plain(ColumnType.NUMBER);
      case "FLOAT", "DOUBLE" -> Optional.of(new SqlType(ColumnType.NUMBER, FLOATING, true));
      case "BOOLEAN" -> plain(ColumnType.BOOLEAN);
      case "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> plain(ColumnType.DATETIME);
      case "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMPTZ_NS" ->
          plain(ColumnType.DATETIME);
      case "TIME", "TIME_NS", "TIME WITH TIME ZONE" -> plain(ColumnType.DATETIME);
      case "VARCHAR" -> plain(ColumnType.TEXT);
      case "UUID", "BLOB", "BIT", "INTERVAL" ->
          Optional.of(new SqlType(ColumnType.TEXT, AS_TEXT, false));
      default -> Optional.empty();
    };
  }

  private static Optional<SqlType> plain(ColumnType type) {
    return Optional.of(new SqlType(type, AS_IT_IS, false));
  }
}
