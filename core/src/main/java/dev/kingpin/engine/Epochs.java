package dev.kingpin.engine;

import dev.kingpin.data.GroupRows;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Workspace;
import dev.kingpin.plan.VirtualShards;

/**
 * Epochs of chains whose state changes from batch to batch, where one worker has all rows.
 *
 * @param rows of the group, in the order in which chains visit them
 * @param beforeShard called before each virtual shard
 */
public record Epochs(GroupRows rows, Workspace workspace, Runnable beforeShard) {
  /** Trains a chain until it wants no further epoch: from its own virtual shard on, and around. */
  public <S> void train(
      SequentialTrainer<S> trainer, Chain chain, S state, Field.AfterEpoch<S> afterEpoch) {
    int shards = VirtualShards.of(rows.rows());
    int first = trainer.startShard(chain, shards);
    while (trainer.wantsEpoch(state)) {
      for (int s = 0; s < shards; s++) {
        beforeShard.run();
        visit(trainer, state, (first + s) % shards, shards);
      }
      trainer.endEpoch(state);
      afterEpoch.ended(state);
    }
  }

  private <S> void visit(SequentialTrainer<S> trainer, S state, int shard, int shards) {
    int to = VirtualShards.firstBlock(shard + 1, shards, rows.blocks());
    for (int b = VirtualShards.firstBlock(shard, shards, rows.blocks()); b < to; b++) {
      trainer.advance(state, rows.block(b), workspace);
    }
  }
}
