package dev.kingpin.data;

/** What the values of a source column are. */
public enum ColumnType {
  /** Integers, decimals and floating point; read as {@code double}, NaN where missing. */
  NUMBER,
  /** Read as 0.0 or 1.0, NaN where missing. */
  BOOLEAN,
  /**
   * Dates, times and timestamps (UTC); read as microseconds since 1970-01-01, NaN where missing.
   */
  DATETIME,
  /** Everything else that has a text form; read as codes of a {@link Dictionary}. */
  TEXT
}
