package dev.kingpin.learner.toy;

import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Workspace;
import java.util.function.Consumer;

/** Runs into something at one row block of one group. */
public final class FaultyLearner extends BinnedLearner {
  private final long rows;
  private final long firstRow;
  private final Consumer<RowBlock> fault;

  /**
   * @param rows of the group, which no other group has
   * @param firstRow of the block
   * @param fault what happens there
   */
  public FaultyLearner(long rows, long firstRow, Consumer<RowBlock> fault) {
    this.rows = rows;
    this.firstRow = firstRow;
    this.fault = fault;
  }

  @Override
  public Trainer<?> trainer(Chain chain) {
    return new BinnedTrainer() {
      @Override
      public void accumulate(
          Request request, RowBlock block, RowState state, Partial partial, Workspace workspace) {
        if (request.group().rows() == rows && block.firstRow() == firstRow) {
          fault.accept(block);
        }
        super.accumulate(request, block, state, partial, workspace);
      }
    };
  }
}
