package dev.kingpin.tune;

import dev.kingpin.learner.Metric;

/** Sums over all validation rows of a group, of which the metrics of some models are made. */
public final class ScoreTotals {
  private final int models;
  private final double[] sums; // (Tally.SUMS, models)
  private final double[] targets = new double[Tally.TARGET_SUMS];
  private final double[] areas; // (models): sum over folds of area times weight
  private final double[] areaWeights; // (models)

  public ScoreTotals(int models) {
    this.models = models;
    sums = new double[models * Tally.SUMS];
    areas = new double[models];
    areaWeights = new double[models];
  }

  /** Adds the sums of the rows of a fold, block by block, in order. */
  public void add(Scoring.Request request, Scoring.Answers answers) {
    for (int b = 0; b < answers.seen.length; b++) {
      for (int i = 0; i < models * Tally.SUMS; i++) {
        sums[i] += answers.sums[b * models * Tally.SUMS + i];
      }
      for (int i = 0; i < Tally.TARGET_SUMS; i++) {
        targets[i] += answers.targets[b * Tally.TARGET_SUMS + i];
      }
    }
    if (request.ranks()) {
      double weight = weight(answers);
      for (int m = 0; m < models; m++) {
        addArea(m, Auc.of(request, answers, m), weight);
      }
    }
  }

  private static double weight(Scoring.Answers answers) {
    double weight = 0;
    for (int b = 0; b < answers.seen.length; b++) {
      weight += answers.targets[b * Tally.TARGET_SUMS];
    }
    return weight;
  }

  private void addArea(int model, double area, double weight) {
    if (!Double.isNaN(area)) {
      areas[model] += area * weight;
      areaWeights[model] += weight;
    }
  }

  /** What a model scores; NaN if there are no rows. */
  public double of(int model, Metric metric) {
    return metric == Metric.AUC
        ? areas[model] / areaWeights[model]
        : Tally.metric(metric, sums[model], sums[models + model], targets);
  }
}
