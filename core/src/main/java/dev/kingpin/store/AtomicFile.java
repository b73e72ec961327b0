package dev.kingpin.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Whole files that appear at once: written beside their place, forced to the disk, renamed. */
final class AtomicFile {
  private AtomicFile() {}

  /** The file in which the next content of a path is prepared; a killed run may leave one. */
  static Path draftOf(Path path) {
    return beside(path, ".tmp");
  }

  /** The path with an ending more. */
  static Path beside(Path path, String ending) {
    return path.resolveSibling(path.getFileName() + ending);
  }

  /** The folder that a path is in. */
  static Path folderOf(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }

  /** Forces the draft of a path to the disk, closes it and puts it in the place of the path. */
  static void publish(StoreFile draft, Path path) {
    draft.force();
    draft.close();
    try {
      Files.move(draft.path(), path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Refusal.unwritable(path, e);
    }
    forceFolder(folderOf(path));
  }

  static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw Refusal.unwritable(path, e);
    }
  }

  /** Deletes what is only litter. */
  static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // The next draft of this name replaces it.
    }
  }

  /** Forces a rename to the disk where a folder can be opened; a power cut matters only there. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders. The file itself is whole either way.
    }
  }
}
