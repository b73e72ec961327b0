package dev.kingpin.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A record of a journal whose head and key are read and trusted; the payload is not yet read. */
final class JournalRecord {
  /** Key length, payload length, kind, payload CRC, CRC of all before and the key. */
  static final int HEAD_BYTES = 17;

  private static final int CHECKED_BYTES = HEAD_BYTES - Integer.BYTES;

  private final ByteSource source;
  private final long place;
  private final RecordKind kind;
  private final byte[] key;
  private final int payloadLength;
  private final int payloadChecksum;

  private JournalRecord(
      ByteSource source, long place, RecordKind kind, byte[] key, ByteBuffer head) {
    this.source = source;
    this.place = place;
    this.kind = kind;
    this.key = key;
    this.payloadLength = head.getInt(Integer.BYTES);
    this.payloadChecksum = head.getInt(CHECKED_BYTES - Integer.BYTES);
  }

  RecordKind kind() {
    return kind;
  }

  byte[] key() {
    return key;
  }

  /** Where the record ends and the next may begin. */
  long end() {
    return place + bytes();
  }

  /** The length of the whole record. */
  int bytes() {
    return HEAD_BYTES + key.length + payloadLength;
  }

  /** A whole record as it is written. */
  static byte[] encode(RecordKind kind, byte[] key, byte[] payload) {
    ByteBuffer record = ByteBuffer.allocate(HEAD_BYTES + key.length + payload.length);
    record.putInt(key.length).putInt(payload.length).put(kind.code).putInt(Checksum.of(payload));
    return record.putInt(checksum(record.array(), key)).put(key).put(payload).array();
  }

  /** The record at a place, or empty if what stands there before {@code limit} cannot be one. */
  static Optional<JournalRecord> find(ByteSource source, long place, long limit) {
    if (HEAD_BYTES > limit - place) {
      return Optional.empty();
    }
    byte[] bytes = source.read(place, HEAD_BYTES);
    ByteBuffer head = ByteBuffer.wrap(bytes);
    long keyLength = head.getInt(0);
    long payloadLength = head.getInt(Integer.BYTES);
    boolean possible =
        keyLength >= 0
            && keyLength <= ArtifactWriter.MAX_KEY_BYTES
            && payloadLength >= 0
            && payloadLength <= ArtifactWriter.MAX_PAYLOAD_BYTES
            && HEAD_BYTES + keyLength + payloadLength <= limit - place;
    if (!possible) {
      return Optional.empty();
    }
    byte[] key = source.read(place + HEAD_BYTES, (int) keyLength);
    if (head.getInt(CHECKED_BYTES) != checksum(bytes, key)) {
      return Optional.empty();
    }
    return kindOf(head.get(2 * Integer.BYTES))
        .map(kind -> new JournalRecord(source, place, kind, key, head));
  }

  /** The payload, or empty if it is damaged. */
  Optional<byte[]> findPayload() {
    byte[] payload = source.read(place + HEAD_BYTES + key.length, payloadLength);
    return Checksum.of(payload) == payloadChecksum ? Optional.of(payload) : Optional.empty();
  }

  private static Optional<RecordKind> kindOf(byte code) {
    for (RecordKind kind : RecordKind.values()) {
      if (kind.code == code) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private static int checksum(byte[] head, byte[] key) {
    CRC32C crc = new CRC32C();
    crc.update(head, 0, CHECKED_BYTES);
    crc.update(key);
    return (int) crc.getValue();
  }
}
