package dev.kingpin.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table to train on or to predict: files, a query, or arrays in memory. The order of its rows is
 * part of it: two scans give the same rows in the same order. Globs are read in the order of their
 * file names.
 */
public interface TableSource {
  /** The columns; the schema's table name is what messages call this source. */
  Schema schema();

  /**
   * Starts a pass over the rows.
   *
   * @throws InputException if a column is missing or the condition is not understood
   */
  TableScan scan(ScanRequest request);

  /**
   * Starts to write a copy of this table with columns added on the right. The ending of {@code out}
   * chooses the format (.csv, .parquet, .json). Nothing appears at {@code out} before {@link
   * RowWriter#finish}, and then all of it does.
   *
   * @param where a condition, as in {@link ScanRequest}, that the rows to copy meet, or null for
   *     all
   * @throws InputException if the ending is unknown or the place cannot be written
   */
  RowWriter copyTo(Path out, List<Column> added, @Nullable String where);

  /** Starts to write a copy of all rows. */
  default RowWriter copyTo(Path out, List<Column> added) {
    return copyTo(out, added, null);
  }
}
