package dev.kingpin.duckdb;

import dev.kingpin.data.ColumnType;

/** A way to read the texts of a column, in the order in which they are tried. */
enum Reading {
  NUMBER(ColumnType.NUMBER, "TRY_CAST(? AS DOUBLE)"),
  BOOLEAN(ColumnType.BOOLEAN, "CASE lower(?) WHEN 'true' THEN true WHEN 'false' THEN false END"),
  TIMESTAMP(ColumnType.DATETIME, "TRY_CAST(? AS TIMESTAMP)"),
  /** Some timestamps have an offset from UTC, which a cast to TIMESTAMP would drop. */
  OFFSET_TIMESTAMP(ColumnType.DATETIME, "CAST(TRY_CAST(? AS TIMESTAMPTZ) AS TIMESTAMP)"),
  TIME(ColumnType.DATETIME, "TRY_CAST(? AS TIME)"),
  TEXT(ColumnType.TEXT, "?");

  private static final String OFFSETS = "contains(?, '+') OR ? LIKE '%-%-%-%'";

  private final ColumnType type;
  private final String sql;

  Reading(ColumnType type, String sql) {
    this.type = type;
    this.sql = sql;
  }

  ColumnType type() {
    return type;
  }

  /** SQL that reads a text; NULL if it cannot be read this way. */
  String of(String text) {
    return sql.replace("?", text);
  }

  /** SQL that tells whether a timestamp may have an offset. */
  static String hasOffset(String text) {
    return OFFSETS.replace("?", text);
  }

  /** SQL that tells whether a text stands for a missing value; ? stands for the text. */
  static String isMissing(String text) {
    return "lower(trim("
        + text
        + ")) IN ('na', 'n/a', '#n/a', 'nan', 'null', 'none', '-', '?', '.')";
  }
}
