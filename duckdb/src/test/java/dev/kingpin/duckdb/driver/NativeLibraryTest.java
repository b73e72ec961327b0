package dev.kingpin.duckdb.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  private static final ClassLoader LOADER = NativeLibrary.class.getClassLoader();

  @TempDir Path folder;

  @Test
  void isUnpackedOnceIntoAFolderClosedToOthers() throws IOException {
    Path cache = folder.resolve("a/cache");
    Path file = NativeLibrary.unpacked(LOADER, cache).orElseThrow();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));

    assertThat(NativeLibrary.unpacked(LOADER, cache)).contains(file);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(1_000_000));
    assertThat(files(cache)).containsExactly(file.getFileName().toString());
    assumeTrue(isPosix());
    assertThat(Files.getPosixFilePermissions(cache))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void isUnpackedAgainIfItWasChanged() throws IOException {
    Path file = NativeLibrary.unpacked(LOADER, folder.resolve("cache")).orElseThrow();
    byte[] whole = Files.readAllBytes(file);
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 1;

    for (byte[] content : List.of(changed, new byte[] {1, 2})) {
      Files.write(file, content);
      assertThat(NativeLibrary.unpacked(LOADER, folder.resolve("cache"))).contains(file);
      assertThat(file).hasBinaryContent(whole);
    }
  }

  @Test
  void isNotKeptWhereOthersCouldChangeIt() throws IOException {
    assumeTrue(isPosix());
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(NativeLibrary.unpacked(LOADER, open)).isEmpty();
    assertThat(files(open)).isEmpty();
  }

  @Test
  void isNotKeptWhereNoFolderCanBe() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(NativeLibrary.unpacked(LOADER, file)).isEmpty();
    assertThat(NativeLibrary.unpacked(LOADER, file.resolve("below"))).isEmpty();
    assertThat(NativeLibrary.unpacked(LOADER, null)).isEmpty();
  }

  @Test
  void theDriverWorksWithAndWithoutIt() throws SQLException {
    assertAnswers(folder.resolve("cache"));
    assertAnswers(null);
  }

  private static void assertAnswers(@Nullable Path cache) throws SQLException {
    Driver driver = Drivers.find(cache);
    boolean isolated = driver.getClass().getClassLoader() instanceof IsolatedLoader;

    assertThat(isolated).isEqualTo(cache != null);
    try (Connection connection = driver.connect(new Properties());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT 42")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getInt(1)).isEqualTo(42);
    }
  }

  private static boolean isPosix() {
    return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.map(f -> f.getFileName().toString()).toList();
    }
  }
}
