package dev.kingpin.learner;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What several models score on the same validation rows, by every metric that is kept. */
public final class Scores {
  private final int metrics;
  private final double[] values; // (models, metrics), row-major

  /**
   * @param metrics how many are kept; the deciding one is the first
   * @param values (models, metrics), row-major; NaN where a model is missing
   */
  public Scores(int metrics, double[] values) {
    if (metrics < 1 || values.length % metrics != 0) {
      throw new IllegalArgumentException(values.length + " values of " + metrics + " metrics");
    }
    this.metrics = metrics;
    this.values = values.clone();
  }

  /** Scores by the deciding metric alone. */
  public static Scores of(List<Double> deciding) {
    return new Scores(1, deciding.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Number of models. */
  public int models() {
    return values.length / metrics;
  }

  /** Number of metrics. */
  public int metrics() {
    return metrics;
  }

  /** What a model scores by the deciding metric. */
  public double deciding(int model) {
    return values[model * metrics];
  }

  /** What a model scores by the metric at this position among those kept. */
  public double of(int model, int metric) {
    return values[model * metrics + metric];
  }

  /** The scores of the first models. */
  public Scores first(int count) {
    return new Scores(metrics, Arrays.copyOf(values, count * metrics));
  }

  /** All scores of all models by the deciding metric. */
  public List<Double> deciding() {
    return IntStream.range(0, models()).mapToObj(this::deciding).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scores scores
        && scores.metrics == metrics
        && Arrays.equals(scores.values, values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
