package dev.kingpin;

import java.util.OptionalDouble;

/**
 * What became of the rows of a prediction.
 *
 * @param rows in the table
 * @param answered rows with a prediction
 * @param unseenRows rows of groups that were not in the training table
 * @param unansweredRows rows of groups that were, but have no model
 * @param metric over the answered rows that have a target, if there are any
 * @param metricName what the metric is called
 */
public record PredictionSummary(
    long rows,
    long answered,
    long unseenRows,
    long unansweredRows,
    OptionalDouble metric,
    String metricName) {}
