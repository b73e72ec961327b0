package dev.kingpin.store;

import dev.kingpin.data.InputException;
import java.nio.ByteBuffer;

/** The index of an artifact, read record by record where it lies. */
final class ArtifactIndex {
  private static final long HASHES = 1L << 32;
  private static final int SEARCH_BYTES = 1 << 12;

  private final StoreFile file;
  private final ArtifactLayout layout;

  ArtifactIndex(StoreFile file, ArtifactLayout layout) {
    this.file = file;
    this.layout = layout;
  }

  /**
   * Where the key and the payload of an entry are.
   *
   * @param offset where the frame of the entry begins
   */
  record Locator(long offset, int keyLength, int payloadLength) {
    static byte[] encode(int entry, long offset, int keyLength, int payloadLength) {
      ByteBuffer record = ByteBuffer.allocate(ArtifactLayout.LOCATOR_BYTES);
      return sealed(record.putLong(offset).putInt(keyLength).putInt(payloadLength), entry);
    }

    long payloadStart() {
      return offset + ArtifactLayout.FRAME_BYTES + keyLength;
    }
  }

  /**
   * The entry of a key under the hash of the key.
   *
   * @param hash from 0 to 2^32 - 1
   */
  record Hashed(long hash, int entry) {
    /** Hash and entry as one number that sorts like the index: the hash, then the entry. */
    static long pack(int hash, int entry) {
      return Integer.toUnsignedLong(hash) << 31 | entry;
    }

    static Hashed unpack(long packed) {
      return new Hashed(packed >>> 31, (int) packed & Integer.MAX_VALUE);
    }

    long packed() {
      return hash << 31 | entry;
    }

    byte[] encode(int record) {
      ByteBuffer bytes = ByteBuffer.allocate(ArtifactLayout.HASH_BYTES);
      return sealed(bytes.putInt((int) hash).putInt(entry), record);
    }
  }

  /** The bytes put so far and the CRC over a number and them. */
  private static byte[] sealed(ByteBuffer record, int number) {
    byte[] bytes = new byte[record.position() + Integer.BYTES];
    int body = record.position();
    record.flip().get(bytes, 0, body);
    ByteBuffer.wrap(bytes).putInt(body, Checksum.of(number, bytes, 0, body));
    return bytes;
  }

  Locator locator(int entry) {
    ByteBuffer record = read(file, layout.locatorStart(entry), ArtifactLayout.LOCATOR_BYTES, entry);
    Locator locator = new Locator(record.getLong(), record.getInt(), record.getInt());
    boolean inside =
        locator.offset >= layout.entriesStart()
            && locator.offset < layout.indexStart()
            && locator.keyLength >= 0
            && locator.payloadLength >= 0
            && locator.payloadStart() + locator.payloadLength <= layout.indexStart();
    if (!inside) {
      throw damaged();
    }
    return locator;
  }

  /** The record of a number, from the file or from what {@link #near} has of it. */
  Hashed hashed(ByteSource source, int record) {
    ByteBuffer bytes = read(source, layout.hashStart(record), ArtifactLayout.HASH_BYTES, record);
    Hashed hashed = new Hashed(Integer.toUnsignedLong(bytes.getInt()), bytes.getInt());
    if (hashed.entry < 0 || hashed.entry >= layout.size()) {
      throw damaged();
    }
    return hashed;
  }

  /** The file for one search, whose last steps are close together. */
  ByteSource near() {
    return new NearbyBytes(file, layout.footerStart(), SEARCH_BYTES, SEARCH_BYTES / 2);
  }

  /** The number of the first record whose hash is not below; the number of records if none is. */
  int firstAtOrAbove(ByteSource source, long hash) {
    int low = 0;
    int high = layout.size();
    long lowHash = 0;
    long highHash = HASHES;
    for (int step = 1; low < high; step++) {
      int middle = (low + high) >>> 1;
      if (step % 3 != 0) {
        double fraction = (double) (hash - lowHash) / Math.max(1, highHash - lowHash);
        middle = Math.min(high - 1, low + (int) (fraction * (high - low)));
      }
      long found = hashed(source, middle).hash();
      if (found < hash) {
        low = middle + 1;
        lowHash = found;
      } else {
        high = middle;
        highHash = found;
      }
    }
    return low;
  }

  private ByteBuffer read(ByteSource source, long position, int length, int number) {
    byte[] record = source.read(position, length);
    int body = length - Integer.BYTES;
    if (Checksum.of(number, record, 0, body) != ByteBuffer.wrap(record).getInt(body)) {
      throw damaged();
    }
    return ByteBuffer.wrap(record);
  }

  private InputException damaged() {
    return Refusal.damaged("The index", file.path());
  }
}
