package dev.kingpin.learner.linear;

import dev.kingpin.data.Dictionary;
import dev.kingpin.data.Feature;
import dev.kingpin.data.Features;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Model;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A weighted sum of features, as it stands or through the logistic function. A numeric value that
 * is missing counts as the group's mean, and adds the weight of its indicator; a level that the
 * group never had counts as the reference level.
 *
 * @param features the run's features
 * @param logistic whether the sum is a log-odds
 * @param intercept of encoded values
 * @param coefficients (numeric features), of encoded values
 * @param means (numeric features): what stands in for a missing value, encoded
 * @param indicators (numeric features): what a missing value adds
 * @param levels (categorical features): codes that have a weight, ascending; NULL as the
 *     dictionary's size
 * @param levelWeights (categorical features): their weights
 */
@SuppressWarnings("ArrayRecordComponent") // models are never compared
record LinearModel(
    Features features,
    boolean logistic,
    double intercept,
    double[] coefficients,
    float[] means,
    double[] indicators,
    int[][] levels,
    double[][] levelWeights)
    implements Model {

  static LinearModel constant(Features features, double value) {
    int numeric = features.numeric().size();
    int categories = features.categorical().size();
    return new LinearModel(
        features,
        false,
        value,
        new double[numeric],
        new float[numeric],
        new double[numeric],
        new int[categories][0],
        new double[categories][0]);
  }

  /**
   * @param weights of the design's columns and the intercept last, for the scaled target
   */
  static LinearModel ofRegression(Design design, double[] weights) {
    Moments.Ranges ranges = new Moments.Ranges(design.group());
    double unit = ranges.targetBack(1) - ranges.targetBack(0);
    double zero = ranges.targetBack(0) + design.group().targetOffset();
    return of(design, weights, unit, zero, false);
  }

  /**
   * @param weights of the design's columns and the intercept last, in log-odds
   */
  static LinearModel ofLogistic(Design design, double[] weights) {
    return of(design, weights, 1, 0, true);
  }

  private static LinearModel of(
      Design design, double[] weights, double unit, double zero, boolean logistic) {
    int numeric = design.numeric();
    double[] coefficients = new double[numeric];
    double[] indicators = new double[numeric];
    double intercept = zero + unit * weights[design.columns()];
    for (int j = 0; j < numeric; j++) {
      coefficients[j] = unit * weights[j] * design.inverse[j];
      intercept -= coefficients[j] * design.centre[j];
    }
    for (int i = 0; i < design.indicators.length; i++) {
      indicators[design.indicators[i]] = unit * weights[numeric + i];
    }
    int[][] levels = new int[design.categories()][];
    double[][] levelWeights = new double[design.categories()][];
    for (int c = 0; c < levels.length; c++) {
      int category = c;
      levels[c] =
          java.util.stream.IntStream.range(0, design.levels(c))
              .filter(l -> design.column(category, l) >= 0)
              .toArray();
      levelWeights[c] = new double[levels[c].length];
      for (int i = 0; i < levels[c].length; i++) {
        levelWeights[c][i] = unit * weights[design.column(c, levels[c][i])];
      }
    }
    return new LinearModel(
        design.group().features(),
        logistic,
        intercept,
        coefficients,
        design.centre,
        indicators,
        levels,
        levelWeights);
  }

  @Override
  public void predict(RowBlock block, double[] predictions) {
    int numeric = coefficients.length;
    for (int r = 0; r < block.rows(); r++) {
      double sum = intercept;
      int from = block.numericOffset() + r * numeric;
      for (int j = 0; j < numeric; j++) {
        float value = block.numeric()[from + j];
        sum +=
            Float.isNaN(value)
                ? coefficients[j] * means[j] + indicators[j]
                : coefficients[j] * value;
      }
      int codes = block.codesOffset() + r * block.categories();
      for (int c = 0; c < levels.length; c++) {
        sum += levelWeight(c, block.codes()[codes + c]);
      }
      predictions[r] = logistic ? 1 / (1 + StrictMath.exp(-sum)) : sum;
    }
  }

  private double levelWeight(int category, int code) {
    Dictionary dictionary = features.categorical().get(category).dictionary();
    int at = java.util.Arrays.binarySearch(levels[category], Moments.levelOf(code, dictionary));
    return at >= 0 ? levelWeights[category][at] : 0;
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> described = new LinkedHashMap<>();
    double shown = intercept;
    Map<String, Object> weights = new LinkedHashMap<>();
    for (int j = 0; j < coefficients.length; j++) {
      Feature.Numeric feature = features.numeric().get(j);
      shown -= coefficients[j] * feature.offset();
      weights.put(feature.name(), coefficients[j]);
      if (indicators[j] != 0) {
        weights.put(feature.name() + " is missing", indicators[j]);
      }
    }
    for (int c = 0; c < levels.length; c++) {
      Feature.Categorical feature = features.categorical().get(c);
      for (int i = 0; i < levels[c].length; i++) {
        int level = levels[c][i];
        boolean isNull = level == feature.dictionary().size();
        String name = isNull ? "NULL" : feature.dictionary().value(level);
        weights.put(feature.name() + " = " + name, levelWeights[c][i]);
      }
    }
    described.put("intercept", shown);
    described.put("coefficients", weights);
    return described;
  }
}
