package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Mean and standard deviation of every column of a design on the rows that a fit learns from; what
 * makes coefficients standardised. Columns that do not vary there are inactive and keep coefficient
 * 0, or what the parent has.
 *
 * <p>Coordinates of a model are (outputs * width): for each output its standardised coefficients of
 * the active columns, then its score at the means of all columns.
 */
final class Scaling {
  /** Shares below are rounding: no group has so many rows. */
  private static final double UNSEEN = 1e-10;

  final double weight;
  final double[] mean; // (columns)
  final double[] deviation; // (columns); 1 if inactive
  final boolean[] active; // (columns)
  private int @Nullable [] columns; // that are active, once all is set
  private final int[] standIn; // (columns): level in place of the reference of its category, or -1

  private Scaling(double weight, int columns) {
    this.weight = weight;
    mean = new double[columns];
    deviation = new double[columns];
    active = new boolean[columns];
    standIn = new int[columns];
    Arrays.fill(deviation, 1);
    Arrays.fill(standIn, -1);
  }

  /** Columns whose deviation is this small beside their mean are constant but for rounding. */
  private static final double CONSTANT = 1e-5;

  /** Units that the folds of a block may have rounded away. */
  private static final double ROUNDED = 16;

  /**
   * From sums over the rows learned from.
   *
   * @param products of the columns of the design
   */
  static Scaling of(Design design, Products products) {
    int ones = design.columns();
    long blocks = 1 + design.group().rows() / RowBlock.ROWS;
    Scaling scaling = new Scaling(products.of(ones, ones), ones);
    double rounding = ROUNDED * blocks / (scaling.weight * GramRows.scale(design));
    for (int j = 0; j < ones; j++) {
      double mean = products.of(j, ones) / scaling.weight;
      double variance = products.of(j, j) / scaling.weight - mean * mean;
      boolean varies = variance > Math.max(rounding, CONSTANT * CONSTANT * mean * mean);
      scaling.set(j, varies, mean, variance);
    }
    for (int c = 0; c < design.categories(); c++) {
      scaling.dropUnlessReference(design, c);
    }
    return scaling;
  }

  /**
   * If no row learned from is at the reference level of a category, the other levels add up to one:
   * the most frequent of them takes the reference's place.
   */
  private void dropUnlessReference(Design design, int category) {
    int largest = -1;
    double reference = 1;
    for (int l = 0; l < design.levels(category); l++) {
      int column = design.column(category, l);
      if (column >= 0 && active[column]) {
        reference -= mean[column];
        if (largest < 0 || mean[column] > mean[largest]) {
          largest = column;
        }
      }
    }
    if (largest >= 0 && reference < UNSEEN) {
      replaceReference(design, category, largest);
    }
  }

  private void replaceReference(Design design, int category, int column) {
    active[column] = false;
    deviation[column] = 1;
    for (int l = 0; l < design.levels(category); l++) {
      if (design.column(category, l) >= 0) {
        standIn[design.column(category, l)] = column;
      }
    }
  }

  /** The design's columns that are active, ascending; not to be changed. */
  int[] activeColumns() {
    int[] known = columns;
    if (known == null) {
      known = new int[active.length];
      int count = 0;
      for (int j = 0; j < active.length; j++) {
        if (active[j]) {
          known[count++] = j;
        }
      }
      known = Arrays.copyOf(known, count);
      columns = known;
    }
    return known;
  }

  /** What a level is worth beyond the one that all levels of its category are seen from. */
  private double own(double[] weights, int column, int outputs, int output) {
    int from = standIn[column];
    double weight = weights[column * outputs + output];
    return from < 0 ? weight : weight - weights[from * outputs + output];
  }

