package dev.kingpin.data;

import java.util.Optional;
import java.util.ServiceLoader;

/** The one door to all table formats on the class path. */
public final class TableSources {
  private TableSources() {}

  /**
   * Opens the table at a location.
   *
   * @throws InputException if no format knows the location or it cannot be opened
   */
  public static TableSource open(String location, ReadOptions options) {
    for (TableFormat format : ServiceLoader.load(TableFormat.class)) {
      Optional<TableSource> source = format.open(location, options);
      if (source.isPresent()) {
        return source.get();
      }
    }
    throw new InputException(
        "Cannot tell what kind of table this is: ("
            + location
            + "). Maybe give a file that ends"
            + " in .csv, .tsv, .parquet or .json, a glob of such files, or a SELECT query.");
  }
}
