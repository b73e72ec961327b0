package dev.kingpin.duckdb;

import dev.kingpin.data.Column;
import dev.kingpin.data.InputException;
import dev.kingpin.data.ReadOptions;
import dev.kingpin.data.RowWriter;
import java.nio.file.Path;
import java.util.List;

/** Writes tables to files. */
public final class TableWriters {
  private TableWriters() {}

  /**
   * Starts to write a table. The ending of {@code out} chooses the format: .csv, .tsv, .parquet,
   * .json (one object a line), and .gz behind the text formats. A NUMBER column whose values come
   * as {@code long[]} is written as whole numbers; DATETIME values come as microseconds in {@code
   * double[]}. Nothing appears at {@code out} before {@link RowWriter#finish}, and then all of it
   * does, in place of a file that is there.
   *
   * @throws InputException if the ending is unknown, the place cannot be written, or two columns
   *     have the same name
   */
  public static RowWriter write(Path out, List<Column> columns) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("A table needs a column");
    }
    return TableWriter.start(out, null, columns, ReadOptions.defaults());
  }
}
