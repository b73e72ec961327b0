package dev.kingpin.store;

import java.nio.file.Path;

/**
 * Where a run writes: the artifact and the files beside it.
 *
 * @param target the artifact
 * @param journal the journal of the run
 * @param lock the lock of the run
 */
public record OutputPlace(Path target, Path journal, Path lock) {
  /** How a run begins at its place. */
  public enum Start {
    /** With an empty journal; what stands there is replaced. */
    FRESH,
    /** With what the journal holds. */
    RESUME
  }

  /** The place of a target; nothing is looked at. */
  public static OutputPlace of(Path target) {
    throw new UnsupportedOperationException();
  }

  /**
   * Decides how a run may begin here; changes nothing. Call it while holding the {@link RunLock}.
   *
   * @param resume go on with a journal if there is one, else start
   * @param overwrite replace an artifact or a journal that is there
   * @throws dev.kingpin.data.InputException if something is in the way, or the folder is missing or
   *     cannot be written
   */
  public Start decide(boolean resume, boolean overwrite) {
    throw new UnsupportedOperationException();
  }
}
