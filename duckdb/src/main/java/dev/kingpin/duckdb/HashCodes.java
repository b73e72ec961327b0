package dev.kingpin.duckdb;

import java.util.Arrays;

/** The category code of a hash; open addressing over two flat arrays. */
final class HashCodes {
  private static final int EMPTY = Integer.MIN_VALUE;

  private long[] hashes = new long[64];
  private int[] codes = new int[64];
  private int size;

  HashCodes() {
    Arrays.fill(codes, EMPTY);
  }

  /** Adds a hash, or returns false if it is there already. */
  boolean add(long hash, int code) {
    if (2 * size >= codes.length) {
      grow();
    }
    int slot = slot(hash);
    if (codes[slot] != EMPTY) {
      return false;
    }
    hashes[slot] = hash;
    codes[slot] = code;
    size++;
    return true;
  }

  /** Looks hashes up; returns false if one of them is unknown. */
  boolean translate(long[] from, int count, int[] out, int at) {
    for (int i = 0; i < count; i++) {
      int code = codes[slot(from[i])];
      if (code == EMPTY) {
        return false;
      }
      out[at + i] = code;
    }
    return true;
  }

  private int slot(long hash) {
    int mask = codes.length - 1;
    int slot = (int) (hash ^ (hash >>> 32)) & mask;
    while (codes[slot] != EMPTY && hashes[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldCodes = codes;
    hashes = new long[2 * oldHashes.length];
    codes = new int[hashes.length];
    Arrays.fill(codes, EMPTY);
    for (int i = 0; i < oldCodes.length; i++) {
      if (oldCodes[i] != EMPTY) {
        int slot = slot(oldHashes[i]);
        hashes[slot] = oldHashes[i];
        codes[slot] = oldCodes[i];
      }
    }
  }
}
