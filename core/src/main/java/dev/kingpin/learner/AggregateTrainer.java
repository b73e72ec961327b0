package dev.kingpin.learner;

import dev.kingpin.data.RowBlock;
import org.jspecify.annotations.Nullable;

/**
 * Training by sums or histograms over rows. A step is: {@link #ask}, then {@link #accumulate} for
 * every row block of the group (in any order, on any number of workers, each with partials of its
 * own), then {@link #merge} of those partials (in any order), then {@link #tell}.
 *
 * <p>Partials hold integers, or floats that were summed inside one row block and turned into
 * integers, so that merging is exact and order-free.
 *
 * @param <S> the state of a chain, at the group's owner
 * @param <Q> a request: small, immutable, never the whole state
 * @param <P> a partial: what one worker has summed up for one request
 */
public non-sealed interface AggregateTrainer<S, Q, P> extends Trainer<S>, RowScan<Q, P> {
  /** What the chain wants to know next, or null if it is done. Does not change the state. */
  @Nullable Q ask(S state);

  /** Hears the answer to the last request: the only calls that change the state. */
  void tell(S state, P partial);

  /** As {@link #tell(Object, Object)}, with working memory for what is large and soon forgotten. */
  default void tell(S state, P partial, Workspace workspace) {
    tell(state, partial);
  }

  /** Floats of state that each row carries from step to step; 0 if none. */
  default int rowStateWidth(Chain chain) {
    return 0;
  }

  /**
   * Rebuilds the row state of a block, whatever is in it, from a state that was restored or that a
   * refit starts from. Needed if rows carry state, which is all zeros when a chain begins.
   */
  default void replay(S state, RowBlock block, RowState rowState, Workspace workspace) {
    if (rowState.width() > 0) {
      throw new IllegalStateException(getClass().getName() + " keeps row state but cannot replay");
    }
  }
}
