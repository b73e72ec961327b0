package dev.kingpin.store;

import dev.kingpin.data.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The words in which this package refuses a file. */
final class Refusal {
  private Refusal() {}

  static InputException damaged(String part, Path path) {
    return new InputException(
        part + " of (" + path + ") is damaged. Maybe restore the file from a copy or train again.");
  }

  static InputException cutOff(Path path) {
    return new InputException(
        "The end of ("
            + path
            + ") is cut off or damaged. Maybe restore the file from a copy or train again.");
  }

  static InputException newer(Path path, int version, int known) {
    return new InputException(
        ("(%s) has format version %d, and this Kingpin knows versions up to %d."
                + " Maybe upgrade Kingpin.")
            .formatted(path, version, known));
  }

  static InputException unreadable(Path path, IOException cause) {
    return new InputException(
        "Cannot read ("
            + path
            + "): "
            + reason(path, cause)
            + ". Maybe check the disk and your rights to the file.",
        cause);
  }

  static InputException unwritable(Path path, IOException cause) {
    return new InputException(
        "Cannot write ("
            + path
            + "): "
            + reason(path, cause)
            + ". Maybe free some space, or choose a folder that you may write to.",
        cause);
  }

  /** What the system said, without the path that it likes to repeat. */
  private static String reason(Path path, IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "no such file";
    }
    String reason =
        cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
    if (reason == null) {
      return cause.getClass().getSimpleName();
    }
    String start = path + " (";
    return reason.startsWith(start) && reason.endsWith(")")
        ? reason.substring(start.length(), reason.length() - 1)
        : reason;
  }
}
