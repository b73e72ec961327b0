package dev.kingpin.data;

import java.util.Optional;

/** Opens tables of some kinds of place; found with {@link java.util.ServiceLoader}. */
public interface TableFormat {
  /**
   * The table at a location, or empty if this format does not know such locations.
   *
   * @param location a file, a glob, or a query, as the user wrote it
   * @param options limits that the reader keeps
   * @throws InputException if the location is of this format but cannot be opened
   */
  Optional<TableSource> open(String location, ReadOptions options);
}
