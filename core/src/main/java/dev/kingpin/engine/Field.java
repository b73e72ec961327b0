package dev.kingpin.engine;

import dev.kingpin.data.GroupStats;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Workspace;
import java.util.List;
import java.util.function.Supplier;

/** The rows of a group, wherever they lie: what its owner knows of them, and may ask of them. */
public interface Field {
  /** What the calling worker owns. */
  Workspace workspace();

  GroupStats stats();

  /** Usable rows. */
  long rows();

  /** Puts the rows into folds, unless that has been done. */
  void split();

  /** Rows that some mask holds out. */
  long validationRows();

  /** As of {@link dev.kingpin.data.GroupRows#foldStarts}. */
  int[] foldStarts(int fold);

  /**
   * The answer of all rows to a request.
   *
   * @param state of the rows, as of {@link #open}
   */
  <Q, P> P scan(RowScan<Q, P> scan, Q request, StateKey state);

  /** Rows begin to carry so many floats each, all zeros. */
  StateKey open(int width);

  /** Makes the state of all rows again from the state of a chain. */
  <S> void replay(AggregateTrainer<S, ?, ?> trainer, Chain chain, S state, StateKey key);

  /** Rows need not carry their state any more. */
  void close(StateKey state);

  /**
   * Trains a chain whose state changes from batch to batch.
   *
   * @param afterEpoch called with the state after each epoch
   */
  <S> void epochs(SequentialTrainer<S> trainer, Chain chain, S state, AfterEpoch<S> afterEpoch);

  /** Hears that an epoch is over. */
  interface AfterEpoch<S> {
    void ended(S state);
  }

  /**
   * Hears that a chain is done.
   *
   * @param state of the chain, as of {@link dev.kingpin.learner.Trainer#snapshot}
   */
  default void ended(Chain chain, Supplier<byte[]> state) {}

  /**
   * Smaller chains that give the same models apart and are trained elsewhere; nothing if the chain
   * is trained by the caller.
   */
  default List<Chain> away(Chain chain) {
    return List.of();
  }

  /**
   * Trains a chain elsewhere.
   *
   * @param begun its state, as of {@link dev.kingpin.learner.Trainer#snapshot}
   * @return waits for its state when it is done
   */
  default Supplier<byte[]> train(Chain chain, byte[] begun) {
    throw new IllegalStateException("All chains are trained here");
  }

  /**
   * Which state of the rows is meant.
   *
   * @param number of the state, among those of the group
   * @param width floats a row
   */
  record StateKey(int number, int width) {
    /** Rows carry nothing. */
    public static final StateKey NONE = new StateKey(0, 0);
  }
}
