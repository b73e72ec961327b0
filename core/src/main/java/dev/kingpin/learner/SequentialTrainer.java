package dev.kingpin.learner;

import dev.kingpin.data.RowBlock;
import java.util.Optional;

/**
 * Training whose state changes with every row block, in the chain's own order: stochastic gradient
 * descent. The chain visits the virtual shards of its group in wrap-around order, starting at
 * {@link #startShard}; the rows of a group are permuted once, by the run's seed.
 *
 * @param <S> the state of a chain, wherever the chain stands
 */
public non-sealed interface SequentialTrainer<S> extends Trainer<S> {
  /** Whether the chain wants another epoch over its rows. */
  boolean wantsEpoch(S state);

  /** Learns from a block, changing the state in place. */
  void advance(S state, RowBlock block, Workspace workspace);

  /** All blocks of an epoch have been visited. */
  void endEpoch(S state);

  /** Where an epoch starts: a hash of the chain's configs modulo {@code shards}. */
  int startShard(Chain chain, int shards);

  /** How to learn from batches whose rows lie on several workers; empty if that cannot be. */
  default Optional<BatchTrainer<S, ?, ?>> batches() {
    return Optional.empty();
  }
}
