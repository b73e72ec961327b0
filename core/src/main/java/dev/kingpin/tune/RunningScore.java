package dev.kingpin.tune;

import dev.kingpin.learner.Metric;
import java.util.Arrays;

/**
 * Scores predictions row by row, by the sums that models are compared by. The area under the curve
 * needs all answers and keeps them: eight bytes a row and more.
 */
public final class RunningScore {
  private final Metric metric;
  private final int classes;
  private final double offset;
  private final double[] sums = new double[Tally.SUMS];
  private final double[] targets = new double[Tally.TARGET_SUMS];
  private float[] answers = new float[0]; // (rows, width)
  private float[] truth = new float[0]; // (rows)
  private float[] weights = new float[0]; // (rows)
  private int rows;

  /**
   * @param classes number of classes; 0 for numbers
   * @param offset near the targets, if they are numbers: what keeps the digits of large ones
   */
  public RunningScore(Metric metric, int classes, double offset) {
    this.metric = metric;
    this.classes = classes;
    this.offset = offset;
  }

  /**
   * Adds a row.
   *
   * @param predictions (rows, width), row-major, as of {@link dev.kingpin.learner.Model#predict}
   * @param at where those of this row start
   * @param target a number, or the number of a class
   * @param weight positive
   */
  public void add(double[] predictions, int at, double target, double weight) {
    targets[0] += weight;
    if (classes == 0) {
      double y = target - offset;
      targets[1] += weight * y;
      targets[2] += weight * y * y;
      double error = predictions[at] - target;
      sums[0] += weight * error * error;
      sums[1] += weight * Math.abs(error);
    } else {
      int truth = (int) target;
      sums[0] += weight * Tally.logLoss(likelihood(predictions, at, truth));
      sums[1] += predicted(predictions, at, classes) == truth ? weight : 0;
      if (metric == Metric.AUC) {
        keep(predictions, at, truth, weight);
      }
    }
    rows++;
  }

  private double likelihood(double[] predictions, int at, int truth) {
    if (classes > 2) {
      return predictions[at + truth];
    }
    return truth == 1 ? predictions[at] : 1 - predictions[at];
  }

  private void keep(double[] predictions, int at, int target, double weight) {
    int width = classes > 2 ? classes : 1;
    if (rows == truth.length) {
      int more = Math.max(1024, Math.multiplyExact(rows, 2));
      answers = Arrays.copyOf(answers, Math.multiplyExact(more, width));
      truth = Arrays.copyOf(truth, more);
      weights = Arrays.copyOf(weights, more);
    }
    for (int k = 0; k < width; k++) {
      answers[rows * width + k] = (float) predictions[at + k];
    }
    truth[rows] = target;
    weights[rows] = (float) weight;
  }

  /** Rows so far. */
  public int rows() {
    return rows;
  }

  /** What the rows so far score; NaN if there are none, or too few to tell. */
  public double metric() {
    if (metric == Metric.AUC) {
      return new Auc(answers, 0, classes > 2 ? classes : 1, truth, weights).ofRows(rows);
    }
    return Tally.metric(metric, sums[0], sums[1], targets);
  }

  /** The class that a row is predicted to be of: the most probable one. */
  public static int predicted(double[] predictions, int at, int classes) {
    return classes > 2
        ? Tally.mostProbable(predictions, at, classes)
        : predictions[at] >= 0.5 ? 1 : 0;
  }
}
