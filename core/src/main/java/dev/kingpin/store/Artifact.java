package dev.kingpin.store;

import dev.kingpin.data.InputException;
import dev.kingpin.store.ArtifactIndex.Hashed;
import dev.kingpin.store.ArtifactIndex.Locator;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All models of a run in one file: a header and one entry a group, read at random by many threads.
 *
 * <p><b>Idea.</b> A file of a million groups must open at once, find one of them with a few small
 * reads, list them in the user's order of keys, and never hand out a byte that was not written. So
 * the entries stand in the order of the writer, and an index of fixed-size records is searched
 * where it lies, without loading it. Every piece that is read alone has a CRC32C of its own,
 * checked at each reading; a piece that belongs to a numbered place counts the number in.
 *
 * <pre>
 * head       magic "KINGPIN\0" | version | header length | header CRC | CRC of the head
 * header     opaque bytes: the query, the schema, dictionaries, data hash, versions
 * entries    key length | payload length | key CRC | payload CRC | key | payload     one a group
 *              key CRC:     over the entry number, both lengths and the key
 *              payload CRC: over the entry number and the payload
 * index      offset of the entry | key length | payload length | CRC     one a group, in entry order
 *            hash of the key | entry number | CRC                        one a group, in hash order
 *              CRC: over the number of the record and all before
 * footer     offset of the index | number of groups | SHA-256 of all above | CRC | magic backwards
 * </pre>
 *
 * <p>Integers are big-endian; offsets have 8 bytes, all others 4. Entries and records are numbered
 * from 0.
 *
 * <p><b>Finding a key.</b> The hash of a key is its CRC32C. Hashes are spread evenly, so the place
 * of hash h among n sorted ones is about n h / 2^32: two steps of the search out of three go where
 * such an interpolation points, the third halves what is left, which bounds the search whatever the
 * hashes are. Keys of equal hash stand together and are compared.
 *
 * <p><b>Worked example.</b> Header "h", groups "b" with payload "BB" and "a" with "A". The head has
 * bytes 0 to 23, the header byte 24, entry 0 bytes 25 to 43 (16 + 1 + 2), entry 1 bytes 44 to 61;
 * the index starts at 62 with 2 x 20 and then 2 x 12 bytes, the footer at 126; the file ends at
 * 182.
 */
final class Artifact implements AutoCloseable {
  private static final int DIGEST_STEP_BYTES = 1 << 16;
  private static final int ENTRY_BYTES = 1 << 12; // read at once for one entry
  private static final int CHECKSUM_AT = 12; // of the payload, in the frame of an entry

  private final StoreFile file;
  private final ArtifactLayout layout;
  private final ArtifactIndex index;

  private Artifact(StoreFile file, ArtifactLayout layout) {
    this.file = file;
    this.layout = layout;
    this.index = new ArtifactIndex(file, layout);
  }

  /**
   * Opens the artifact at a path; reads its two ends only, whatever its size.
   *
   * @throws InputException if there is no such file, it is no Kingpin file, of a newer format, cut
   *     off, or damaged at its ends
   */
  static Artifact open(Path path) {
    if (!Files.exists(path)) {
      throw new InputException("There is no file (" + path + "). Maybe check the path.");
    }
    if (!Files.isRegularFile(path)) {
      throw ArtifactLayout.foreign(path);
    }
    StoreFile file = StoreFile.forReading(path);
    try {
      return new Artifact(file, ArtifactLayout.read(file));
    } catch (InputException e) {
      file.close();
      throw e;
    }
  }

  /** The file this artifact was opened from. */
  Path path() {
    return file.path();
  }

  /**
   * The header as it was given to the writer.
   *
   * @throws InputException if it is damaged
   */
  byte[] header() {
    byte[] header = file.read(ArtifactLayout.HEAD_BYTES, layout.headerLength());
    if (Checksum.of(header) != layout.headerChecksum()) {
      throw Refusal.damaged("The header", path());
    }
    return header;
  }

  /** The number of entries. */
  int size() {
    return layout.size();
  }

