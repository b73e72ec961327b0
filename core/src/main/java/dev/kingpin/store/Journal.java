package dev.kingpin.store;

import dev.kingpin.data.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The diary of a run: what each finished group became, and how far the unfinished ones are. Safe
 * for use by many threads.
 *
 * <p><b>Idea.</b> A run may be killed between any two bytes that it writes. A file that only ever
 * grows at its end then loses at most the record that was being written: everything before is
 * whole. So each group is one record, added with one write when the group is done; a long group
 * adds a snapshot of its state now and then, and the latest one counts. The payloads stay in the
 * file, and the artifact is made from them in the end; in memory are some 25 bytes a group.
 *
 * <pre>
 * header     magic "KINGPINJ" | version | SHA-256 of query, of data, of versions | CRC of all before
 * record     key length | payload length | kind (1 byte) | payload CRC | CRC of all before and the key
 *            key | payload
 * </pre>
 *
 * <p>Integers are big-endian and have 4 bytes; sums are CRC32C.
 *
 * <p><b>Resuming.</b> The records are read from the first on. One whose head or key has a wrong sum
 * ends the reading, since its lengths cannot be trusted: it is what a kill leaves, and it is cut
 * off with all that follows. One of which only the payload is damaged is left out, and the next is
 * where the lengths say. {@link #repairNote} tells what was dropped; a dropped outcome means that
 * the group is trained again, a dropped snapshot that the group goes on from the one before.
 *
 * <p><b>Growth.</b> Snapshots that no longer count are dead bytes. When they are many and more than
 * half the file, the records that count are written to a new file that takes the place of the old.
 *
 * <p><b>Kill and power cut.</b> What {@link #append} has written survives a kill of the process. A
 * power cut may take what came after the last force to the disk: forced is at most once a second,
 * by the thread that adds a record, and at the close.
 */
final class Journal implements AutoCloseable {
  private static final long FORCE_NANOS = 1_000_000_000L;
  private static final long COMPACT_BYTES = 64L << 20;

  private final Path path;
  private final long compactBytes;
  private final Optional<String> repairNote;
  private StoreFile file;
  private JournalState state;
  private long compactAt; // dead bytes
  private long lastForced = System.nanoTime();
  private boolean unforced;
  private boolean open = true;

  private Journal(StoreFile file, long compactBytes) {
    this.path = file.path();
    this.compactBytes = compactBytes;
    this.compactAt = compactBytes;
    this.file = file;
    this.state = JournalState.scan(file);
    this.repairNote = repair();
  }

  /**
   * Starts an empty journal, in place of any that is there.
   *
   * @throws InputException if it cannot be written
   */
  static Journal create(Path path, RunFingerprint fingerprint) {
    return create(path, fingerprint, COMPACT_BYTES);
  }

  static Journal create(Path path, RunFingerprint fingerprint, long compactBytes) {
    try (StoreFile draft = StoreFile.forNew(AtomicFile.draftOf(path))) {
      draft.write(0, JournalHeader.encode(fingerprint), JournalHeader.BYTES);
      AtomicFile.publish(draft, path);
    }
    return resume(path, fingerprint, compactBytes);
  }

  /**
   * Opens the journal of a killed run to go on with it. Records that cannot be trusted are dropped,
   * and {@link #repairNote} says so.
   *
   * @throws InputException if there is no journal, it is damaged at its start, or it belongs to
   *     another run
   */
  static Journal resume(Path path, RunFingerprint fingerprint) {
    return resume(path, fingerprint, COMPACT_BYTES);
  }

  static Journal resume(Path path, RunFingerprint fingerprint, long compactBytes) {
    if (!Files.isRegularFile(path)) {
      throw new InputException(
          "There is no journal (" + path + ") to resume. Maybe start without --resume.");
    }
    AtomicFile.delete(AtomicFile.draftOf(path));
    StoreFile file = StoreFile.forWriting(path);
    try {
      JournalHeader.check(file, fingerprint);
      return new Journal(file, compactBytes);
    } catch (InputException e) {
      file.close();
      throw e;
    }
  }

  private Optional<String> repair() {
    int damagedRecords = state.damagedRecords();
    long tailBytes = file.length() - state.end();
    if (tailBytes > 0) {
      file.truncate(state.end());
    }
    if (damagedRecords > 0) {
      compact();
    }
    List<String> dropped = new ArrayList<>();
    if (damagedRecords > 0) {
      dropped.add("%d damaged record(s)".formatted(damagedRecords));
    }
    if (tailBytes > 0) {
      dropped.add("the last %d bytes, cut off or damaged,".formatted(tailBytes));
    }
    return dropped.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Dropped from the journal (%s): %s; the groups in them are trained again."
                .formatted(path, String.join(" and ", dropped)));
  }

  /**
   * Adds a record; when this returns, a kill of the process does not lose it. A second {@code
   * GROUP_DONE} of a key replaces the first; a snapshot of a key that is done is not kept.
   *
   * @throws InputException if it cannot be written (disk full); the journal stays usable
   */
  void append(RecordKind kind, byte[] key, byte[] payload) {
    ArtifactWriter.requireAtMost(ArtifactWriter.MAX_KEY_BYTES, key.length, "key");
    ArtifactWriter.requireAtMost(ArtifactWriter.MAX_PAYLOAD_BYTES, payload.length, "payload");
    byte[] record = JournalRecord.encode(kind, key, payload);
    synchronized (this) {
      requireOpen();
      if (kind == RecordKind.GROUP_SNAPSHOT && state.findDone(key) >= 0) {
        return;
      }
      write(record);
      unforced = true;
      state.add(kind, key, record.length);
      if (System.nanoTime() - lastForced >= FORCE_NANOS) {
        force();
      }
      if (state.deadBytes() >= compactAt && state.deadBytes() > state.end() / 2) {
        compact();
      }
    }
  }

  /** Writes at the end; where that fails half way, the half is taken back or overwritten later. */
  private void write(byte[] record) {
    try {
      file.write(state.end(), record, record.length);
    } catch (InputException e) {
      try {
        file.truncate(state.end());
      } catch (InputException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /** Rewrites the file without what no longer counts; if that fails, the old file goes on. */
  private void compact() {
    Path draftPath = AtomicFile.draftOf(path);
    try (StoreFile draft = StoreFile.forNew(draftPath)) {
      draft.write(0, file.read(0, JournalHeader.BYTES), JournalHeader.BYTES);
      state.copyTo(draft, JournalHeader.BYTES);
      draft.force();
      file.close();
      try {
        AtomicFile.publish(draft, path);
      } finally {
        file = StoreFile.forWriting(path);
        state = JournalState.scan(file);
      }
      compactAt = compactBytes;
    } catch (InputException e) {
      compactAt = 2 * Math.max(compactBytes, state.deadBytes());
      AtomicFile.deleteQuietly(draftPath);
    }
  }

  /** The number of groups that are done, recovered ones and those added since. */
  synchronized int doneCount() {
    return state.doneCount();
  }

  /** The key of done group {@code i}, in the order in which they were first done. */
  synchronized byte[] doneKey(int i) {
    return state.doneKey(i);
  }

  /** The payload of done group {@code i}; read from the disk. */
  synchronized byte[] donePayload(int i) {
    return state.donePayload(i);
  }

  /** Whether a group is done. */
  synchronized boolean isDone(byte[] key) {
    return state.findDone(key) >= 0;
  }

  /** The payload of a group that is done, or empty. */
  synchronized Optional<byte[]> findDone(byte[] key) {
    int number = state.findDone(key);
    return number < 0 ? Optional.empty() : Optional.of(donePayload(number));
  }

  /** The latest snapshot of a group that is not done, or empty. */
  synchronized Optional<byte[]> findSnapshot(byte[] key) {
    return state.findSnapshot(key);
  }

  /** The keys that have a snapshot and are not done, in the order of their first snapshots. */
  synchronized List<byte[]> snapshotKeys() {
    return state.snapshotKeys();
  }

  /** What {@link #resume} had to drop, as a sentence for the user; empty if nothing. */
  Optional<String> repairNote() {
    return repairNote;
  }

  /** Forces what was added to the disk, so that a power cut does not lose it either. */
  synchronized void force() {
    file.force();
    unforced = false;
    lastForced = System.nanoTime();
  }

  /** Forces and closes; the file stays, for a later {@link #resume}. */
  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      try {
        if (unforced) {
          file.force();
        }
      } finally {
        file.close();
      }
    }
  }

  /** Closes the journal and deletes its file: the artifact is in its place. */
  synchronized void delete() {
    open = false;
    file.close();
    AtomicFile.delete(AtomicFile.draftOf(path));
    AtomicFile.delete(path);
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the journal " + path + " is closed");
    }
  }
}
