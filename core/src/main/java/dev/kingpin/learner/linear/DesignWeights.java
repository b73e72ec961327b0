package dev.kingpin.learner.linear;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * From weights of a design's columns to models, and back.
 *
 * <p>Numeric column j of a design holds (x - centre) * inverse, and 0 where x is missing; its
 * indicator column, if there is one, holds 1 where x is missing; a level's column holds 1 where a
 * row has that level, and the reference level has no column. A model weighs x itself, so what the
 * centres and reference levels are worth moves between columns and intercept.
 *
 * <p>Weights are (columns + 1, outputs), row-major, the intercepts last.
 */
final class DesignWeights {
  private final Design design;
  private final double unit;
  private final double zero;
  private final int numeric;

  /**
   * @param unit what one unit of the scaled target is in units of the target
   * @param zero the target that scaled targets call 0
   */
  DesignWeights(Design design, double unit, double zero) {
    this.design = design;
    this.unit = unit;
    this.zero = zero;
    numeric = design.numeric();
  }

  // ---------------------------------------------------------------- to a model

  LinearModel toModel(Link link, double[] weights) {
    int outputs = weights.length / (design.columns() + 1);
    int[][] levels = levels();
    Terms terms = Terms.zeros(outputs, numeric, levels);
    for (int k = 0; k < outputs; k++) {
      fill(weights, k, levels, terms);
    }
    return new LinearModel(design.group().features(), link, design.centre, levels, terms, null);
  }

  /** The levels that have a column, by categorical feature, ascending. */
  int[][] levels() {
    int[][] levels = new int[design.categories()][];
    for (int c = 0; c < levels.length; c++) {
      int category = c;
      levels[c] =
          IntStream.range(0, design.levels(c))
              .filter(l -> design.column(category, l) >= 0)
              .toArray();
    }
    return levels;
  }

  private void fill(double[] weights, int k, int[][] levels, Terms terms) {
    int outputs = terms.outputs();
    double intercept = zero + unit * weights[design.columns() * outputs + k];
    for (int j = 0; j < numeric; j++) {
      double coefficient = unit * weights[j * outputs + k] * design.inverse[j];
      terms.coefficients()[k * numeric + j] = coefficient;
      intercept -= coefficient * design.centre[j];
    }
    terms.intercepts()[k] = intercept;
    for (int i = 0; i < design.indicators.length; i++) {
      terms.indicators()[k * numeric + design.indicators[i]] =
          unit * weights[(numeric + i) * outputs + k];
    }
    for (int c = 0; c < levels.length; c++) {
      for (int i = 0; i < levels[c].length; i++) {
        int column = design.column(c, levels[c][i]);
        terms.levels()[c][i * outputs + k] = unit * weights[column * outputs + k];
      }
    }
  }

  // ---------------------------------------------------------------- from a model

  double[] ofModel(LinearModel model) {
    int outputs = model.terms().outputs();
    double[] weights = new double[(design.columns() + 1) * outputs];
    for (int k = 0; k < outputs; k++) {
      double intercept = model.terms().intercepts()[k] - zero;
      intercept += numericOf(model, k, weights);
      for (int c = 0; c < design.categories(); c++) {
        intercept += levelsOf(model, k, c, weights);
      }
      weights[design.columns() * outputs + k] = intercept / unit;
    }
    return weights;
  }

  /**
   * Writes the weights of the dense columns of output {@code k}.
   *
   * @return what the intercept gains
   */
  private double numericOf(LinearModel model, int k, double[] weights) {
    int outputs = model.terms().outputs();
    double gain = 0;
    for (int j = 0; j < numeric; j++) {
      double coefficient = model.terms().coefficients()[k * numeric + j];
      boolean varies = design.inverse[j] > 0;
      weights[j * outputs + k] = varies ? coefficient / design.inverse[j] / unit : 0;
      boolean allMissing = design.group().missing()[j] == design.group().rows();
      gain += allMissing ? valueOfMissing(model, k, j) : coefficient * design.centre[j];
    }
    for (int i = 0; i < design.indicators.length; i++) {
      int j = design.indicators[i];
      double atCentre = model.terms().coefficients()[k * numeric + j] * design.centre[j];
      weights[(numeric + i) * outputs + k] = (valueOfMissing(model, k, j) - atCentre) / unit;
    }
    return gain;
  }

  private static double valueOfMissing(LinearModel model, int k, int j) {
    int at = k * model.means().length + j;
    return model.terms().coefficients()[at] * model.means()[j] + model.terms().indicators()[at];
  }

  /**
   * Writes the weights of the levels of a categorical feature for output {@code k}.
   *
   * @return what the intercept gains
   */
  private double levelsOf(LinearModel model, int k, int category, double[] weights) {
    int outputs = model.terms().outputs();
    double reference = levelOf(model, k, category, design.reference(category));
    for (int l = 0; l < design.levels(category); l++) {
      int column = design.column(category, l);
      if (column >= 0) {
        weights[column * outputs + k] = (levelOf(model, k, category, l) - reference) / unit;
      }
    }
    return reference;
  }

  private static double levelOf(LinearModel model, int k, int category, int level) {
    int at = Arrays.binarySearch(model.levels()[category], level);
    int outputs = model.terms().outputs();
    return at >= 0 ? model.terms().levels()[category][at * outputs + k] : 0;
  }

  // ---------------------------------------------------------------- errors

  /**
   * Standard errors of a model's weights.
   *
   * @param covariances (outputs): the covariance (columns + 1, columns + 1) of the weights of an
   *     output, in design coordinates, row-major; a column with NaN on the diagonal was not
   *     estimated
   * @param degrees degrees of freedom of Student's t; infinity for the normal distribution
   */
  Errors errors(double[][] covariances, double degrees) {
    int[][] levels = levels();
    int outputs = covariances.length;
    Terms errors = Terms.zeros(outputs, numeric, levels);
    int size = design.columns() + 1;
    for (int k = 0; k < outputs; k++) {
      double[] standard = new double[outputs * size];
      for (int i = 0; i < size; i++) {
        standard[i * outputs + k] = Math.sqrt(Math.max(0, covariances[k][i * size + i]));
      }
      new DesignWeights(design, Math.abs(unit), 0).fill(standard, k, levels, errors);
      errors.intercepts()[k] = interceptError(covariances[k]);
    }
    return new Errors(errors, degrees);
  }

  /** Error of the prediction where all numeric features are 0 as users see them. */
  private double interceptError(double[] covariance) {
    int size = design.columns() + 1;
    double[] direction = new double[size];
    direction[size - 1] = 1;
    for (int j = 0; j < numeric; j++) {
      double origin = design.centre[j] + design.group().features().numeric().get(j).offset();
      boolean isEstimated = !Double.isNaN(covariance[j * size + j]);
      direction[j] = isEstimated ? -design.inverse[j] * origin : 0;
    }
    double variance = 0;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        if (direction[i] != 0 && direction[j] != 0) {
          variance += direction[i] * direction[j] * covariance[i * size + j];
        }
      }
    }
    return Math.abs(unit) * Math.sqrt(Math.max(0, variance));
  }
}
