package dev.kingpin.tune;

import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.AnswerKernels;
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
  static void targets(RowBlock block, double[] sums, int at) {
    for (int r = 0; r < block.rows(); r++) {
      double weight = weight(block, r);
      double y = block.target()[block.offset() + r];
      sums[at] += weight;
      sums[at + 1] += weight * y;
      sums[at + 2] += weight * y * y;
    }
  }

  /**
   * The probability that was given to the class of each row, at least the smallest that counts.
   *
   * @param predictions (rows, models, classes), row-major
   * @param likelihoods OUT (rows, models), row-major
   */
  static void likelihoods(
      RowBlock block, int models, int classes, double[] predictions, float[] likelihoods) {
    for (int r = 0; r < block.rows(); r++) {
      int truth = (int) block.target()[block.offset() + r];
      for (int i = r * models; i < (r + 1) * models; i++) {
        double likelihood = predictions[i * classes + truth];
        likelihoods[i] = (float) Math.max(Scoring.SMALLEST_PROBABILITY, likelihood);
      }
    }
  }

  /**
   * Adds up the log losses and hits of a block's predictions of several classes.
   *
   * @param logs (rows, models), row-major: of the likelihoods
   * @param sums IN and OUT (SUMS, padded models)
   */
  static void classes(
      RowBlock block, int models, int classes, double[] predictions, float[] logs, double[] sums) {
    int hits = AnswerKernels.padded(models);
    for (int r = 0; r < block.rows(); r++) {
      int truth = (int) block.target()[block.offset() + r];
      double weight = weight(block, r);
      for (int m = 0; m < models; m++) {
        int i = r * models + m;
        sums[m] -= weight * logs[i];
        sums[hits + m] += mostProbable(predictions, i * classes, classes) == truth ? weight : 0;
      }
    }
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

  /**
   * @param first squared errors or log losses
   * @param second absolute errors or hits
   */
  static double metric(Metric metric, double first, double second, double[] targets) {
    double weight = targets[0];
    return switch (metric) {
      case RMSE -> Math.sqrt(first / weight);
      case MAE -> second / weight;
      case R2 -> r2(first, targets);
      case LOG_LOSS -> first / weight;
      case ACCURACY -> second / weight;
      case AUC -> throw new IllegalArgumentException("The area under the curve is no sum");
    };
  }

  private static double r2(double squared, double[] targets) {
    double variance = targets[2] - targets[1] * targets[1] / targets[0];
    return variance > 0 ? 1 - squared / variance : Double.NaN;
  }
}
