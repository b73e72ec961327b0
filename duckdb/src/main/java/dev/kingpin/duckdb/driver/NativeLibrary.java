package dev.kingpin.duckdb.driver;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB's native library, unpacked once into a folder of the user's own.
 *
 * <p>The folder is the user's cache folder, or what the system property {@value #PROPERTY} names
 * ({@code off} for none). It must belong to the user and be closed to others, and the file's size
 * and checksum must be those of the packed library; else there is no unpacked library.
 */
final class NativeLibrary {
  static final String PROPERTY = "kingpin.native.cache";
  static final String RESOURCE = "libduckdb_java.so_";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private NativeLibrary() {}

  /**
   * The library for this machine as a file, or empty if it cannot be had that way.
   *
   * @param folder where to keep it, or null for nowhere
   */
  static Optional<Path> unpacked(ClassLoader loader, @Nullable Path folder) {
    URL packed = loader.getResource(RESOURCE + osName() + "_" + architecture());
    if (packed == null || folder == null) {
      return Optional.empty();
    }
    try {
      return packed.openConnection() instanceof JarURLConnection jar
          ? Optional.of(unpacked(jar, folder))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Path unpacked(JarURLConnection connection, Path folder) throws IOException {
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      JarEntry entry = connection.getJarEntry();
      String name = String.format(Locale.ROOT, "libduckdb_java-%08x.so", entry.getCrc());
      prepare(folder);
      Path file = folder.toRealPath().resolve(name);
      if (!isSame(file, entry)) {
        unpack(jar, entry, file);
      }
      return file;
    }
  }

  private static void prepare(Path folder) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.toAbsolutePath().getParent());
      if (posix) {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      } else {
        Files.createDirectory(folder);
      }
    }
    if (posix && !isOurs(folder)) {
      throw new IOException("Not closed to others: " + folder);
    }
  }

  private static boolean isOurs(Path folder) throws IOException {
    if (!Files.getPosixFilePermissions(folder).equals(OWNER_ONLY)) {
      return false;
    }
    Path probe = Files.createTempFile(folder, ".probe", null);
    try {
      return Files.getOwner(probe).equals(Files.getOwner(folder));
    } finally {
      Files.delete(probe);
    }
  }

  private static boolean isSame(Path file, JarEntry entry) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != entry.getSize()) {
      return false;
    }
    CRC32 checksum = new CRC32();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      checksum.update(channel.map(MapMode.READ_ONLY, 0, channel.size()));
    }
    return checksum.getValue() == entry.getCrc();
  }

  private static void unpack(JarFile jar, JarEntry entry, Path file) throws IOException {
    Path temporary = Files.createTempFile(file.getParent(), ".unpacking", null);
    try {
      try (InputStream in = jar.getInputStream(entry)) {
        Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
      }
      if (!isSame(temporary, entry)) {
        throw new IOException("Not unpacked whole: " + file);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Where the user wants it kept, or null. */
  static @Nullable Path folder() {
    String asked = System.getProperty(PROPERTY);
    if (asked != null) {
      return asked.equals("off") ? null : Path.of(asked);
    }
    Path cache = cache(osName(), System.getProperty("user.home", ""));
    return cache == null ? null : cache.resolve("kingpin-native");
  }

  private static @Nullable Path cache(String os, String home) {
    String named = System.getenv(os.equals("windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
    if (named != null && !named.isEmpty() && Path.of(named).isAbsolute()) {
      return Path.of(named);
    }
    if (home.isEmpty() || !Files.isDirectory(Path.of(home))) {
      return null;
    }
    return switch (os) {
      case "windows" -> null;
      case "macos" -> Path.of(home, "Library", "Caches");
      default -> Path.of(home, ".cache");
    };
  }

  /** Names of operating systems as in the driver's resources. */
  private static String osName() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return "windows";
    }
    return name.startsWith("mac") ? "macos" : name.startsWith("linux") ? "linux" : "other";
  }

  private static String architecture() {
    String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "x86_64", "amd64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      default -> name;
    };
  }
}
