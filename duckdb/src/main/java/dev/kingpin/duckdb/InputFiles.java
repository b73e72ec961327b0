package dev.kingpin.duckdb;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a table, in the order of their rows: the plain byte order of their paths, so {@code
 * part-10} comes before {@code part-2}. A file that exists is taken by its name even if the name
 * looks like a glob.
 */
final class InputFiles {
  private final String label;
  private final List<Path> files;
  private final List<Stamp> stamps = new ArrayList<>();

  /** What tells whether a file is still the one that was opened. */
  private record Stamp(long bytes, long modified) {
    static Stamp of(Path file) throws IOException {
      return new Stamp(Files.size(file), Files.getLastModifiedTime(file).toMillis());
    }
  }

  private InputFiles(String label, List<Path> files) {
    this.label = label;
    this.files = files;
    try {
      for (Path file : files) {
        stamps.add(Stamp.of(file));
      }
    } catch (IOException e) {
      throw new InputException("Cannot read " + label + ". Maybe it was just removed.", e);
    }
  }

  /**
   * The files at a location.
   *
   * @throws InputException if there are none or one of them is no readable file
   */
  static InputFiles at(String location, Session session) throws SQLException {
    Optional<Path> literal = path(location);
    if (literal.isPresent() && Files.exists(literal.get())) {
      Path file = literal.get();
      checkReadable(file);
      return new InputFiles(file.getFileName().toString(), List.of(file));
    }
    if (!isGlob(location)) {
      throw missing(location, literal);
    }
    List<Path> files = new ArrayList<>();
    for (var row : session.rows("SELECT file FROM glob(" + Sql.text(location) + ")")) {
      files.add(Path.of(String.valueOf(row.get(0))));
    }
    if (files.isEmpty()) {
      throw new InputException(
          "No file matches (" + location + "). Maybe the folder or the ending is another one.");
    }
    files.forEach(InputFiles::checkReadable);
    files.sort(
        (a, b) -> Arrays.compareUnsigned(Texts.utf8(a.toString()), Texts.utf8(b.toString())));
    return new InputFiles(location, List.copyOf(files));
  }

  private static Optional<Path> path(String location) {
    try {
      return Optional.of(Path.of(location));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  static boolean isGlob(String location) {
    return location.contains("*") || location.contains("?") || location.contains("[");
  }

  private static void checkReadable(Path file) {
    if (Files.isDirectory(file)) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      int dot = name.lastIndexOf('.');
      throw new InputException(
          file
              + " is a folder, not a file. Maybe read the files in it: ("
              + file
              + "/*"
              + (dot < 0 ? ".parquet" : name.substring(dot))
              + ").");
    }
    if (!Files.isReadable(file)) {
      throw new InputException(
          "The file " + file + " cannot be read. Maybe it belongs to another user.");
    }
  }

  private static InputException missing(String location, Optional<Path> path) {
    Optional<String> near =
        path.map(Path::getFileName)
            .flatMap(name -> Spelling.nearest(name.toString(), siblings(path.get())));
    return new InputException(
        "There is no file ("
            + location
            + "). Maybe "
            + near.map(name -> "you meant (" + name + ")?")
                .orElse(
                    "the path is relative to another folder than "
                        + Path.of("").toAbsolutePath()
                        + "."));
  }

  private static List<String> siblings(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** What messages call the table. */
  String label() {
    return label;
  }

  List<Path> files() {
    return files;
  }

  /** The files as a list in SQL, each name guarded against being read as a glob. */
  static String sql(List<Path> files) {
    return Sql.list(files.stream().map(file -> guarded(file.toString())).toList());
  }

  private static String guarded(String path) {
    return path.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]");
  }

  /**
   * Holds that the files are still those that were opened.
   *
   * @throws InputException if one was written to or removed
   */
  void check() {
    for (int i = 0; i < stamps.size(); i++) {
      boolean same;
      try {
        same = Stamp.of(files.get(i)).equals(stamps.get(i));
      } catch (IOException e) {
        same = false;
      }
      if (!same) {
        throw changed(files.get(i).toString());
      }
    }
  }

  static InputException changed(String what) {
    return new InputException(
        what
            + " changed while it was in use. Maybe another program still writes it; try again on a"
            + " copy.");
  }
}