  /**
   * The payload of a key, or empty if the artifact has no such key.
   *
   * @throws InputException if what had to be read is damaged
   */
  Optional<byte[]> find(byte[] key) {
    return lookUp(key).map(Entry::payload);
  }

  /**
   * The number of a key's entry, or empty if the artifact has no such key.
   *
   * @throws InputException if what had to be read is damaged
   */
  OptionalInt indexOf(byte[] key) {
    Optional<Entry> entry = lookUp(key);
    return entry.isPresent() ? OptionalInt.of(entry.get().number) : OptionalInt.empty();
  }

  private Optional<Entry> lookUp(byte[] key) {
    long hash = Integer.toUnsignedLong(Checksum.of(key));
    ByteSource near = index.near();
    for (int record = index.firstAtOrAbove(near, hash); record < size(); record++) {
      Hashed hashed = index.hashed(near, record);
      if (hashed.hash() != hash) {
        break;
      }
      Entry entry = new Entry(hashed.entry());
      if (Arrays.equals(entry.key(), key)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /**
   * The key of entry {@code i}, in the order of the writer; a long payload is not read.
   *
   * @throws InputException if it is damaged
   */
  byte[] key(int i) {
    return new Entry(Objects.checkIndex(i, size())).key();
  }

  /**
   * The payload of entry {@code i}, in the order of the writer.
   *
   * @throws InputException if it is damaged
   */
  byte[] payload(int i) {
    return new Entry(Objects.checkIndex(i, size())).payload();
  }

  /** An entry whose key is read and trusted; the payload is read when it is asked for. */
  private final class Entry {
    private final int number;
    private final Locator locator;
    private final ByteSource source;
    private final byte[] framed; // frame and key

    Entry(int number) {
      this.number = number;
      this.locator = index.locator(number);
      this.source = new NearbyBytes(file, layout.indexStart(), ENTRY_BYTES, 0);
      this.framed = source.read(locator.offset(), ArtifactLayout.FRAME_BYTES + locator.keyLength());
      ByteBuffer frame = ByteBuffer.wrap(framed);
      boolean sameLengths =
          frame.getInt() == locator.keyLength() && frame.getInt() == locator.payloadLength();
      if (!sameLengths || frame.getInt() != ArtifactLayout.keyChecksum(number, framed)) {
        throw damagedEntry(number);
      }
    }

    byte[] key() {
      return Arrays.copyOfRange(framed, ArtifactLayout.FRAME_BYTES, framed.length);
    }

    byte[] payload() {
      byte[] payload = source.read(locator.payloadStart(), locator.payloadLength());
      int checksum = ByteBuffer.wrap(framed).getInt(CHECKSUM_AT);
      if (Checksum.of(number, payload, 0, payload.length) != checksum) {
        throw damagedEntry(number);
      }
      return payload;
    }
  }

  private InputException damagedEntry(int i) {
    return Refusal.damaged("Group entry " + i, path());
  }

  /**
   * Reads the whole file and checks every sum in it.
   *
   * @throws InputException naming the first part that is damaged
   */
  void verify() {
    header();
    for (int i = 0; i < size(); i++) {
      payload(i);
    }
    long last = -1;
    for (int record = 0; record < size(); record++) {
      Hashed hashed = index.hashed(file, record);
      long hash = Integer.toUnsignedLong(Checksum.of(key(hashed.entry())));
      if (hashed.hash() != hash || hashed.packed() <= last) {
        throw Refusal.damaged("The index", path());
      }
      last = hashed.packed();
    }
    if (!Arrays.equals(digest(), layout.readDigest(file))) {
      throw Refusal.damaged("Some part", path());
    }
  }

  private byte[] digest() {
    MessageDigest digest = Checksum.sha256();
    long end = layout.footerStart();
    for (long at = 0; at < end; at += DIGEST_STEP_BYTES) {
      digest.update(file.read(at, (int) Math.min(DIGEST_STEP_BYTES, end - at)));
    }
    return digest.digest();
  }

  @Override
  public void close() {
    file.close();
  }
}
