package dev.kingpin.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The source files and pages of the repository. */
final class Sources {
  private static final Path ROOT = root();

  private Sources() {}

  /**
   * @param path below the repository's root
   */
  record Source(Path path, String text) {
    long lines() {
      return text.lines().count();
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  private static Path root() {
    String given = System.getProperty("kingpin.root");
    if (given != null) {
      return Path.of(given);
    }
    Path folder = Path.of("").toAbsolutePath();
    return Files.exists(folder.resolve("ARCHITECTURE.md")) ? folder : folder.resolveSibling("");
  }

  /** Java files below this folder of every module, such as {@code src/main/java}. */
  static List<Source> java(String folder) {
    List<Source> sources = new ArrayList<>();
    for (Path module : folders()) {
      Path start = module.resolve(folder);
      if (Files.isDirectory(start)) {
        try (Stream<Path> files = Files.walk(start)) {
          files.filter(f -> f.toString().endsWith(".java")).sorted().forEach(f -> add(sources, f));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return sources;
  }

  private static void add(List<Source> sources, Path file) {
    sources.add(new Source(ROOT.relativize(file), text(file)));
  }

  /** Folders of all modules. */
  static List<Path> folders() {
    try (Stream<Path> files = Files.list(ROOT)) {
      return files.filter(f -> Files.exists(f.resolve("pom.xml"))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page at the root; fails if it is not there. */
  static String read(String page) {
    return text(ROOT.resolve(page));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
