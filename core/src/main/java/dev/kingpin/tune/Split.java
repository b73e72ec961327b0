package dev.kingpin.tune;

import dev.kingpin.data.GroupRows;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.Hash;
import dev.kingpin.query.Validation;
import java.util.Arrays;

/**
 * Chooses the validation rows of a group. By chance, these are an exact number of rows, those whose
 * hash of (seed, position in the source) is smallest; folds are runs of rows in the order of that
 * hash. Which rows these are depends on nothing else: neither on other groups nor on the order in
 * which groups are served. Classes are split one by one, so that each keeps its share, and no fit
 * lacks a class: the only row of a class is never held out.
 *
 * <p>Or the last rows of the group are held out, by the column that orders them; of rows of the
 * same value those that stand last in the source. Rows without a value count as the first. Classes
 * are not told apart then, since the future is not either.
 *
 * <p>Fold 0 is never held out; the validation rows of a mask are the rows of its fold.
 */
public final class Split {
  private static final int NEVER_HELD = 0;

  private final GroupRows rows;
  private final Validation validation;
  private final long seed;
  private int dealt; // rows that got a fold so far: classes go on where the last one ended

  private Split(GroupRows rows, Validation validation, long seed) {
    this.rows = rows;
    this.validation = validation;
    this.seed = seed;
  }

  /** Puts each row of a group into its fold. */
  public static void assign(GroupRows rows, Validation validation, long seed) {
    Split split = new Split(rows, validation, seed);
    switch (validation.kind()) {
      case LAST -> split.holdOutLast();
      case HOLDOUT -> new HoldOut(rows, validation.amount(), seed).assign();
      case FOLDS -> {
        for (int[] members : split.byClass(Math.max(1, rows.stats().classes()))) {
          split.deal(members, (int) validation.amount());
        }
      }
    }
  }

  /** How many rows of a group are held out by some mask. */
  public static long validationRows(GroupRows rows) {
    long held = 0;
    for (int b = 0; b < rows.blocks(); b++) {
      RowBlock block = rows.block(b);
      byte[] fold = block.fold();
      for (int r = block.offset(); r < block.offset() + block.rows(); r++) {
        held += fold[r] == NEVER_HELD ? 0 : 1;
      }
    }
    return held;
  }

  private int[][] byClass(int classes) {
    int count = Math.toIntExact(rows.rows());
    int[] sizes = new int[classes];
    for (int r = 0; r < count; r++) {
      sizes[classOf(r, classes)]++;
    }
    int[][] members = new int[classes][];
    for (int k = 0; k < classes; k++) {
      members[k] = new int[sizes[k]];
    }
    for (int r = count - 1; r >= 0; r--) {
      int k = classOf(r, classes);
      members[k][--sizes[k]] = r;
    }
    return members;
  }

  private int classOf(int row, int classes) {
    return classes == 1 ? 0 : (int) rows.target(row);
  }

  private long[] hashes(int[] members) {
    long[] hashes = new long[members.length];
    for (int i = 0; i < members.length; i++) {
      hashes[i] = Hash.hash(seed, rows.ordinal(members[i]));
    }
    return hashes;
  }

  /** Holds out the last rows: all that come after some value, and the last ones that have it. */
  private void holdOutLast() {
    int count = Math.toIntExact(rows.rows());
    long[] ranks = new long[count];
    for (int r = 0; r < count; r++) {
      ranks[r] = rank(rows.order(r));
    }
    int held = HoldOut.share(validation.amount(), count);
    long border = held <= 0 ? Long.MAX_VALUE : sorted(ranks)[count - held];
    int after = 0;
    for (long rank : ranks) {
      after += rank > border ? 1 : 0;
    }
    int ofBorder = held - after;
    for (int r = count - 1; r >= 0; r--) {
      boolean last = ranks[r] > border || (ranks[r] == border && ofBorder-- > 0);
      rows.assignFold(r, held > 0 && last ? 1 : NEVER_HELD);
    }
  }

  private static long[] sorted(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** A whole number that sorts like the value; a missing one before all others. */
  private static long rank(double value) {
    if (Double.isNaN(value)) {
      return Long.MIN_VALUE;
    }
    long bits = Double.doubleToLongBits(value + 0.0); // no negative zero
    return bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
  }

  /** Deals rows to folds in turn, in the order of their hashes; never all of a class to one. */
  private void deal(int[] members, int folds) {
    if (members.length == 1 && rows.stats().classes() > 0) {
      rows.assignFold(members[0], NEVER_HELD);
      return;
    }
    long[] hashes = hashes(members);
    long[] sorted = sorted(hashes);
    for (int i = 0; i < members.length; i++) {
      int rank = Arrays.binarySearch(sorted, hashes[i]);
      rows.assignFold(members[i], 1 + (dealt + rank) % folds);
    }
    dealt += members.length;
  }
}
