package dev.kingpin.learner;

import dev.kingpin.data.GroupStats;
import org.jspecify.annotations.Nullable;

/**
 * Training as an aggregate, run until it converges: the part of the contract that does not depend
 * on how rows are read. A trainer is stateless; all that changes is in the state {@code S}, which
 * one thread at a time owns. Equal calls in equal order give equal states, bit for bit.
 *
 * @param <S> the state of a chain
 */
public sealed interface Trainer<S> permits AggregateTrainer, SequentialTrainer {
  /**
   * The state before the first row is read. Called once a chain, by the group's owner.
   *
   * @param prior what the group's parent has learned, or null if it has no parent with a model
   */
  S begin(Chain chain, GroupStats group, @Nullable Prior prior);

  /**
   * The state of a chain with one fit that goes on from fit {@code fit} of a chain that is done,
   * learning from all rows. It may be done at once.
   */
  S refit(S state, int fit);

  /** How fit {@code fit} ended; the chain must be done. */
  FitResult finish(S state, int fit);

  /** The state as bytes; allowed between any two calls. Equal states give equal bytes. */
  byte[] snapshot(S state);

  /** The state that {@link #snapshot} took, for the same chain, group and prior. */
  S restore(Chain chain, GroupStats group, @Nullable Prior prior, byte[] snapshot);
}
