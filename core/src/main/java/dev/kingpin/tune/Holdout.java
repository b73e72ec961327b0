package dev.kingpin.tune;

import dev.kingpin.data.GroupRows;
import dev.kingpin.kernel.Hash;
import dev.kingpin.learner.RowMask;
import java.util.Arrays;

/**
 * Chooses the validation rows of a group: an exact number of rows, those whose hash of (seed,
 * position in the source) is smallest. Which rows these are depends on nothing else: neither on
 * other groups nor on the order in which groups are served. Classes are split one by one, so that
 * each keeps its share; a class always keeps at least one row to learn from.
 */
public final class Holdout {
  private static final int FIT_FOLD = 0;
  private static final int HELD_FOLD = 1;

  /** Learns from all rows but the validation rows. */
  public static final RowMask MASK = new RowMask(HELD_FOLD);

  private Holdout() {}

  /**
   * Puts each row of a group into the fold of its side.
   *
   * @param share of rows to hold out, between 0 and 1
   * @param classes whether the target is class 0 or 1
   * @return the number of validation rows
   */
  public static long assign(GroupRows rows, double share, boolean classes, long seed) {
    if (!classes) {
      return assign(rows, rowsWhere(rows, Float.NaN), share, seed);
    }
    return assign(rows, rowsWhere(rows, 0), share, seed)
        + assign(rows, rowsWhere(rows, 1), share, seed);
  }

  private static int[] rowsWhere(GroupRows rows, float target) {
    int[] chosen = new int[Math.toIntExact(rows.rows())];
    int count = 0;
    for (int r = 0; r < rows.rows(); r++) {
      if (Float.isNaN(target) || rows.target(r) == target) {
        chosen[count++] = r;
      }
    }
    return Arrays.copyOf(chosen, count);
  }

  private static long assign(GroupRows rows, int[] members, double share, long seed) {
    long[] hashes = new long[members.length];
    for (int i = 0; i < members.length; i++) {
      hashes[i] = Hash.hash(seed, rows.ordinal(members[i]));
    }
    int held = Math.min((int) Math.rint(share * members.length), members.length - 1);
    if (held <= 0) {
      held = 0;
    }
    long limit = held == 0 ? 0 : Selection.smallest(hashes.clone(), held);
    for (int i = 0; i < members.length; i++) {
      boolean isHeld = held > 0 && hashes[i] <= limit;
      rows.assignFold(members[i], isHeld ? HELD_FOLD : FIT_FOLD);
    }
    return held;
  }
}
