package dev.kingpin.duckdb.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DriverDoorTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path ADAPTER = SOURCES.resolve("dev/kingpin/duckdb/driver/jdbc");

  /** Else the driver would be loaded twice, and its library unpacked after all. */
  @Test
  void onlyTheAdapterNamesTheDriversTypes() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      assertThat(files.filter(DriverDoorTest::namesTheDriver))
          .isNotEmpty()
          .allMatch(file -> file.startsWith(ADAPTER));
    }
  }

  private static boolean namesTheDriver(Path file) {
    try {
      return file.toString().endsWith(".java")
          && Files.readString(file).lines().anyMatch(line -> line.startsWith("import org.duckdb"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
