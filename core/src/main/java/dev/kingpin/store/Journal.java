package dev.kingpin.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The diary of a run: what each finished group became, and how far the unfinished ones are. Safe for
 * use by many threads.
 */
public final class Journal implements AutoCloseable {
  private Journal() {}

  /**
   * Starts an empty journal, in place of any that is there.
   *
   * @throws dev.kingpin.data.InputException if it cannot be written
   */
  public static Journal create(Path path, RunFingerprint fingerprint) {
    throw new UnsupportedOperationException();
  }

  /**
   * Opens the journal of a killed run to go on with it. Records that cannot be trusted are dropped,
   * and {@link #repairNote} says so.
   *
   * @throws dev.kingpin.data.InputException if there is no journal, it is damaged at its start, or it
   *     belongs to another run
   */
  public static Journal resume(Path path, RunFingerprint fingerprint) {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds a record; when this returns, a kill of the process does not lose it. A second {@code
   * GROUP_DONE} of a key replaces the first; a snapshot of a key that is done is not kept.
   *
   * @throws dev.kingpin.data.InputException if it cannot be written (disk full); the journal stays
   *     usable
   */
  public void append(RecordKind kind, byte[] key, byte[] payload) {
    throw new UnsupportedOperationException();
  }

  /** The number of groups that are done, recovered ones and those added since. */
  public int doneCount() {
    throw new UnsupportedOperationException();
  }

  /** The key of done group {@code i}, in the order in which they were first done. */
  public byte[] doneKey(int i) {
    throw new UnsupportedOperationException();
  }

  /** The payload of done group {@code i}; read from the disk. */
  public byte[] donePayload(int i) {
    throw new UnsupportedOperationException();
  }

  /** Whether a group is done. */
  public boolean isDone(byte[] key) {
    throw new UnsupportedOperationException();
  }

  /** The payload of a group that is done, or empty. */
  public Optional<byte[]> findDone(byte[] key) {
    throw new UnsupportedOperationException();
  }

  /** The latest snapshot of a group that is not done, or empty. */
  public Optional<byte[]> findSnapshot(byte[] key) {
    throw new UnsupportedOperationException();
  }

  /** The keys that have a snapshot and are not done, in the order of their first snapshots. */
  public List<byte[]> snapshotKeys() {
    throw new UnsupportedOperationException();
  }

  /** What {@link #resume} had to drop, as a sentence for the user; empty if nothing. */
  public Optional<String> repairNote() {
    throw new UnsupportedOperationException();
  }

  /** Forces what was added to the disk, so that a power cut does not lose it either. */
  public void force() {
    throw new UnsupportedOperationException();
  }

  /** Forces and closes; the file stays, for a later {@link #resume}. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  /** Closes the journal and deletes its file: the artifact is in its place. */
  public void delete() {
    throw new UnsupportedOperationException();
  }
}
