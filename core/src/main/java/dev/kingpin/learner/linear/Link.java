package dev.kingpin.learner.linear;

import java.util.Arrays;
import java.util.Optional;

/** What turns weighted sums of features into predictions. */
enum Link {
  /** The sum is the prediction. */
  IDENTITY(0),
  /** The sum is the log-odds of the second class of two. */
  LOGISTIC(1),
  /** The sum is the logarithm of the expected count. */
  EXP(2),
  /** A sum for each of three or more classes: the logarithm of its probability, plus anything. */
  SOFTMAX(3);

  /** Counts end here, so that predictions are numbers. */
  private static final double LARGEST_LOG = 700;

  private final int code;

  Link(int code) {
    this.code = code;
  }

  /** The byte that stands for this link in files. */
  int code() {
    return code;
  }

  /** The link with this code, if there is one. */
  static Optional<Link> ofCode(int code) {
    return Arrays.stream(values()).filter(l -> l.code == code).findFirst();
  }

  /**
   * Turns sums into predictions.
   *
   * @param sums IN sums, OUT predictions: (rows, outputs), row-major
   */
  void apply(double[] sums, int rows, int outputs) {
    switch (this) {
      case IDENTITY -> {}
      case LOGISTIC -> {
        for (int i = 0; i < rows * outputs; i++) {
          sums[i] = DoubleExp.sigmoid(sums[i]);
        }
      }
      case EXP -> {
        for (int i = 0; i < rows * outputs; i++) {
          sums[i] = DoubleExp.exp(Math.min(sums[i], LARGEST_LOG));
        }
      }
      case SOFTMAX -> {
        for (int r = 0; r < rows; r++) {
          softmax(sums, r * outputs, outputs);
        }
      }
    }
  }

  private static void softmax(double[] sums, int from, int outputs) {
    double largest = sums[from];
    for (int k = 1; k < outputs; k++) {
      largest = Math.max(largest, sums[from + k]);
    }
    double total = 0;
    for (int k = 0; k < outputs; k++) {
      double share = DoubleExp.exp(sums[from + k] - largest);
      sums[from + k] = share;
      total += share;
    }
    for (int k = 0; k < outputs; k++) {
      sums[from + k] /= total;
    }
  }
}
