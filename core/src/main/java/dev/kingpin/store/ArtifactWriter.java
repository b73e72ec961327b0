package dev.kingpin.store;

import java.nio.file.Path;

/**
 * Writes an artifact. The target changes once, in {@link #finish}, from what was there before to the
 * whole new file; closed earlier, nothing is left behind. The same header and entries give the same
 * bytes. One thread at a time.
 */
public final class ArtifactWriter implements AutoCloseable {
  /** The longest key, in bytes. */
  public static final int MAX_KEY_BYTES = 1 << 20;

  /** The longest payload and the longest header, in bytes. */
  public static final int MAX_PAYLOAD_BYTES = 1 << 30;

  private ArtifactWriter() {}

  /**
   * Starts the file beside its target, under the target's name and {@code .tmp}.
   *
   * @throws dev.kingpin.data.InputException if it cannot be written
   */
  public static ArtifactWriter create(Path target, byte[] header) {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds the next entry. Entries are listed in the order in which they are added.
   *
   * @throws dev.kingpin.data.InputException if it cannot be written
   */
  public void add(byte[] key, byte[] payload) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes the index, forces the file to the disk and puts it in the target's place.
   *
   * @throws IllegalArgumentException if two entries have the same key
   * @throws dev.kingpin.data.InputException if it cannot be written; the target is as it was
   */
  public void finish() {
    throw new UnsupportedOperationException();
  }

  /** Ends the writing; without {@link #finish} before, what was written is thrown away. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
