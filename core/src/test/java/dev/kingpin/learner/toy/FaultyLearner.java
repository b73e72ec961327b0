package dev.kingpin.learner.toy;

import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Workspace;
import java.util.function.Consumer;

/** Runs into something at the row blocks of one group. */
public final class FaultyLearner extends BinnedLearner {
  private final long rows;
  private final Consumer<RowBlock> fault;

  /**
   * @param rows of the group, which no other group has
   * @param fault what happens at each of its blocks
   */
  public FaultyLearner(long rows, Consumer<RowBlock> fault) {
    this.rows = rows;
    this.fault = fault;
  }

  @Override
  public Trainer<?> trainer(Chain chain) {
    return new BinnedTrainer() {
      @Override
      public void accumulate(
          Request request, RowBlock block, RowState state, Partial partial, Workspace workspace) {
        if (request.group().rows() == rows) {
          fault.accept(block);
        }
        super.accumulate(request, block, state, partial, workspace);
      }
    };
  }
}