  /**
   * Weights of the design's columns as coordinates.
   *
   * @param weights (columns + 1, outputs), row-major, the intercepts last
   */
  double[] coordinates(double[] weights, int outputs) {
    int[] columns = activeColumns();
    int width = columns.length + 1;
    double[] coordinates = new double[outputs * width];
    for (int k = 0; k < outputs; k++) {
      for (int i = 0; i < columns.length; i++) {
        coordinates[k * width + i] = own(weights, columns[i], outputs, k) * deviation[columns[i]];
      }
      double score = weights[active.length * outputs + k];
      for (int j = 0; j < active.length; j++) {
        score += weights[j * outputs + k] * mean[j];
      }
      coordinates[k * width + columns.length] = score;
    }
    return coordinates;
  }

  /**
   * Coordinates as weights of the design's columns, the intercepts last: (columns + 1, outputs).
   *
   * @param prior weights that columns keep which do not vary here, or null for 0
   */
  double[] weights(double[] coordinates, int outputs, double @Nullable [] prior) {
    int[] columns = activeColumns();
    int width = columns.length + 1;
    double[] weights = new double[(active.length + 1) * outputs];
    if (prior != null) {
      System.arraycopy(prior, 0, weights, 0, active.length * outputs);
    }
    for (int k = 0; k < outputs; k++) {
      for (int i = 0; i < columns.length; i++) {
        int j = columns[i];
        double from = standIn[j] < 0 ? 0 : weights[standIn[j] * outputs + k];
        weights[j * outputs + k] = from + coordinates[k * width + i] / deviation[j];
      }
      double intercept = coordinates[k * width + columns.length];
      for (int j = 0; j < active.length; j++) {
        intercept -= weights[j * outputs + k] * mean[j];
      }
      weights[active.length * outputs + k] = intercept;
    }
    return weights;
  }

  static Scaling of(Design design, Moments moments) {
    Scaling scaling = new Scaling(moments.weight(Moments.FIT), design.columns());
    scaling.numeric(design, moments);
    scaling.indicators(design, moments);
    for (int c = 0; c < design.categories(); c++) {
      scaling.levels(design, moments, c);
    }
    return scaling;
  }

  private void numeric(Design design, Moments moments) {
    for (int j = 0; j < design.numeric(); j++) {
      double[] sums = moments.centred(Moments.FIT, j, design.centre[j]);
      boolean varies = moments.maximum[j] > moments.minimum[j] && design.inverse[j] > 0;
      double mean = sums[0] / weight * design.inverse[j];
      double square = sums[1] / weight * design.inverse[j] * design.inverse[j];
      set(j, varies, mean, square - mean * mean);
    }
  }

  private void indicators(Design design, Moments moments) {
    for (int i = 0; i < design.indicators.length; i++) {
      int j = design.indicators[i];
      long missing = moments.missing(Moments.FIT, j);
      boolean varies = missing > 0 && missing < moments.rows(Moments.FIT);
      setShare(design.numeric() + i, varies, moments.missingWeight(Moments.FIT, j) / weight);
    }
  }

  private void levels(Design design, Moments moments, int category) {
    int largest = -1;
    long largestRows = 0;
    for (int l = 0; l < design.levels(category); l++) {
      int column = design.column(category, l);
      if (column >= 0) {
        long rows = moments.levelRows(Moments.FIT, category, l);
        boolean varies = rows > 0 && rows < moments.rows(Moments.FIT);
        setShare(column, varies, moments.levelWeight(Moments.FIT, category, l) / weight);
        if (rows > largestRows) {
          largestRows = rows;
          largest = column;
        }
      }
    }
    boolean referenceSeen =
        moments.levelRows(Moments.FIT, category, design.reference(category)) > 0;
    if (!referenceSeen && largest >= 0) {
      replaceReference(design, category, largest);
    }
  }

  private void setShare(int column, boolean varies, double share) {
    set(column, varies, share, share * (1 - share));
  }

  private void set(int column, boolean varies, double columnMean, double variance) {
    active[column] = varies && variance > 0;
    mean[column] = columnMean;
    deviation[column] = active[column] ? Math.sqrt(variance) : 1;
  }
}
