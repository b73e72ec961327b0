package dev.kingpin.store;

import dev.kingpin.data.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Where the parts of an artifact lie, in bytes from the start of its file; {@link Artifact} tells
 * what they are.
 *
 * @param headerLength the length of the header
 * @param headerChecksum the CRC32C of the header
 * @param indexStart where the entries end and the index begins
 * @param size the number of entries
 */
record ArtifactLayout(int headerLength, int headerChecksum, long indexStart, int size) {
  static final int VERSION = 1;
  static final int HEAD_BYTES = 24;
  static final int FRAME_BYTES = 16;
  static final int LOCATOR_BYTES = 20;
  static final int HASH_BYTES = 12;
  static final int DIGEST_BYTES = 32;
  static final int FOOTER_BYTES = 56;

  private static final byte[] MAGIC = "KINGPIN\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END_MAGIC = "\0NIPGNIK".getBytes(StandardCharsets.US_ASCII);

  long entriesStart() {
    return HEAD_BYTES + (long) headerLength;
  }

  long locatorStart(int entry) {
    return indexStart + (long) LOCATOR_BYTES * entry;
  }

  long hashStart(int record) {
    return locatorStart(size) + (long) HASH_BYTES * record;
  }

  long footerStart() {
    return hashStart(size);
  }

  long fileLength() {
    return footerStart() + FOOTER_BYTES;
  }

  byte[] encodeHead() {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    head.put(MAGIC).putInt(VERSION).putInt(headerLength).putInt(headerChecksum);
    return Checksum.seal(head).array();
  }

  byte[] encodeFooter(byte[] digest) {
    ByteBuffer footer = ByteBuffer.allocate(FOOTER_BYTES);
    footer.putLong(indexStart).putInt(size).put(digest);
    return Checksum.seal(footer).put(END_MAGIC).array();
  }

  /**
   * Reads the two ends of a file.
   *
   * @throws InputException if they are not those of an artifact that this version can read
   */
  static ArtifactLayout read(StoreFile file) {
    ByteBuffer head = readHead(file);
    long length = file.length();
    byte[] bytes = file.read(length - FOOTER_BYTES, FOOTER_BYTES);
    ByteBuffer footer = ByteBuffer.wrap(bytes);
    ArtifactLayout layout =
        new ArtifactLayout(head.getInt(), head.getInt(), footer.getLong(), footer.getInt());
    if (!endsWell(bytes) || !layout.fits(length)) {
      throw Refusal.cutOff(file.path());
    }
    return layout;
  }

  /** The key CRC of an entry, from its frame with the key behind it. */
  static int keyChecksum(int entry, byte[] framed) {
    int lengths = 2 * Integer.BYTES;
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, entry));
    crc.update(framed, 0, lengths);
    crc.update(framed, FRAME_BYTES, framed.length - FRAME_BYTES);
    return (int) crc.getValue();
  }

  /** The digest that the footer holds. */
  byte[] readDigest(StoreFile file) {
    return file.read(footerStart() + Long.BYTES + Integer.BYTES, DIGEST_BYTES);
  }

  static InputException foreign(Path path) {
    return new InputException(
        "This is not a Kingpin file: (" + path + "). Maybe another file was meant.");
  }

  /** The head of a file, standing before the length of the header. */
  private static ByteBuffer readHead(StoreFile file) {
    Path path = file.path();
    long length = file.length();
    if (length < MAGIC.length || !Arrays.equals(file.read(0, MAGIC.length), MAGIC)) {
      throw foreign(path);
    }
    if (length < HEAD_BYTES + FOOTER_BYTES) {
      throw Refusal.cutOff(path);
    }
    byte[] bytes = file.read(0, HEAD_BYTES);
    ByteBuffer head = ByteBuffer.wrap(bytes).position(MAGIC.length);
    int version = head.getInt();
    if (version > VERSION) {
      throw Refusal.newer(path, version, VERSION);
    }
    if (version < 1 || !Checksum.isSealed(bytes, HEAD_BYTES - Integer.BYTES)) {
      throw Refusal.damaged("The head", path);
    }
    return head;
  }

  private static boolean endsWell(byte[] footer) {
    int magic = FOOTER_BYTES - END_MAGIC.length;
    return Arrays.equals(footer, magic, FOOTER_BYTES, END_MAGIC, 0, END_MAGIC.length)
        && Checksum.isSealed(footer, magic - Integer.BYTES);
  }

  private boolean fits(long length) {
    return headerLength >= 0 && size >= 0 && indexStart >= entriesStart() && fileLength() == length;
  }
}
