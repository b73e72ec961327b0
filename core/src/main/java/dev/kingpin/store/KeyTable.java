package dev.kingpin.store;

import java.util.Arrays;

/**
 * Numbers for keys, from 0 in the order of their coming, with the place of each in a file. The keys
 * themselves stay in the file: a million of them take 20 to 30 MB here, whatever their length. A
 * hash table of numbers with linear probing; not safe for threads.
 */
final class KeyTable {
  /** Reads the key that stands at a place. */
  interface KeyReader {
    byte[] keyAt(long place);
  }

  private final KeyReader reader;
  private long[] places = new long[16]; // (keys)
  private int[] hashes = new int[16]; // (keys)
  private int[] slots = new int[64]; // (a power of two, at least twice the keys): number + 1, or 0
  private int size;

  KeyTable(KeyReader reader) {
    this.reader = reader;
  }

  int size() {
    return size;
  }

  long place(int number) {
    return places[number];
  }

  /** Says that a key stands elsewhere now. */
  void move(int number, long place) {
    places[number] = place;
  }

  /** The number of a key, or -1. */
  int find(byte[] key) {
    int hash = Checksum.of(key);
    int mask = slots.length - 1;
    for (int slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      int number = slots[slot] - 1;
      if (hashes[number] == hash && Arrays.equals(reader.keyAt(places[number]), key)) {
        return number;
      }
    }
    return -1;
  }

  /** Adds a key that is not in the table. */
  void add(byte[] key, long place) {
    if (size == places.length) {
      grow();
    }
    places[size] = place;
    hashes[size] = Checksum.of(key);
    size++;
    insert(size - 1);
  }

  private void grow() {
    places = Arrays.copyOf(places, 2 * size);
    hashes = Arrays.copyOf(hashes, 2 * size);
    slots = new int[2 * slots.length];
    for (int number = 0; number < size; number++) {
      insert(number);
    }
  }

  private void insert(int number) {
    int mask = slots.length - 1;
    int slot = hashes[number] & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = number + 1;
  }
}
