package dev.kingpin.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small files and damage to them, for the tests of this package. */
final class StoreFixtures {
  private StoreFixtures() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(0, value).array();
  }

  static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Writes an artifact with texts for keys and payloads, in the order of the list. */
  static void writeArtifact(Path target, String header, List<Map.Entry<String, String>> entries) {
    try (ArtifactWriter writer = ArtifactWriter.create(target, bytes(header))) {
      for (Map.Entry<String, String> entry : entries) {
        writer.add(bytes(entry.getKey()), bytes(entry.getValue()));
      }
      writer.finish();
    }
  }

  static void flipBit(Path file, long position, int bit) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(position);
      int old = access.read();
      access.seek(position);
      access.write(old ^ 1 << bit);
    }
  }

  static void truncate(Path file, long length) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.setLength(length);
    }
  }

  static List<String> filesIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Two different keys with the same hash. */
  static List<byte[]> collidingKeys() {
    var keys = new java.util.HashMap<Integer, byte[]>();
    Random random = new Random(7);
    while (true) {
      byte[] key = random(random, 9);
      byte[] other = keys.put(Checksum.of(key), key);
      if (other != null && !java.util.Arrays.equals(other, key)) {
        return List.of(other, key);
      }
    }
  }
}
