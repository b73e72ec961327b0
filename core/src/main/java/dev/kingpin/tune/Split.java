package dev.kingpin.tune;

import dev.kingpin.data.GroupRows;
import dev.kingpin.kernel.Hash;
import dev.kingpin.query.Validation;
import java.util.Arrays;

/**
 * Chooses the validation rows of a group. By chance, these are an exact number of rows, those whose
 * hash of (seed, position in the source) is smallest; folds are runs of rows in the order of that
 * hash. Which rows these are depends on nothing else: neither on other groups nor on the order in
 * which groups are served. Classes are split one by one, so that each keeps its share.
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
    int classes = Math.max(1, rows.stats().classes());
    for (int[] members : split.byClass(classes)) {
      split.assign(members);
    }
  }

  /** How many rows of a group are held out by some mask. */
  public static long validationRows(GroupRows rows) {
    long held = 0;
    for (int b = 0; b < rows.blocks(); b++) {
      var block = rows.block(b);
      for (int r = 0; r < block.rows(); r++) {
        held += block.fold()[block.offset() + r] == NEVER_HELD ? 0 : 1;
      }
    }
    return held;
  }

  private int[][] byClass(int classes) {
    int count = Math.toIntExact(rows.rows());
    int[][] members = new int[classes][count];
    int[] sizes = new int[classes];
    for (int r = 0; r < count; r++) {
      int k = classes == 1 ? 0 : (int) rows.target(r);
      members[k][sizes[k]++] = r;
    }
    for (int k = 0; k < classes; k++) {
      members[k] = Arrays.copyOf(members[k], sizes[k]);
    }
    return members;
  }

  private void assign(int[] members) {
    if (members.length > 0) {
      switch (validation.kind()) {
        case HOLDOUT -> holdOut(members);
        case FOLDS -> deal(members, (int) validation.amount());
        case LAST -> throw new IllegalStateException("not here");
      }
    }
  }

  private long[] hashes(int[] members) {
    long[] hashes = new long[members.length];
    for (int i = 0; i < members.length; i++) {
      hashes[i] = Hash.hash(seed, rows.ordinal(members[i]));
    }
    return hashes;
  }

  /** Holds out a share of the rows, but never all of a class. */
  private void holdOut(int[] members) {
    long[] hashes = hashes(members);
    int held = Math.min((int) Math.rint(validation.amount() * members.length), members.length - 1);
    long limit = held <= 0 ? 0 : Selection.smallest(hashes.clone(), held);
    for (int i = 0; i < members.length; i++) {
      rows.assignFold(members[i], held > 0 && hashes[i] <= limit ? 1 : NEVER_HELD);
    }
  }

  /** Deals rows to folds in turn, in the order of their hashes. */
  private void deal(int[] members, int folds) {
    long[] hashes = hashes(members);
    long[] sorted = hashes.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < members.length; i++) {
      int rank = Arrays.binarySearch(sorted, hashes[i]);
      rows.assignFold(members[i], 1 + (dealt + rank) % folds);
    }
    dealt += members.length;
  }
}
