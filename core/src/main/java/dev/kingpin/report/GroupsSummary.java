package dev.kingpin.report;

import dev.kingpin.learner.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What became of all groups together, and whether a model a group was worth it.
 *
 * @param groups all of them
 * @param trained with a tuned model
 * @param constant whose targets are all equal
 * @param failed without a model
 * @param failures number of failed groups, by reason
 * @param rows usable rows of all groups
 * @param trainedRows usable rows of trained groups
 * @param skippedRows rows without a target or a positive weight
 * @param validationRows of the trained groups that {@code overallMetric} is about
 * @param overallMetric of the winners, over all these rows
 * @param overallConstantMetric of each group's constant, over the same rows
 * @param medianMetric over trained groups
 * @param better groups whose winner beats the constant
 */
public record GroupsSummary(
    int groups,
    int trained,
    int constant,
    int failed,
    Map<String, Integer> failures,
    long rows,
    long trainedRows,
    long skippedRows,
    long validationRows,
    double overallMetric,
    double overallConstantMetric,
    double medianMetric,
    int better) {
  /** A gain that is no more than this is the rounding of sums. */
  private static final double ROUNDING = 1e-9;

  /** Sums up groups that were compared by this metric. */
  public static GroupsSummary of(List<GroupLine> lines, Metric metric) {
    List<GroupLine> trained = lines.stream().filter(l -> l.winner() != null).toList();
    List<GroupLine> judged =
        trained.stream()
            .filter(l -> Double.isFinite(l.metric()) && Double.isFinite(l.constantMetric()))
            .filter(l -> l.validationRows() > 0)
            .toList();
    Map<String, Integer> failures = new TreeMap<>();
    lines.stream()
        .filter(l -> l.status().equals("failed"))
        .forEach(l -> failures.merge(Objects.requireNonNull(l.reason()), 1, Integer::sum));
    int failed = failures.values().stream().mapToInt(n -> n).sum();
    return new GroupsSummary(
        lines.size(),
        trained.size(),
        lines.size() - trained.size() - failed,
        failed,
        failures,
        lines.stream().mapToLong(GroupLine::rows).sum(),
        trained.stream().mapToLong(GroupLine::rows).sum(),
        lines.stream().mapToLong(GroupLine::skippedRows).sum(),
        judged.stream().mapToLong(GroupLine::validationRows).sum(),
        overall(judged, metric, GroupLine::metric),
        overall(judged, metric, GroupLine::constantMetric),
        median(trained.stream().mapToDouble(GroupLine::metric).filter(Double::isFinite).toArray()),
        (int) judged.stream().filter(l -> l.gain() > ROUNDING).count());
  }

  /** The metric of all rows together, from those of the groups. */
  private static double overall(
      List<GroupLine> lines, Metric metric, ToDoubleFunction<GroupLine> value) {
    double sum = 0;
    double rows = 0;
    for (GroupLine line : lines) {
      double ofGroup = value.applyAsDouble(line);
      sum += line.validationRows() * (metric == Metric.RMSE ? ofGroup * ofGroup : ofGroup);
      rows += line.validationRows();
    }
    double mean = rows > 0 ? sum / rows : Double.NaN;
    return metric == Metric.RMSE ? Math.sqrt(mean) : mean;
  }

  private static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  /** The share of the constants' overall metric that the models take off. */
  public double gain() {
    return GroupLine.gain(overallMetric, overallConstantMetric);
  }
}
