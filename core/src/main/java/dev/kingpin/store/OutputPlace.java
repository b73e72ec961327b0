package dev.kingpin.store;

import dev.kingpin.data.InputException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a run writes: the artifact and the files beside it.
 *
 * @param target the artifact
 * @param journal the journal of the run
 * @param lock the lock of the run
 */
record OutputPlace(Path target, Path journal, Path lock) {
  /** How a run begins at its place. */
  enum Start {
    /** With an empty journal; what stands there is replaced. */
    FRESH,
    /** With what the journal holds. */
    RESUME,
    /** With nothing left to do, if the artifact is that of the same run. */
    COMPLETE
  }

  /**
   * The place of a target; nothing is looked at.
   *
   * @throws InputException if the path has no file name
   */
  static OutputPlace of(Path target) {
    if (target.getFileName() == null || target.getFileName().toString().isEmpty()) {
      throw new InputException(
          "This is not the name of a file: (" + target + "). Maybe add one, such as model.kp.");
    }
    return new OutputPlace(
        target, AtomicFile.beside(target, ".journal"), AtomicFile.beside(target, ".lock"));
  }

  /**
   * Decides how a run may begin here; changes nothing. Call it while holding the {@link RunLock}.
   *
   * <p>With a journal there, {@code resume} goes on with it, also where an artifact stands beside
   * it: that one is older than the journal, or was finished from it a moment before the kill. With
   * an artifact alone, the run may have been killed right after its end.
   *
   * @param resume go on with a journal if there is one, else start
   * @param overwrite replace an artifact or a journal that is there
   * @throws InputException if something is in the way, or the folder is missing or cannot be
   *     written
   */
  Start decide(boolean resume, boolean overwrite) {
    requireFolder();
    if (Files.isDirectory(target)) {
      throw new InputException("(" + target + ") is a folder. Maybe add the name of a file in it.");
    }
    boolean journalled = Files.exists(journal);
    if (resume && journalled) {
      return Start.RESUME;
    }
    if (journalled && !overwrite) {
      throw new InputException(
          "A run to (%s) was begun and has not ended: (%s) is there.".formatted(target, journal)
              + " Maybe add --resume to go on or --overwrite to start again.");
    }
    if (Files.exists(target) && !overwrite) {
      if (resume) {
        return Start.COMPLETE;
      }
      throw new InputException(
          "(%s) is there already. Maybe add --overwrite to replace it, or choose another --out."
              .formatted(target));
    }
    return Start.FRESH;
  }

  /**
   * Looks for the folder of the target.
   *
   * @throws InputException if it is missing or cannot be written
   */
  void requireFolder() {
    Path folder = AtomicFile.folderOf(target);
    if (!Files.exists(folder)) {
      throw new InputException(
          "There is no folder (%s) to write (%s) to. Maybe create it, or check the path."
              .formatted(folder, target.getFileName()));
    }
    if (!Files.isDirectory(folder)) {
      throw new InputException("(" + folder + ") is not a folder. Maybe check the path.");
    }
    if (!Files.isWritable(folder)) {
      throw new InputException(
          "The folder (" + folder + ") cannot be written. Maybe choose another --out.");
    }
  }
}
