package dev.kingpin.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What several models answer to some rows, and what is true of these rows.
 *
 * @param answers (rows, models), row-major, and {@link AnswerKernels#ROOM} more entries
 * @param truth (rows) from {@code offset}: targets, or 0 and 1 for the classes
 * @param weights (rows) from {@code offset}; null if all are 1
 * @param offset at least 0
 */
@SuppressWarnings("ArrayRecordComponent") // a parameter list with names, never compared
public record AnswerRows(
    double[] answers, float[] truth, float @Nullable [] weights, int offset, int rows, int models) {

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if an array is too short
   */
  public AnswerRows {
    Objects.checkFromIndexSize(offset, rows, truth.length);
    Objects.checkFromIndexSize(offset, rows, weights == null ? truth.length : weights.length);
    if (models < 0 || (long) rows * models + AnswerKernels.ROOM > answers.length) {
      throw new IllegalArgumentException(
          "Rows (%d), models (%d) and answers (%d).".formatted(rows, models, answers.length));
    }
  }

  /** The weight of row r. */
  double weight(int r) {
    return weights == null ? 1 : weights[offset + r];
  }
}
