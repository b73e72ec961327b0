package dev.kingpin.duckdb;

import dev.kingpin.data.InputException;
import dev.kingpin.data.ReadOptions;
import dev.kingpin.data.TableSource;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Opens tables with the embedded DuckDB.
 *
 * <p>A path may be a glob ({@code *}, {@code ?}, {@code [..]}, {@code **}); its files are read in
 * the plain byte order of their paths, so {@code part-10} comes before {@code part-2}. Columns are
 * matched by name; one that a file lacks is missing there; folders named {@code column=value} add a
 * column. Opening looks at names and types, and for CSV and JSON at all rows; the rows themselves
 * are read by each scan anew.
 *
 * <p>What reads as what:
 *
 * <ul>
 *   <li>CSV has a header line, in UTF-8, with the delimiter ({@code , ; tab |}) that its header
 *       line tells. A column is a number, truth value (true, false) or ISO date-time if all its
 *       values are, in all rows, but for words that mean missing (NA, n/a, null, none, nan, ?, -,
 *       .); else it is text.
 *   <li>A category column of a CSV is read as it is written: key 007 stays 007, and the order of
 *       the dictionary is that of the bytes. In other formats it is the text of its typed value, in
 *       the order of its type; for numbers the shortest such text, so 7, 7.0 and 7.00 are the same
 *       key.
 *   <li>Lists, structs and maps cannot be read; copies keep them.
 * </ul>
 */
public final class Tables {
  private Tables() {}

  /** One Parquet file or a glob of them. */
  public static TableSource parquet(Path path) {
    return DuckDbFormat.files(FileFormat.PARQUET, path.toString(), ReadOptions.defaults());
  }

  /** One CSV file or a glob of them; a .gz ending means that it is compressed. */
  public static TableSource csv(Path path) {
    boolean tabs = path.toString().toLowerCase(Locale.ROOT).matches(".*\\.tsv(\\.gz)?");
    FileFormat format = tabs ? FileFormat.TSV : FileFormat.CSV;
    return DuckDbFormat.files(format, path.toString(), ReadOptions.defaults());
  }

  /** One JSON file or a glob of them: an object a line, or an array of objects. */
  public static TableSource json(Path path) {
    return DuckDbFormat.files(FileFormat.JSON, path.toString(), ReadOptions.defaults());
  }

  /**
   * The rows of a query in DuckDB's SQL.
   *
   * @param orderBy expressions over the query's columns, such as {@code "day, id DESC"}; rows that
   *     they do not tell apart are ordered by all columns
   */
  public static TableSource query(String sql, String orderBy) {
    return DuckDbTable.open(
        "The query", ReadOptions.defaults(), session -> SqlQuery.open(session, sql, orderBy));
  }

  /**
   * The table at a location as the command line takes it: a file or glob that ends in .csv, .tsv,
   * .parquet, .json, .jsonl or .ndjson (the text formats also with .gz), {@code
   * file.duckdb::table}, or a query that starts with SELECT, FROM or WITH and ends with an ORDER
   * BY. That order should tell all rows apart; rows of equal rank come in any order.
   *
   * @throws InputException if it is none of these or cannot be opened
   */
  public static TableSource open(String location) {
    return new DuckDbFormat()
        .open(location, ReadOptions.defaults())
        .orElseThrow(
            () ->
                new InputException(
                    "Cannot tell what kind of table this is: ("
                        + location
                        + "). Maybe give a file"
                        + " that ends in .csv, .tsv, .parquet or .json, a glob of such files, or a"
                        + " SELECT query."));
  }
}
