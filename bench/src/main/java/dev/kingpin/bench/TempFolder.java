package dev.kingpin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone when it is closed or the JVM ends, with all that is in it. */
record TempFolder(Path path) implements AutoCloseable {
  static TempFolder create() throws IOException {
    TempFolder folder = new TempFolder(Files.createTempDirectory("kingpin-bench"));
    Runtime.getRuntime().addShutdownHook(new Thread(folder::closeQuietly));
    return folder;
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      System.err.println("Could not delete " + path);
    }
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(path)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.delete(each);
    }
  }
}
