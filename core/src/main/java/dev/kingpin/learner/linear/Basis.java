package dev.kingpin.learner.linear;

import dev.kingpin.learner.RowMask;
import org.jspecify.annotations.Nullable;

/**
 * The coordinates in which the fits of one row mask move, and where they start.
 *
 * <p>For each output (one, or one a class) the coordinates are the coefficients of the active
 * columns, standardised on the rows learned from, and last the score at the means of the columns.
 * All fits start from the model without coefficients; its gradient and Hessian follow from the Gram
 * matrix: residuals there are the same but for the target, and curvatures are all the same.
 */
final class Basis {
  /** Scores beyond say no more than this: a class that was never seen, or nothing else. */
  private static final double CERTAIN = 30;

  final Design design;
  final Loss loss;
  final Scaling scaling;
  final int[] active; // (active columns)
  final int outputs;
  final int width; // coordinates of an output: active columns and the intercept
  final long rows; // learned from
  final double[] correlations; // (active, active); nothing if the design is wide
  final double[] start; // (outputs * width)
  final double[] startGradient; // (outputs * width), of the mean loss
  final double startLoss; // mean loss at the start
  private final double[] means; // (outputs): mean target, or share of the class
  private final double @Nullable [] priorWeights; // (columns + 1, outputs), in design coordinates
  final double @Nullable [] prior; // (outputs * width): the parent in these coordinates

  Basis(Loss loss, MaskSums sums, RowMask mask, double @Nullable [] priorWeights) {
    design = sums.design();
    this.loss = loss;
    this.priorWeights = priorWeights;
    Products products = sums.products(mask);
    rows = sums.rows(mask);
    scaling = Scaling.of(design, products);
    active = scaling.activeColumns();
    outputs = loss.outputs(design.group());
    width = active.length + 1;
    correlations = sums.whole() ? correlations(products) : new double[0];
    means = means(products);
    start = new double[outputs * width];
    startGradient = new double[outputs * width];
    for (int k = 0; k < outputs; k++) {
      start[k * width + width - 1] = startScore(means[k]);
      double scale = targetUnit();
      for (int i = 0; i < active.length; i++) {
        int target = design.columns() + 1 + k;
        double product = products.of(active[i], target) / scaling.weight;
        double own = products.of(design.columns(), target) / scaling.weight;
        double covariance = product - scaling.mean[active[i]] * own;
        startGradient[k * width + i] = -scale * covariance / scaling.deviation[active[i]];
      }
    }
    startLoss = startLoss(products);
    prior = priorWeights == null ? null : scaling.coordinates(priorWeights, outputs);
  }

  private double[] correlations(Products products) {
    int k = active.length;
    double[] result = new double[k * k];
    for (int i = 0; i < k; i++) {
      int p = active[i];
      for (int j = 0; j < k; j++) {
        int q = active[j];
        double covariance = products.of(p, q) / scaling.weight - scaling.mean[p] * scaling.mean[q];
        result[i * k + j] = i == j ? 1 : covariance / (scaling.deviation[p] * scaling.deviation[q]);
      }
    }
    return result;
  }

  /** What one unit of the Gram matrix's target is in the loss's target. */
  private double targetUnit() {
    return loss == Loss.POISSON ? design.targets.unit() : 1;
  }

  private double[] means(Products products) {
    double[] result = new double[outputs];
    int ones = design.columns();
    for (int k = 0; k < outputs; k++) {
      double mean = products.of(ones, ones + 1 + k) / scaling.weight;
      result[k] =
          loss == Loss.POISSON
              ? design.targets.zero() + design.group().targetOffset() + targetUnit() * mean
              : mean;
    }
    return result;
  }

  private double startScore(double mean) {
    return switch (loss) {
      case SQUARED -> mean;
      case LOGISTIC -> bounded(StrictMath.log(mean / (1 - mean)));
      case POISSON -> mean > 0 ? StrictMath.log(mean) : -CERTAIN;
      case SOFTMAX -> bounded(StrictMath.log(mean));
    };
  }

  private static double bounded(double score) {
    return Math.max(-CERTAIN, Math.min(CERTAIN, score));
  }

  private double startLoss(Products products) {
    int target = design.columns() + 1;
    return switch (loss) {
      case SQUARED -> (products.of(target, target) / scaling.weight - means[0] * means[0]) / 2;
      case LOGISTIC -> entropy(means[0]) + entropy(1 - means[0]);
      case POISSON -> means[0] - means[0] * start[width - 1];
      case SOFTMAX -> {
        double sum = 0;
        for (double share : means) {
          sum += entropy(share);
        }
        yield sum;
      }
    };
  }

  private static double entropy(double share) {
    return share > 0 ? -share * StrictMath.log(share) : 0;
  }

  /** Whether the rows learned from leave nothing to learn: all of one class, or no counts. */
  boolean isDegenerate() {
    return switch (loss) {
      case SQUARED -> false;
      case LOGISTIC -> !(means[0] > 0 && means[0] < 1);
      case POISSON -> !(means[0] > 0);
      case SOFTMAX -> {
        int seen = 0;
        for (double share : means) {
          seen += share > 0 ? 1 : 0;
        }
        yield seen < 2;
      }
    };
  }

  /** Whether classes are told apart. */
  boolean isClasses() {
    return loss == Loss.LOGISTIC || loss == Loss.SOFTMAX;
  }

  /** The usual size of a mean loss and its curvature. */
  double lossUnit() {
    return loss == Loss.POISSON ? means[0] : 1;
  }

  /** Whether a class is among the rows learned from. */
  boolean isSeen(int output) {
    return loss != Loss.SOFTMAX || means[output] > 0;
  }

  /** Curvature of the start between two outputs. */
  double startCurvature(int k, int l) {
    return switch (loss) {
      case SQUARED -> 1;
      case LOGISTIC -> means[0] * (1 - means[0]);
      case POISSON -> means[0];
      case SOFTMAX -> (k == l ? means[k] : 0) - means[k] * means[l];
    };
  }

  /** Hessian of the mean loss at the start: (outputs * width, outputs * width). */
  double[] startHessian() {
    int m = outputs * width;
    double[] hessian = new double[m * m];
    for (int k = 0; k < outputs; k++) {
      for (int l = 0; l < outputs; l++) {
        double curvature = startCurvature(k, l);
        for (int i = 0; i < active.length; i++) {
          for (int j = 0; j < active.length; j++) {
            hessian[(k * width + i) * m + l * width + j] =
                curvature * correlations[i * active.length + j];
          }
        }
        hessian[(k * width + width - 1) * m + l * width + width - 1] = curvature;
      }
    }
    return hessian;
  }

  /**
   * Coordinates as weights of the design's columns, the intercept last: (columns + 1, outputs).
   *
   * @param leans whether columns that do not vary here keep the parent's weights
   */
  double[] toDesign(double[] coordinates, boolean leans) {
    return scaling.weights(coordinates, outputs, leans ? priorWeights : null);
  }
}
