package dev.kingpin.learner;

import dev.kingpin.data.RowBlock;
import org.jspecify.annotations.Nullable;

/**
 * A question that all rows of a group answer together: every row block adds to a partial, in any
 * order, on any number of workers, each with partials of its own; then partials are merged, in any
 * order.
 *
 * @param <Q> a request: small and immutable
 * @param <P> a partial: what one worker has summed up for one request
 */
public interface RowScan<Q, P> extends Wire<Q, P> {
  /**
   * An empty partial for a request.
   *
   * @param reuse a partial of this scan that is no longer needed; may be emptied and returned
   */
  P partial(Q request, @Nullable P reuse);

  /**
   * Adds one row block to a partial. Runs in parallel on different partials.
   *
   * @param rowState state of these rows, kept where the rows are
   */
  void accumulate(Q request, RowBlock block, RowState rowState, P partial, Workspace workspace);

  /** Adds {@code from} into {@code into}: exact, commutative, associative. */
  void merge(P into, P from);
}
