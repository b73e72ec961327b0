package dev.kingpin.data;

import dev.kingpin.kernel.Hash;
import java.util.Arrays;

/** Numbers distinct longs 0, 1, 2, ... in the order in which they are first seen. */
final class LongIntMap {
  private static final int EMPTY = -1;

  private long[] keys = new long[1024];
  private int[] values = new int[1024];
  private int size;

  LongIntMap() {
    Arrays.fill(values, EMPTY);
  }

  int size() {
    return size;
  }

  /** The number of a key, a new one if it was not seen before. */
  int number(long key) {
    int mask = keys.length - 1;
    int slot = (int) Hash.mix(key) & mask;
    while (values[slot] != EMPTY) {
      if (keys[slot] == key) {
        return values[slot];
      }
      slot = (slot + 1) & mask;
    }
    keys[slot] = key;
    values[slot] = size++;
    int number = values[slot];
    if (size * 2 > keys.length) {
      grow();
    }
    return number;
  }

  /** The number of a key, or -1 if it was not seen. */
  int find(long key) {
    int mask = keys.length - 1;
    int slot = (int) Hash.mix(key) & mask;
    while (values[slot] != EMPTY && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return values[slot];
  }

  /** All keys, by number. */
  long[] keysByNumber() {
    long[] result = new long[size];
    for (int slot = 0; slot < keys.length; slot++) {
      if (values[slot] != EMPTY) {
        result[values[slot]] = keys[slot];
      }
    }
    return result;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new int[keys.length];
    Arrays.fill(values, EMPTY);
    int mask = keys.length - 1;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != EMPTY) {
        int slot = (int) Hash.mix(oldKeys[i]) & mask;
        while (values[slot] != EMPTY) {
          slot = (slot + 1) & mask;
        }
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
