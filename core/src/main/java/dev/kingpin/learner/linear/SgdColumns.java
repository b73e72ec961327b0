package dev.kingpin.learner.linear;

/**
 * The columns that stochastic steps move along: those of a design, each over its standard deviation
 * on the rows learned from, then all steps are about equally long. Penalties are on standardised
 * coefficients, so they see the coordinates as they are.
 *
 * <p>But a column that is far from 0 in a few rows alone, such as a rare level, has a small
 * deviation, and one row would throw its coordinate far off. Entries of a design lie in [-1, 1], so
 * a divisor of at least {@link #LEAST} over the root of the batch bounds what a row can do to its
 * own score: by a step of rate 0.01, a sixth of its error. Penalties are corrected by {@link
 * #ratio}.
 *
 * <p>Weights have a row for each dense column, then the intercept, then one for each one-hot
 * column.
 */
final class SgdColumns {
  /** Most columns that are trained. */
  static final int MOST = 65_536;

  /** Square root of 1 / 16. */
  private static final double LEAST = 0.25;

  private final Design design;
  final int intercept; // row of the intercept, and number of dense columns
  final int rows; // of weights: columns and the intercept
  final float[] numericScale; // (numeric features): what brings x - centre to the panel; 0 if fixed
  final float[] indicatorScale; // (indicators): what stands in the panel where a value is missing
  final double[] levelScale; // (rows): entry of one-hot columns; 1 in the rows before
  final double[] ratio; // (rows): standardised coefficient over coordinate; 0 for the intercept

  SgdColumns(Design design, Scaling scaling, int batch) {
    this.design = design;
    intercept = design.dense();
    rows = design.columns() + 1;
    numericScale = new float[design.numeric()];
    indicatorScale = new float[design.indicators.length];
    levelScale = new double[rows];
    ratio = new double[rows];
    double least = LEAST / Math.sqrt(batch);
    for (int j = 0; j < design.columns(); j++) {
      double divisor = Math.max(scaling.deviation[j], least);
      double inverse = scaling.active[j] ? 1 / divisor : 0;
      ratio[row(j)] = scaling.active[j] ? scaling.deviation[j] / divisor : 0;
      levelScale[row(j)] = 1;
      if (j < design.numeric()) {
        numericScale[j] = (float) (design.inverse[j] * inverse);
      } else if (j < design.dense()) {
        indicatorScale[j - design.numeric()] = (float) inverse;
      } else {
        levelScale[row(j)] = inverse;
      }
    }
    levelScale[intercept] = 1;
  }

  /** Row of a design's column among the weights. */
  int row(int column) {
    return column < intercept ? column : column + 1;
  }

  /** What stands in a design's column, over what stands in the column here, is one number: this. */
  private double unit(int column) {
    int numeric = design.numeric();
    if (column < numeric) {
      return design.inverse[column] > 0
          ? numericScale[column] / (double) design.inverse[column]
          : 0;
    }
    return column < intercept ? indicatorScale[column - numeric] : levelScale[row(column)];
  }

  /**
   * Weights of the design's columns, the intercept last: (columns + 1, outputs), row-major.
   *
   * @param weights (rows, outputs), row-major
   */
  double[] toDesign(double[] weights, int outputs) {
    double[] result = new double[rows * outputs];
    for (int j = 0; j < design.columns(); j++) {
      double unit = unit(j);
      for (int k = 0; k < outputs; k++) {
        result[j * outputs + k] = unit * weights[row(j) * outputs + k];
      }
    }
    for (int k = 0; k < outputs; k++) {
      result[design.columns() * outputs + k] = weights[intercept * outputs + k];
    }
    return result;
  }

  /** The penalty of weights, (rows, outputs). */
  double penalty(double[] weights, int outputs, Penalty penalty) {
    double absolute = 0;
    double square = 0;
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < outputs; k++) {
        double coefficient = weights[i * outputs + k] * ratio[i];
        absolute += Math.abs(coefficient);
        square += coefficient * coefficient;
      }
    }
    return penalty.l1() * absolute + penalty.l2() / 2 * square;
  }
}
