package dev.kingpin.data;

/** One pass over a table's rows, in the order of the source. Used by one thread. */
public interface TableScan extends AutoCloseable {
  /** The dictionary of the i-th category column of the request; known before the first row. */
  Dictionary dictionary(int i);

  /** About how many rows will come, or -1 if unknown; only ever used for progress and sizing. */
  long expectedRows();

  /**
   * Fills the chunk with the next rows.
   *
   * @return false if there were none left; the chunk then has no rows
   * @throws InputException if the source cannot be read further; it names the file and the place
   */
  boolean next(Chunk chunk);

  @Override
  void close();
}
