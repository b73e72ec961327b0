package dev.kingpin.tune;

import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Metric;

/** The sums that metrics are made of. */
final class Tally {
  /** Weighted squared and absolute errors, or weighted log losses and hits. */
  static final int SUMS = 2;

  /** Weight, weighted target, weighted squared target. */
  static final int TARGET_SUMS = 3;

  private Tally() {}

  static float weight(RowBlock block, int r) {
    float[] weights = block.weight();
    return weights == null ? 1 : weights[block.offset() + r];
  }

  /** Adds up the targets of a block; targets that are numbers without their offset. */
  static void targets(RowBlock block, Scoring.Request request, double[] sums, int at) {
    for (int r = 0; r < block.rows(); r++) {
      double weight = weight(block, r);
      double y = block.target()[block.offset() + r];
      sums[at] += weight;
      sums[at + 1] += weight * y;
      sums[at + 2] += weight * y * y;
    }
  }

  /** Adds up the errors of a block's predictions of numbers. */
  static void numbers(RowBlock block, double offset, double[] predictions, double[] sums, int at) {
    double squared = 0;
    double absolute = 0;
    for (int r = 0; r < block.rows(); r++) {
      double error = predictions[r] - offset - block.target()[block.offset() + r];
      double weight = weight(block, r);
      squared += weight * error * error;
      absolute += weight * Math.abs(error);
    }
    sums[at] += squared;
    sums[at + 1] += absolute;
  }

  /** The probability that was given to the class of each row, at least the smallest that counts. */
  static void likelihoods(RowBlock block, int classes, double[] predictions, float[] likelihoods) {
    for (int r = 0; r < block.rows(); r++) {
      int truth = (int) block.target()[block.offset() + r];
      double likelihood =
          classes > 2
              ? predictions[r * classes + truth]
              : truth == 1 ? predictions[r] : 1 - predictions[r];
      likelihoods[r] = (float) Math.max(Scoring.SMALLEST_PROBABILITY, likelihood);
    }
  }

  /**
   * Adds up the log losses and hits of a block's predictions of classes.
   *
   * @param logs of the likelihoods
   */
  static void classes(
      RowBlock block, int classes, double[] predictions, float[] logs, double[] sums, int at) {
    double loss = 0;
    double hits = 0;
    for (int r = 0; r < block.rows(); r++) {
      int truth = (int) block.target()[block.offset() + r];
      int answer =
          classes > 2
              ? mostProbable(predictions, r * classes, classes)
              : predictions[r] >= 0.5 ? 1 : 0;
      double weight = weight(block, r);
      loss -= weight * logs[r];
      hits += answer == truth ? weight : 0;
    }
    sums[at] += loss;
    sums[at + 1] += hits;
  }

  /** The class of the largest probability, the first of equals. */
  static int mostProbable(double[] probabilities, int from, int classes) {
    int best = 0;
    for (int k = 1; k < classes; k++) {
      if (probabilities[from + k] > probabilities[from + best]) {
        best = k;
      }
    }
    return best;
  }

  static double logLoss(double likelihood) {
    return -StrictMath.log(Math.max(Scoring.SMALLEST_PROBABILITY, likelihood));
  }

  static double metric(Metric metric, double[] sums, double[] targets) {
    double weight = targets[0];
    return switch (metric) {
      case RMSE -> Math.sqrt(sums[0] / weight);
      case MAE -> sums[1] / weight;
      case R2 -> r2(sums[0], targets);
      case LOG_LOSS -> sums[0] / weight;
      case ACCURACY -> sums[1] / weight;
      case AUC -> throw new IllegalArgumentException("The area under the curve is no sum");
    };
  }

  private static double r2(double squared, double[] targets) {
    double variance = targets[2] - targets[1] * targets[1] / targets[0];
    return variance > 0 ? 1 - squared / variance : Double.NaN;
  }
}
