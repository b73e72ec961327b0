package dev.kingpin.store;

import dev.kingpin.store.ArtifactIndex.Hashed;
import dev.kingpin.store.ArtifactIndex.Locator;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Writes an artifact. The target changes once, in {@link #finish}, from what was there before to
 * the whole new file; closed earlier, nothing is left behind. The same header and entries give the
 * same bytes. One thread at a time; about 24 bytes of memory for each entry.
 */
final class ArtifactWriter implements AutoCloseable {
  /** The longest key, in bytes. */
  static final int MAX_KEY_BYTES = 1 << 20;

  /** The longest payload and the longest header, in bytes. */
  static final int MAX_PAYLOAD_BYTES = 1 << 30;

  private final Path target;
  private final StoreFile draft;
  private final Output output;
  private final int headerLength;
  private final int headerChecksum;
  private int size;
  private long[] offsets = new long[16]; // (entries), bytes
  private int[] keyLengths = new int[16]; // (entries), bytes
  private int[] payloadLengths = new int[16]; // (entries), bytes
  private long[] hashes = new long[16]; // (entries), packed by Hashed
  private boolean open = true;

  private ArtifactWriter(Path target, StoreFile draft, byte[] header) {
    this.target = target;
    this.draft = draft;
    this.output = new Output(draft);
    this.headerLength = header.length;
    this.headerChecksum = Checksum.of(header);
  }

  /**
   * Starts the file beside its target, under the target's name and {@code .tmp}.
   *
   * @throws dev.kingpin.data.InputException if it cannot be written
   */
  static ArtifactWriter create(Path target, byte[] header) {
    requireAtMost(MAX_PAYLOAD_BYTES, header.length, "header");
    StoreFile draft = StoreFile.forNew(AtomicFile.draftOf(target));
    ArtifactWriter writer = new ArtifactWriter(target, draft, header);
    writer.output.write(writer.layout(0).encodeHead());
    writer.output.write(header);
    return writer;
  }

  /**
   * Adds the next entry. Entries are listed in the order in which they are added.
   *
   * @throws dev.kingpin.data.InputException if it cannot be written
   */
  void add(byte[] key, byte[] payload) {
    requireOpen();
    requireAtMost(MAX_KEY_BYTES, key.length, "key");
    requireAtMost(MAX_PAYLOAD_BYTES, payload.length, "payload");
    remember(key, payload.length);
    ByteBuffer framed = ByteBuffer.allocate(ArtifactLayout.FRAME_BYTES + key.length);
    framed.putInt(key.length).putInt(payload.length);
    framed.put(ArtifactLayout.FRAME_BYTES, key);
    framed.putInt(ArtifactLayout.keyChecksum(size, framed.array()));
    framed.putInt(Checksum.of(size, payload, 0, payload.length));
    output.write(framed.array());
    output.write(payload);
    size++;
  }

  private void remember(byte[] key, int payloadLength) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * size);
      keyLengths = Arrays.copyOf(keyLengths, 2 * size);
      payloadLengths = Arrays.copyOf(payloadLengths, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    offsets[size] = output.position();
    keyLengths[size] = key.length;
    payloadLengths[size] = payloadLength;
    hashes[size] = Hashed.pack(Checksum.of(key), size);
  }

  /**
   * Writes the index, forces the file to the disk and puts it in the target's place.
   *
   * @throws IllegalArgumentException if two entries have the same key
   * @throws dev.kingpin.data.InputException if it cannot be written; the target is as it was
   */
  void finish() {
    requireOpen();
    Arrays.sort(hashes, 0, size);
    output.flush();
    requireDistinctKeys();
    ArtifactLayout layout = layout(output.position());
    for (int entry = 0; entry < size; entry++) {
      output.write(Locator.encode(entry, offsets[entry], keyLengths[entry], payloadLengths[entry]));
    }
    for (int record = 0; record < size; record++) {
      output.write(Hashed.unpack(hashes[record]).encode(record));
    }
    output.write(layout.encodeFooter(output.digest()));
    output.flush();
    AtomicFile.publish(draft, target);
    open = false;
  }

  /** Ends the writing; without {@link #finish} before, what was written is thrown away. */
  @Override
  public void close() {
    if (open) {
      open = false;
      draft.close();
      AtomicFile.delete(draft.path());
    }
  }

  private ArtifactLayout layout(long indexStart) {
    return new ArtifactLayout(headerLength, headerChecksum, indexStart, size);
  }

  /** Compares the keys of equal hash, which stand together in the sorted hashes. */
  private void requireDistinctKeys() {
    for (int first = 0; first < size; first++) {
      Hashed one = Hashed.unpack(hashes[first]);
      for (int second = first + 1; second < size; second++) {
        Hashed other = Hashed.unpack(hashes[second]);
        if (other.hash() != one.hash()) {
          break;
        }
        if (Arrays.equals(writtenKey(one.entry()), writtenKey(other.entry()))) {
          throw new IllegalArgumentException(
              "entries " + one.entry() + " and " + other.entry() + " have the same key");
        }
      }
    }
  }

  private byte[] writtenKey(int entry) {
    return draft.read(offsets[entry] + ArtifactLayout.FRAME_BYTES, keyLengths[entry]);
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the writer of " + target + " is finished or closed");
    }
  }

  static void requireAtMost(int limit, int length, String what) {
    if (length > limit) {
      throw new IllegalArgumentException(
          "a %s of %d bytes; the limit is %d".formatted(what, length, limit));
    }
  }

  /** Bytes on their way to a file, in large pieces, with the SHA-256 of all so far. */
  private static final class Output {
    private static final int BUFFER_BYTES = 1 << 20;

    private final StoreFile file;
    private final MessageDigest sha256 = Checksum.sha256();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;
    private long flushed;

    Output(StoreFile file) {
      this.file = file;
    }

    long position() {
      return flushed + buffered;
    }

    void write(byte[] bytes) {
      sha256.update(bytes);
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(bytes.length - at, BUFFER_BYTES - buffered);
        System.arraycopy(bytes, at, buffer, buffered, length);
        at += length;
        buffered += length;
        if (buffered == BUFFER_BYTES) {
          flush();
        }
      }
    }

    void flush() {
      file.write(flushed, buffer, buffered);
      flushed += buffered;
      buffered = 0;
    }

    byte[] digest() {
      return sha256.digest();
    }
  }
}
