package dev.kingpin.store;

import java.util.Arrays;

/** Bytes that are read at positions. */
interface ByteSource {
  /**
   * The {@code length} bytes at a position.
   *
   * @throws dev.kingpin.data.InputException if there are fewer, or they cannot be read
   */
  byte[] read(long position, int length);

  /** The same file for one thread that reads it from front to back, in fewer and larger pieces. */
  static ByteSource readAhead(StoreFile file) {
    return new ReadAhead(file);
  }

  /** Keeps the piece around the last position. */
  final class ReadAhead implements ByteSource {
    private static final int PIECE_BYTES = 1 << 18;

    private final StoreFile file;
    private final long end;
    private byte[] piece = {};
    private long start;

    private ReadAhead(StoreFile file) {
      this.file = file;
      this.end = file.length();
    }

    @Override
    public byte[] read(long position, int length) {
      if (length > PIECE_BYTES || length > end - position) {
        return file.read(position, length);
      }
      if (position < start || position + length > start + piece.length) {
        piece = file.read(position, (int) Math.min(PIECE_BYTES, end - position));
        start = position;
      }
      int from = (int) (position - start);
      return Arrays.copyOfRange(piece, from, from + length);
    }
  }
}
