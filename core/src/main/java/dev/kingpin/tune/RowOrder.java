package dev.kingpin.tune;

import dev.kingpin.data.GroupRows;
import dev.kingpin.kernel.Hash;
import java.util.Arrays;

/** The one random order in which sequential chains meet the rows of a group. */
public final class RowOrder {
  private static final long STREAM = 0x5347442d6f726465L;

  private RowOrder() {}

  /** Rows by ascending hash of (seed, position in the source). */
  public static int[] permutation(GroupRows rows, long seed) {
    int count = Math.toIntExact(rows.rows());
    long[] hashes = new long[count];
    for (int r = 0; r < count; r++) {
      hashes[r] = Hash.hash(seed ^ STREAM, rows.ordinal(r));
    }
    long[] sorted = hashes.clone();
    Arrays.sort(sorted);
    int[] order = new int[count];
    for (int r = 0; r < count; r++) {
      order[Arrays.binarySearch(sorted, hashes[r])] = r;
    }
    return order;
  }
}
