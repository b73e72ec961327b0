package dev.kingpin.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder for what does not fit into memory, open to the user alone. It goes when it is closed, or
 * when the JVM ends before that.
 */
final class SpillFolder implements AutoCloseable {
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> OPEN.forEach(SpillFolder::delete), "kingpin-spill"));
  }

  private final Path path;

  SpillFolder() {
    try {
      path = Files.createTempDirectory("kingpin-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    OPEN.add(path);
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    delete(path);
    OPEN.remove(path);
  }

  private static void delete(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // Whoever cleans the temporary folder will find it.
    }
  }
}
