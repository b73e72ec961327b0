package dev.kingpin;

import java.util.OptionalDouble;

/**
 * What became of the rows of a prediction.
 *
 * @param rows in the table
 * @param byGroup rows answered by the model of their group
 * @param byParent rows answered by the model of a family that their group belongs to
 * @param byGlobal rows answered by the model of all rows
 * @param unanswered rows for which nobody answered
 * @param unseen rows of groups that were not in the training table, whoever answered
 * @param metric over the answered rows that have a target, if there are any; NaN if these are too
 *     few to tell
 * @param metricName what the metric is called
 */
public record PredictionSummary(
    long rows,
    long byGroup,
    long byParent,
    long byGlobal,
    long unanswered,
    long unseen,
    OptionalDouble metric,
    String metricName) {
  /** Rows with a prediction. */
  public long answered() {
    return rows - unanswered;
  }
}
