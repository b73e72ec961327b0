package dev.kingpin.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** All models of a run in one file: a header and one entry a group, read at random. */
public final class Artifact implements AutoCloseable {
  private Artifact() {}

  /**
   * Opens the artifact at a path; reads its two ends only, whatever its size.
   *
   * @throws dev.kingpin.data.InputException if there is no such file, it is no Kingpin file, of a
   *     newer format, cut off, or damaged at its ends
   */
  public static Artifact open(Path path) {
    throw new UnsupportedOperationException();
  }

  /** The file this artifact was opened from. */
  public Path path() {
    throw new UnsupportedOperationException();
  }

  /**
   * The header as it was given to the writer.
   *
   * @throws dev.kingpin.data.InputException if it is damaged
   */
  public byte[] header() {
    throw new UnsupportedOperationException();
  }

  /** The number of entries. */
  public int size() {
    throw new UnsupportedOperationException();
  }

  /**
   * The payload of a key, or empty if the artifact has no such key.
   *
   * @throws dev.kingpin.data.InputException if what had to be read is damaged
   */
  public Optional<byte[]> find(byte[] key) {
    throw new UnsupportedOperationException();
  }

  /**
   * The number of a key's entry, from 0, or empty if the artifact has no such key.
   *
   * @throws dev.kingpin.data.InputException if what had to be read is damaged
   */
  public OptionalInt indexOf(byte[] key) {
    throw new UnsupportedOperationException();
  }

  /**
   * The key of entry {@code i}, in the writer's order; its payload is not read.
   *
   * @throws dev.kingpin.data.InputException if it is damaged
   */
  public byte[] key(int i) {
    throw new UnsupportedOperationException();
  }

  /**
   * The payload of entry {@code i}, in the writer's order.
   *
   * @throws dev.kingpin.data.InputException if it is damaged
   */
  public byte[] payload(int i) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads the whole file and checks every sum in it.
   *
   * @throws dev.kingpin.data.InputException naming the first part that is damaged
   */
  public void verify() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
