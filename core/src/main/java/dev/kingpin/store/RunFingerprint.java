package dev.kingpin.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What must be the same for a killed run to be resumed. Each part is a text of any length; the
 * journal keeps its SHA-256, and so can name the parts that differ.
 *
 * @param query the canonical text of the query
 * @param data the hash of the rows
 * @param versions the versions of the program and of its formats
 */
record RunFingerprint(String query, String data, String versions) {
  /** The length of {@link #digests}, in bytes. */
  static final int BYTES = 3 * 32;

  /** The SHA-256 of each part, one behind the other. */
  byte[] digests() {
    return ByteBuffer.allocate(BYTES)
        .put(sha256(query))
        .put(sha256(data))
        .put(sha256(versions))
        .array();
  }

  /** The names of the parts that are not those of the given digests, in the user's words. */
  List<String> differences(byte[] digests) {
    String[] names = {"words of the query", "rows", "version of Kingpin"};
    byte[] own = digests();
    List<String> differences = new ArrayList<>();
    for (int part = 0; part < names.length; part++) {
      int from = 32 * part;
      if (!Arrays.equals(own, from, from + 32, digests, from, from + 32)) {
        differences.add(names[part]);
      }
    }
    return differences;
  }

  private static byte[] sha256(String text) {
    return Checksum.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
