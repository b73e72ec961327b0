package dev.kingpin.store;

/** Bytes that are read at positions. */
interface ByteSource {
  /**
   * The {@code length} bytes at a position.
   *
   * @throws dev.kingpin.data.InputException if there are fewer, or they cannot be read
   */
  byte[] read(long position, int length);
}
