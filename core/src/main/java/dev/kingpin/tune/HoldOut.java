package dev.kingpin.tune;

import dev.kingpin.data.GroupRows;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.Hash;
import java.util.Arrays;

/**
 * Holds out a share of each class: the rows with the smallest hashes, in linear time. Hashes are
 * counted by their upper bits, which leaves a few candidates a class for the largest hash that is
 * held out.
 */
final class HoldOut {
  private static final int BITS = 6;
  private static final int BUCKETS = 1 << BITS;
  private static final int NOBODY = -1;

  private final GroupRows rows;
  private final double share;
  private final int classes;
  private final long[] hashes; // (rows)
  private final int[] counts; // (classes, BUCKETS): rows by class and bucket of the hash
  private final int[] border; // (classes): bucket of the largest hash held out, or NOBODY
  private final int[] rank; // (classes): how many are held out of that bucket
  private final long[] largest; // (classes): hash held out

  HoldOut(GroupRows rows, double share, long seed) {
    this.rows = rows;
    this.share = share;
    classes = Math.max(1, rows.stats().classes());
    hashes = new long[Math.toIntExact(rows.rows())];
    counts = new int[classes * BUCKETS];
    border = new int[classes];
    rank = new int[classes];
    largest = new long[classes];
    for (int b = 0; b < rows.blocks(); b++) {
      hash(rows.block(b), seed);
    }
  }

  /** How many of some rows are held out: never all. */
  static int share(double share, int count) {
    return Math.min((int) Math.rint(share * count), count - 1);
  }

  private static int bucket(long hash) {
    return (int) ((hash ^ Long.MIN_VALUE) >>> (Long.SIZE - BITS));
  }

  private int classOf(float target) {
    return classes == 1 ? 0 : (int) target;
  }

  private void hash(RowBlock block, long seed) {
    int[] ordinal = block.ordinal();
    float[] target = block.target();
    int to = (int) block.firstRow();
    for (int r = block.offset(); r < block.offset() + block.rows(); r++) {
      long hash = Hash.hash(seed, ordinal[r]);
      hashes[to++] = hash;
      counts[classOf(target[r]) * BUCKETS + bucket(hash)]++;
    }
  }

  /** Puts each row into its fold: 1 if it is held out, else 0. */
  void assign() {
    int[] starts = new int[classes + 1]; // of the candidates of a class
    for (int k = 0; k < classes; k++) {
      findBorder(k);
      int candidates = border[k] == NOBODY ? 0 : counts[k * BUCKETS + border[k]];
      starts[k + 1] = starts[k] + candidates;
    }
    long[] candidates = candidates(starts);
    for (int k = 0; k < classes; k++) {
      if (border[k] != NOBODY) {
        long[] own = Arrays.copyOfRange(candidates, starts[k], starts[k + 1]);
        largest[k] = Selection.smallest(own, rank[k]);
      }
    }
    byte[] folds = new byte[hashes.length];
    for (int b = 0; b < rows.blocks(); b++) {
      fill(rows.block(b), folds);
    }
    rows.assignFolds(folds);
  }

  private void findBorder(int k) {
    int count = 0;
    for (int b = k * BUCKETS; b < (k + 1) * BUCKETS; b++) {
      count += counts[b];
    }
    int left = share(share, count);
    border[k] = NOBODY;
    for (int b = 0; b < BUCKETS && left > 0; b++) {
      border[k] = b;
      rank[k] = left;
      left -= counts[k * BUCKETS + b];
    }
  }

  /** The hashes in the border buckets of all classes, class by class. */
  private long[] candidates(int[] starts) {
    long[] candidates = new long[starts[classes]];
    int[] next = starts.clone();
    for (int b = 0; b < rows.blocks(); b++) {
      RowBlock block = rows.block(b);
      float[] target = block.target();
      int from = (int) block.firstRow() - block.offset();
      for (int r = block.offset(); r < block.offset() + block.rows(); r++) {
        int k = classOf(target[r]);
        if (bucket(hashes[from + r]) == border[k]) {
          candidates[next[k]++] = hashes[from + r];
        }
      }
    }
    return candidates;
  }

  private void fill(RowBlock block, byte[] folds) {
    float[] target = block.target();
    int from = (int) block.firstRow() - block.offset();
    for (int r = block.offset(); r < block.offset() + block.rows(); r++) {
      int k = classOf(target[r]);
      boolean held = hashes[from + r] <= largest[k] && border[k] != NOBODY;
      folds[from + r] = (byte) (held ? 1 : 0);
    }
  }
}
