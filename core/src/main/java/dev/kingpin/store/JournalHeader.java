package dev.kingpin.store;

import dev.kingpin.data.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The first bytes of a journal: whose it is. */
final class JournalHeader {
  static final int VERSION = 1;

  private static final byte[] MAGIC = "KINGPINJ".getBytes(StandardCharsets.US_ASCII);

  /** magic, version, fingerprint, CRC of all before. */
  static final int BYTES = MAGIC.length + Integer.BYTES + RunFingerprint.BYTES + Integer.BYTES;

  private JournalHeader() {}

  static byte[] encode(RunFingerprint fingerprint) {
    ByteBuffer header = ByteBuffer.allocate(BYTES);
    header.put(MAGIC).putInt(VERSION).put(fingerprint.digests());
    return Checksum.seal(header).array();
  }

  /**
   * Looks whether a file is the journal of a run.
   *
   * @throws InputException if it is not
   */
  static void check(StoreFile file, RunFingerprint fingerprint) {
    Path path = file.path();
    if (file.length() < BYTES) {
      throw damaged(path);
    }
    byte[] header = file.read(0, BYTES);
    if (!Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw damaged(path);
    }
    int version = ByteBuffer.wrap(header).getInt(MAGIC.length);
    if (version > VERSION) {
      throw Refusal.newer(path, version, VERSION);
    }
    if (version < 1 || !Checksum.isSealed(header, BYTES - Integer.BYTES)) {
      throw damaged(path);
    }
    int from = MAGIC.length + Integer.BYTES;
    var differences =
        fingerprint.differences(Arrays.copyOfRange(header, from, from + RunFingerprint.BYTES));
    if (!differences.isEmpty()) {
      throw new InputException(
          "The journal (%s) belongs to another run: not the same %s."
                  .formatted(path, String.join(", not the same ", differences))
              + " Maybe use --overwrite to start again, or run with the same words and data.");
    }
  }

  private static InputException damaged(Path path) {
    return new InputException(
        "The start of the journal ("
            + path
            + ") is damaged. Maybe use --overwrite to start again.");
  }
}
