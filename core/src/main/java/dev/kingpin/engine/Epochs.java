package dev.kingpin.engine;

import dev.kingpin.data.GroupRows;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Workspace;
import dev.kingpin.plan.VirtualShards;
import java.util.stream.IntStream;

/**
 * Epochs of chains whose state changes from batch to batch, where one worker has all rows.
 *
 * @param rows of the group, in the order in which chains visit them
 * @param beforeBlock called before each row block
 */
public record Epochs(GroupRows rows, Workspace workspace, Runnable beforeBlock) {
  /** Trains a chain until it wants no further epoch. */
  public <S> void train(
      SequentialTrainer<S> trainer, Chain chain, S state, Field.AfterEpoch<S> afterEpoch) {
    int[] order = order(trainer, chain, rows.rows());
    while (trainer.wantsEpoch(state)) {
      for (int block : order) {
        beforeBlock.run();
        trainer.advance(state, rows.block(block), workspace);
      }
      trainer.endEpoch(state);
      afterEpoch.ended(state);
    }
  }

  /** Row blocks as a chain visits them: from its own virtual shard on, and around. */
  public static int[] order(SequentialTrainer<?> trainer, Chain chain, long rows) {
    int blocks = (int) ((rows + RowBlock.ROWS - 1) / RowBlock.ROWS);
    int shards = VirtualShards.of(rows);
    int first = VirtualShards.firstBlock(trainer.startShard(chain, shards), shards, blocks);
    return IntStream.range(0, blocks).map(b -> (first + b) % blocks).toArray();
  }
}
