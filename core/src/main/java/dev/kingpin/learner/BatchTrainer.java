package dev.kingpin.learner;

/**
 * Sequential training where the rows of every batch lie in parts on several workers. An epoch that
 * learns goes batch by batch: {@link #ask}, {@link #accumulate} for the rows of each part, {@link
 * #merge} into the first of them in their order, {@link #tell}. An epoch that only sums is one such
 * step over all rows. Epochs end with {@link SequentialTrainer#endEpoch}.
 *
 * <p>Partials may hold floats, so what is learned depends on how rows are dealt into parts; and on
 * nothing else, since parts are merged in order.
 *
 * @param <S> the state of a chain, at the group's owner
 * @param <Q> a request: such as weights, but not what steers them
 * @param <P> a partial: such as a gradient. As bytes, those of a request are of one length
 */
public interface BatchTrainer<S, Q, P> extends RowScan<Q, P> {
  /** Whether the epoch at hand changes the state batch by batch. */
  boolean learns(S state);

  /**
   * Where the batches of a row block start, and last where the block ends: places from 0 to {@code
   * rows}. Rows that are not learned from may count to any batch.
   *
   * @param fold of each row of the block, from {@code from} on
   */
  int[] batches(S state, byte[] fold, int from, int rows);

  /**
   * What the rows of a batch, or of the epoch, are asked. Does not change the state.
   *
   * @param first whether it is the first request of an epoch: then it tells all that the rows have
   *     to know of the chain
   */
  Q ask(S state, boolean first);

  /** Hears the answer to the last request. */
  void tell(S state, P partial);
}
