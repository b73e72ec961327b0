package dev.kingpin.learner.linear;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Mean and standard deviation of every column of a design on the rows that a fit learns from; what
 * makes coefficients standardised. Columns that do not vary there are inactive and keep coefficient
 * 0.
 */
final class Scaling {
  /** Shares below are rounding: no group has so many rows. */
  private static final double UNSEEN = 1e-10;

  final double weight;
  final double[] mean; // (columns)
  final double[] deviation; // (columns); 1 if inactive
  final boolean[] active; // (columns)

  private Scaling(double weight, int columns) {
    this.weight = weight;
    mean = new double[columns];
    deviation = new double[columns];
    active = new boolean[columns];
    Arrays.fill(deviation, 1);
  }

  /** Columns whose deviation is this small beside their mean are constant but for rounding. */
  private static final double CONSTANT = 1e-5;

  /**
   * From sums over the rows learned from.
   *
   * @param products of the columns of the design
   */
  static Scaling of(Design design, Products products) {
    int ones = design.columns();
    Scaling scaling = new Scaling(products.of(ones, ones), ones);
    for (int j = 0; j < ones; j++) {
      double mean = products.of(j, ones) / scaling.weight;
      double variance = products.of(j, j) / scaling.weight - mean * mean;
      scaling.set(j, Math.sqrt(Math.max(0, variance)) > CONSTANT * Math.abs(mean), mean, variance);
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
      set(largest, false, 0, 0);
    }
  }

  /** The design's columns that are active, ascending. */
  int[] activeColumns() {
    return IntStream.range(0, active.length).filter(j -> active[j]).toArray();
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
      set(largest, false, 0, 0);
    }
  }

  private void setShare(int column, boolean varies, double share) {
    set(column, varies, share, share * (1 - share));
  }

  private void set(int column, boolean varies, double columnMean, double variance) {
    active[column] = varies && variance > 0;
    mean[column] = active[column] ? columnMean : 0;
    deviation[column] = active[column] ? Math.sqrt(variance) : 1;
  }
}
