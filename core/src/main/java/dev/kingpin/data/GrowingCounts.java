package dev.kingpin.data;

import java.util.Arrays;

/** Counters by group number, for groups not all known yet. */
final class GrowingCounts {
  private long[] counts = new long[64];

  void increment(int group) {
    if (group >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(group + 1, counts.length * 2));
    }
    counts[group]++;
  }

  long get(int group) {
    return group < counts.length ? counts[group] : 0;
  }
}
