package dev.kingpin.learner.linear;

import dev.kingpin.kernel.Kernels;
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
      case LOGISTIC -> Kernels.best().answers().sigmoid(sums, sums, rows * outputs);
      case EXP -> {
        for (int i = 0; i < rows * outputs; i++) {
          sums[i] = Math.min(sums[i], LARGEST_LOG);
        }
        Kernels.best().answers().exp(sums, sums, rows * outputs);
      }
      case SOFTMAX -> softmax(sums, rows, outputs);
    }
  }

  private static void softmax(double[] sums, int rows, int outputs) {
    for (int from = 0; from < rows * outputs; from += outputs) {
      double largest = sums[from];
      for (int k = 1; k < outputs; k++) {
        largest = Math.max(largest, sums[from + k]);
      }
      for (int k = 0; k < outputs; k++) {
        sums[from + k] -= largest;
      }
    }
    Kernels.best().answers().exp(sums, sums, rows * outputs);
    for (int from = 0; from < rows * outputs; from += outputs) {
      double total = 0;
      for (int k = 0; k < outputs; k++) {
        total += sums[from + k];
      }
      for (int k = 0; k < outputs; k++) {
        sums[from + k] /= total;
      }
    }
  }
}
