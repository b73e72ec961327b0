package dev.kingpin.learner;

import dev.kingpin.data.RowBlock;
import java.util.Map;

/** What a fit learned; answers rows. Immutable, safe for many threads. */
public interface Model {
  /**
   * Predicts a block of rows.
   *
   * @param block encoded features; its target, weight and fold are not read
   * @param predictions OUT (rows): the expected target, or the probability of the second class
   */
  void predict(RowBlock block, double[] predictions);

  /** What was learned, for people and JSON: names to numbers, texts or nested maps, in order. */
  Map<String, Object> describe();
}
