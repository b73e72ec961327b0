package dev.kingpin.data;

import org.jspecify.annotations.Nullable;

/** The rows of one fold of a row block, side by side, in memory that serves again for the next. */
public final class FoldRows {
  private final int[] rows = new int[RowBlock.ROWS]; // in the fold
  private @Nullable Slab slab;
  private @Nullable Features features; // of the slab

  /**
   * The rows of a block that are in a fold, in order.
   *
   * @return rows that stand until the next call; with the block's own number and first row
   */
  public RowBlock of(RowBlock block, int fold) {
    Slab from = block.slab();
    Slab to = slab(block.features(), from.weight != null);
    int count = 0;
    for (int r = block.offset(); r < block.offset() + block.rows(); r++) {
      rows[count] = r;
      count += from.fold[r] == fold ? 1 : 0;
    }
    to.copyRows(from, rows, count);
    return new RowBlock(to, block.features(), 0, count, block.firstRow(), block.number());
  }

  @SuppressWarnings("ReferenceEquality") // equal features just make another slab
  private Slab slab(Features wanted, boolean weighted) {
    if (slab == null || features != wanted || weighted != (slab.weight != null)) {
      slab = new Slab(RowBlock.ROWS, wanted, weighted);
      features = wanted;
    }
    return slab;
  }
}
