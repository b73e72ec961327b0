package dev.kingpin.data;

import java.util.List;
import java.util.stream.IntStream;

/** The rows of a small table, encoded as a trained table was, in blocks as a test wants them. */
public final class EncodedRows {
  private final RowReader reader;

  private EncodedRows(RowReader reader) {
    this.reader = reader;
  }

  /** Reads a table of at most one chunk; its rows are grouped by column {@code g}. */
  public static EncodedRows read(TableSource source, GroupedTable trained) {
    RowReader reader =
        new RowReader(source, List.of("g"), trained.features(), trained.target(), null, null);
    if (!reader.next()) {
      throw new IllegalArgumentException("No rows");
    }
    return new EncodedRows(reader);
  }

  /** All rows as one block, in the order of the source. */
  public RowBlock all() {
    return reader.block(IntStream.range(0, reader.rows()).toArray(), 0, reader.rows());
  }

  /** One row as a block of its own. */
  public RowBlock row(int i) {
    return reader.block(new int[] {i}, 0, 1);
  }
}
