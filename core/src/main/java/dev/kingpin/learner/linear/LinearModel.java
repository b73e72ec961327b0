package dev.kingpin.learner.linear;

import dev.kingpin.data.Dictionary;
import dev.kingpin.data.Features;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Model;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weighted sums of features, brought to predictions by a {@link Link}. A numeric value that is
 * missing counts as the group's mean, and adds the weight of its indicator; a level that the group
 * never had counts as the reference level.
 *
 * <p>There is one sum, or one for each class if there are more than two. A row's sums take one
 * fused multiply-add for each numeric feature, in order, then one addition for each categorical
 * feature: four rows side by side or one alone give the same bits. A missing value is a NaN and
 * makes the sum a NaN, so only such rows are looked at value by value.
 *
 * @param features the run's features
 * @param link what the sums are
 * @param means (numeric features): what stands in for a missing value, encoded
 * @param levels (categorical features): codes that have a weight, ascending; NULL as the
 *     dictionary's size
 * @param terms the weights
 * @param errors how far to trust the weights, or null if that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // models are never compared
record LinearModel(
    Features features,
    Link link,
    float[] means,
    int[][] levels,
    Terms terms,
    @Nullable Errors errors)
    implements Model {

  /** Rows that are summed side by side. */
  private static final int TILE = 4;

  private static final int LEAST_CLASSES = 3;

  /**
   * The model that gives every row the same answer.
   *
   * @param answer one number, or the probabilities of three or more classes
   */
  static LinearModel constant(Features features, double... answer) {
    if (answer.length != 1 && answer.length < LEAST_CLASSES) {
      throw new IllegalArgumentException("An answer of (%d) numbers.".formatted(answer.length));
    }
    boolean isNumber = answer.length == 1;
    int numeric = features.numeric().size();
    int[][] levels = new int[features.categorical().size()][0];
    Terms terms = Terms.zeros(answer.length, numeric, levels);
    for (int k = 0; k < answer.length; k++) {
      terms.intercepts()[k] = isNumber ? answer[k] : StrictMath.log(answer[k]);
    }
    Link link = isNumber ? Link.IDENTITY : Link.SOFTMAX;
    return new LinearModel(features, link, new float[numeric], levels, terms, null);
  }

  /**
   * The model of weights that were learned in a design's coordinates.
   *
   * @param weights (columns + 1, outputs), row-major, the intercepts last
   * @param unit what one unit of the scaled target is in units of the target; 1 unless the link is
   *     the identity
   * @param zero the target that scaled targets call 0; 0 unless the link is the identity
   */
  static LinearModel of(Design design, Link link, double[] weights, double unit, double zero) {
    return new DesignWeights(design, unit, zero).toModel(link, weights);
  }

  /**
   * What a model says, in the coordinates of another design: such weights that {@link #of} makes of
   * them a model with the same predictions on the rows of that design. Exceptions are rows with a
   * missing value of a feature that only some of these rows miss and that has no indicator there.
   *
   * @param child the design to speak of
   * @param unit as in {@link #of}
   * @param zero as in {@link #of}
   * @return (columns + 1, outputs), row-major, the intercepts last
   */
  static double[] inDesign(LinearModel parent, Design child, double unit, double zero) {
    return new DesignWeights(child, unit, zero).ofModel(parent);
  }

  /**
   * @param weights of the design's columns and the intercept last, for the scaled target
   */
  static LinearModel ofRegression(Design design, double[] weights) {
    Moments.Ranges ranges = new Moments.Ranges(design.group());
    double unit = ranges.targetBack(1) - ranges.targetBack(0);
    double zero = ranges.targetBack(0) + design.group().targetOffset();
    return of(design, Link.IDENTITY, weights, unit, zero);
  }

  /**
   * @param weights of the design's columns and the intercept last, in log-odds
   */
  static LinearModel ofLogistic(Design design, double[] weights) {
    return of(design, Link.LOGISTIC, weights, 1, 0);
  }

  /** The same model, and how far to trust its weights. */
  LinearModel withErrors(Errors known) {
    return new LinearModel(features, link, means, levels, terms, known);
  }

  @Override
  public int width() {
    return terms.outputs();
  }

  // ---------------------------------------------------------------- predict

  @Override
  public void predict(RowBlock block, double[] predictions) {
    int outputs = terms.outputs();
    if (isConstant()) {
      for (int r = 0; r < block.rows(); r++) {
        System.arraycopy(terms.intercepts(), 0, predictions, r * outputs, outputs);
      }
    } else {
      addNumeric(block, predictions);
      for (int c = 0; c < levels.length; c++) {
        addLevels(c, block, predictions);
      }
    }
    link.apply(predictions, block.rows(), outputs);
  }

  /** Whether no feature has a weight. */
  boolean isConstant() {
    return isZero(terms.coefficients()) && isZero(terms.indicators()) && isZero(terms.levels());
  }

  private static boolean isZero(double[][] values) {
    for (double[] each : values) {
      if (!isZero(each)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(double[] values) {
    for (double value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** Writes intercepts and numeric features: {@code sums} is OUT (rows, outputs), row-major. */
  private void addNumeric(RowBlock block, double[] sums) {
    int rows = block.rows();
    int outputs = terms.outputs();
    int r = 0;
    for (; r + TILE <= rows; r += TILE) {
      for (int k = 0; k < outputs; k++) {
        sumTile(block, r, k, sums);
      }
    }
    for (; r < rows; r++) {
      for (int k = 0; k < outputs; k++) {
        sumRow(block, r, k, sums);
      }
    }
    for (r = 0; r < rows; r++) {
      if (Double.isNaN(sums[r * outputs])) {
        sumWithMissing(block, r, sums, r * outputs);
      }
    }
  }

  /** Sums of output {@code k} for four rows from {@code r}. */
  private void sumTile(RowBlock block, int r, int k, double[] sums) {
    double[] coefficients = terms.coefficients();
    float[] values = block.numeric();
    int width = means.length;
    int row0 = block.numericOffset() + r * width;
    int row1 = row0 + width;
    int row2 = row1 + width;
    int row3 = row2 + width;
    double sum0 = terms.intercepts()[k];
    double sum1 = sum0;
    double sum2 = sum0;
    double sum3 = sum0;
    for (int j = 0; j < width; j++) {
      double coefficient = coefficients[k * width + j];
      sum0 = Math.fma(coefficient, values[row0 + j], sum0);
      sum1 = Math.fma(coefficient, values[row1 + j], sum1);
      sum2 = Math.fma(coefficient, values[row2 + j], sum2);
      sum3 = Math.fma(coefficient, values[row3 + j], sum3);
    }
    int outputs = terms.outputs();
    int to = r * outputs + k;
    sums[to] = sum0;
    sums[to + outputs] = sum1;
    sums[to + 2 * outputs] = sum2;
    sums[to + 3 * outputs] = sum3;
  }

  private void sumRow(RowBlock block, int r, int k, double[] sums) {
    double[] coefficients = terms.coefficients();
    float[] values = block.numeric();
    int width = means.length;
    int from = block.numericOffset() + r * width;
    double sum = terms.intercepts()[k];
    for (int j = 0; j < width; j++) {
      sum = Math.fma(coefficients[k * width + j], values[from + j], sum);
    }
    sums[r * terms.outputs() + k] = sum;
  }

  /** Writes the sums of a row of which some values may be missing, from {@code to} on. */
  void sumWithMissing(RowBlock block, int r, double[] sums, int to) {
    int width = means.length;
    int from = block.numericOffset() + r * width;
    for (int k = 0; k < terms.outputs(); k++) {
      double sum = terms.intercepts()[k];
      for (int j = 0; j < width; j++) {
        float value = block.numeric()[from + j];
        double coefficient = terms.coefficients()[k * width + j];
        sum =
            Float.isNaN(value)
                ? Math.fma(coefficient, means[j], sum) + terms.indicators()[k * width + j]
                : Math.fma(coefficient, value, sum);
      }
      sums[to + k] = sum;
    }
  }

  /** Adds a categorical feature to {@code sums}, (rows, outputs), row-major. */
  private void addLevels(int category, RowBlock block, double[] sums) {
    int[] known = levels[category];
    if (known.length == 0) {
      return;
    }
    Dictionary dictionary = features.categorical().get(category).dictionary();
    int code = block.codesOffset() + category;
    for (int r = 0; r < block.rows(); r++, code += block.categories()) {
      int at = Arrays.binarySearch(known, Moments.levelOf(block.codes()[code], dictionary));
      if (at >= 0) {
        addLevel(category, at, sums, r * terms.outputs());
      }
    }
  }

  /**
   * Adds the weights of a level to the sums of a row.
   *
   * @param at which of the levels that have a weight
   * @param to where the sums of the row start
   */
  void addLevel(int category, int at, double[] sums, int to) {
    int outputs = terms.outputs();
    for (int k = 0; k < outputs; k++) {
      sums[to + k] += terms.levels()[category][at * outputs + k];
    }
  }

  @Override
  public Map<String, Object> describe() {
    return new ModelDescription(this).parts();
  }
}
