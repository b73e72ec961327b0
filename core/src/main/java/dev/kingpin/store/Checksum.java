package dev.kingpin.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;

/** The sums that guard bytes in a file. */
final class Checksum {
  private Checksum() {}

  /** CRC32C of a whole array. */
  static int of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** CRC32C of a part of an array. */
  static int of(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** CRC32C of a number followed by a part of an array: the same bytes elsewhere sum otherwise. */
  static int of(int number, byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, number));
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** Puts the CRC32C of all that the buffer holds so far behind it. */
  static ByteBuffer seal(ByteBuffer buffer) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.duplicate().flip());
    return buffer.putInt((int) crc.getValue());
  }

  /** Whether the {@code length} bytes from 0 are followed by their CRC32C. */
  static boolean isSealed(byte[] bytes, int length) {
    return of(bytes, 0, length) == ByteBuffer.wrap(bytes).getInt(length);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
