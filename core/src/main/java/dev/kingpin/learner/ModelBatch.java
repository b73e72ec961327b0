package dev.kingpin.learner;

import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.AnswerKernels;
import java.util.List;

/**
 * Models of one width that answer the same rows together, each with the bits that it gives alone.
 * Immutable, safe for many threads.
 */
public interface ModelBatch {
  /** Number of models. */
  int size();

  /** Numbers in the answer of each model to a row; see {@link Model#width}. */
  int width();

  /**
   * Predicts a block of rows.
   *
   * @param block encoded features; its target, weight and fold are not read
   * @param predictions OUT (rows, models, width), row-major, and {@link AnswerKernels#ROOM} more
   *     entries, which hold anything afterwards
   */
  void predict(RowBlock block, double[] predictions, Workspace workspace);

  /** Models that are asked one after the other. */
  static ModelBatch oneByOne(List<? extends Model> models) {
    return new OneByOne(models);
  }
}
