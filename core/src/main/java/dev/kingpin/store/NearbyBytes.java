package dev.kingpin.store;

import java.util.Arrays;

/**
 * A file for one thread that reads small parts close together: a larger piece is read at once and
 * serves all parts that lie in it. What is written meanwhile may not be seen.
 */
final class NearbyBytes implements ByteSource {
  private final ByteSource file;
  private final long end;
  private final int pieceBytes;
  private final int bytesBefore;
  private byte[] piece = {};
  private long start;

  /**
   * Nothing is read yet.
   *
   * @param end no piece goes beyond this position
   * @param pieceBytes the length of a piece
   * @param bytesBefore how much of a piece lies before the part that was asked for
   */
  NearbyBytes(ByteSource file, long end, int pieceBytes, int bytesBefore) {
    this.file = file;
    this.end = end;
    this.pieceBytes = pieceBytes;
    this.bytesBefore = bytesBefore;
  }

  @Override
  public byte[] read(long position, int length) {
    if (position < start || length > start + piece.length - position) {
      if (length > pieceBytes - bytesBefore || length > end - position) {
        return file.read(position, length);
      }
      start = Math.max(0, position - bytesBefore);
      piece = file.read(start, (int) Math.min(pieceBytes, end - start));
    }
    int from = (int) (position - start);
    return Arrays.copyOfRange(piece, from, from + length);
  }
}
