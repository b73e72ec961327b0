package dev.kingpin.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a journal add up to: places in its file, no payloads. Not safe for threads.
 */
final class JournalState {
  private final StoreFile file;
  private final KeyTable done;
  private final Map<ByteBuffer, Long> snapshots = new LinkedHashMap<>(); // key -> place
  private long end = JournalHeader.BYTES;
  private long deadBytes;
  private int damagedRecords;

  JournalState(StoreFile file) {
    this.file = file;
    this.done = new KeyTable(place -> JournalRecord.read(file, place).key());
  }

  /**
   * Reads a file up to its end or to the first record whose head cannot be trusted, since behind it
   * nobody knows where the next one begins. A record of which only the payload is damaged is left
   * out.
   */
  static JournalState scan(StoreFile file) {
    JournalState state = new JournalState(file);
    ByteSource source = ByteSource.readAhead(file);
    long limit = file.length();
    Optional<JournalRecord> next = JournalRecord.find(source, state.end, limit);
    while (next.isPresent()) {
      JournalRecord record = next.get();
      if (record.findPayload(source).isPresent()) {
        state.add(record.kind(), record.key(), record.bytes());
      } else {
        state.damagedRecords++;
        state.deadBytes += record.bytes();
        state.end = record.end();
      }
      next = JournalRecord.find(source, state.end, limit);
    }
    return state;
  }

  /** Takes in the record that stands at the end. */
  void add(RecordKind kind, byte[] key, int bytes) {
    int number = done.find(key);
    switch (kind) {
      case GROUP_DONE -> {
        deadBytes += bytesAt(snapshots.remove(ByteBuffer.wrap(key)));
        if (number < 0) {
          done.add(key, end);
        } else {
          deadBytes += bytesAt(done.place(number));
          done.move(number, end);
        }
      }
      case GROUP_SNAPSHOT -> {
        if (number < 0) {
          deadBytes += bytesAt(snapshots.put(ByteBuffer.wrap(key.clone()), end));
        } else {
          deadBytes += bytes;
        }
      }
    }
    end += bytes;
  }

  private int bytesAt(@Nullable Long place) {
    return place == null ? 0 : JournalRecord.read(file, place).bytes();
  }

  /** Where the next record goes. */
  long end() {
    return end;
  }

  /** The bytes of records that no longer count. */
  long deadBytes() {
    return deadBytes;
  }

  int damagedRecords() {
    return damagedRecords;
  }

  int doneCount() {
    return done.size();
  }

  /** The number of a done key, or -1. */
  int findDone(byte[] key) {
    return done.find(key);
  }

  JournalRecord doneRecord(int number) {
    return JournalRecord.read(file, done.place(Objects.checkIndex(number, done.size())));
  }

  Optional<JournalRecord> snapshot(byte[] key) {
    return Optional.ofNullable(snapshots.get(ByteBuffer.wrap(key)))
        .map(place -> JournalRecord.read(file, place));
  }

  List<byte[]> snapshotKeys() {
    List<byte[]> keys = new ArrayList<>(snapshots.size());
    for (ByteBuffer key : snapshots.keySet()) {
      byte[] bytes = new byte[key.remaining()];
      key.duplicate().get(bytes);
      keys.add(bytes);
    }
    return keys;
  }

  /** Writes all records that still count to another file, in the order of their numbers. */
  void copyTo(StoreFile target, long start) {
    long at = start;
    for (int number = 0; number < done.size(); number++) {
      at = copy(done.place(number), target, at);
    }
    for (long place : snapshots.values()) {
      at = copy(place, target, at);
    }
  }

  private long copy(long place, StoreFile target, long at) {
    JournalRecord record = JournalRecord.read(file, place);
    byte[] bytes = JournalRecord.encode(record.kind(), record.key(), record.payload(file));
    target.write(at, bytes, bytes.length);
    return at + bytes.length;
  }
}
