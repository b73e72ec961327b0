package dev.kingpin.learner;

import dev.kingpin.data.RowBlock;
import java.util.Map;

/** What a fit learned; answers rows. Immutable, safe for many threads. */
public interface Model {
  /** Numbers in the answer to a row: 1, or the number of classes if there are more than two. */
  default int width() {
    return 1;
  }

  /**
   * Predicts a block of rows.
   *
   * @param block encoded features; its target, weight and fold are not read
   * @param predictions OUT (rows, width), row-major: the expected target, the probability of the
   *     second class of two, or the probabilities of all classes
   */
  void predict(RowBlock block, double[] predictions);

  /** What was learned, for people and JSON: names to numbers, texts or nested maps, in order. */
  Map<String, Object> describe();
}
