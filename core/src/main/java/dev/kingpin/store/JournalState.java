package dev.kingpin.store;

import dev.kingpin.data.InputException;
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
  private static final int SCAN_BYTES = 1 << 18; // read at once when all records are read
  private static final int RECORD_BYTES = 1 << 12; // read at once for one record

  private final StoreFile file;
  private final KeyTable done;
  private final Map<ByteBuffer, Long> snapshots = new LinkedHashMap<>(); // key -> place
  private long end = JournalHeader.BYTES;
  private long deadBytes;
  private int damagedRecords;

  JournalState(StoreFile file) {
    this.file = file;
    this.done = new KeyTable(place -> record(place).key());
  }

  /**
   * Reads a file up to its end or to the first record whose head cannot be trusted, since behind it
   * nobody knows where the next one begins. A record of which only the payload is damaged is left
   * out.
   */
  static JournalState scan(StoreFile file) {
    JournalState state = new JournalState(file);
    long limit = file.length();
    ByteSource source = new NearbyBytes(file, limit, SCAN_BYTES, 0);
    Optional<JournalRecord> next = JournalRecord.find(source, state.end, limit);
    while (next.isPresent()) {
      JournalRecord record = next.get();
      if (record.findPayload().isPresent()) {
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

  /** The length of a record that no longer counts; 0 if there is none, or it is damaged. */
  private int bytesAt(@Nullable Long place) {
    return place == null ? 0 : recordAt(place).map(JournalRecord::bytes).orElse(0);
  }

  private Optional<JournalRecord> recordAt(long place) {
    return JournalRecord.find(new NearbyBytes(file, end, RECORD_BYTES, 0), place, end);
  }

  /** The record at a place where one was before. */
  private JournalRecord record(long place) {
    return recordAt(place).orElseThrow(this::damaged);
  }

  /** The payload of a record that was whole before. */
  private byte[] payload(JournalRecord record) {
    return record.findPayload().orElseThrow(this::damaged);
  }

  private InputException damaged() {
    return Refusal.damaged("A record", file.path());
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

  byte[] doneKey(int number) {
    return doneRecord(number).key();
  }

  byte[] donePayload(int number) {
    return payload(doneRecord(number));
  }

  private JournalRecord doneRecord(int number) {
    return record(done.place(Objects.checkIndex(number, done.size())));
  }

  Optional<byte[]> findSnapshot(byte[] key) {
    return Optional.ofNullable(snapshots.get(ByteBuffer.wrap(key)))
        .map(place -> payload(record(place)));
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
    JournalRecord record = record(place);
    byte[] bytes = JournalRecord.encode(record.kind(), record.key(), payload(record));
    target.write(at, bytes, bytes.length);
    return at + bytes.length;
  }
}
