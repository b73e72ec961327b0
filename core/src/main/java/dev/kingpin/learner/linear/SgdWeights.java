package dev.kingpin.learner.linear;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Weights of the fits that are still learning, side by side, and their steps.
 *
 * <p>A plain step takes {@code rate * gradient} off a weight. Adam (Kingma and Ba, ICLR 2015) keeps
 * running means of gradients and of their squares, and takes {@code rate * mean / root of the mean
 * square}. Penalties are no part of the gradient: each step ends where what is left of it and the
 * penalty balance (a proximal step; for Adam with the same root: Yun, Lozano and Yang, NeurIPS
 * 2021). The lasso takes {@code rate * l1} off a weight, which stays at 0 if it gets there; the
 * ridge divides it by {@code 1 + rate * l2}, so no strength is too much for a rate.
 */
final class SgdWeights {
  private static final double FIRST_DECAY = 0.9;
  private static final double SECOND_DECAY = 0.999;
  private static final double EPSILON = 1e-8;

  final int rows; // columns of the design and the intercept
  final int width; // columns of weights: an output of a fit each, those of a fit together
  final double[] values; // (rows, width)
  private final double[] first; // (rows, width), or empty
  private final double[] second; // (rows, width), or empty
  private double firstPower = 1; // decay to the power of the steps taken
  private double secondPower = 1;

  /**
   * @param adam whether steps are Adam's
   */
  SgdWeights(int rows, int width, boolean adam) {
    this.rows = rows;
    this.width = width;
    values = new double[rows * width];
    first = new double[adam ? rows * width : 0];
    second = new double[adam ? rows * width : 0];
  }

  /**
   * How the steps of the columns differ.
   *
   * @param rate (width) length of a step
   * @param l1 (width) strength of the lasso
   * @param l2 (width) strength of the ridge
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Pace(double[] rate, double[] l1, double[] l2) {}

  /** The weights as floats, one-hot columns times their entry: OUT (rows, width). */
  void pack(SgdColumns columns, float[] to) {
    int dense = (columns.intercept + 1) * width;
    for (int i = 0; i < dense; i++) {
      to[i] = (float) values[i];
    }
    for (int i = columns.intercept + 1; i < rows; i++) {
      double scale = columns.levelScale[i];
      for (int at = i * width; at < (i + 1) * width; at++) {
        to[at] = (float) (values[at] * scale);
      }
    }
  }

  /**
   * Takes a step.
   *
   * @param gradient (rows, width), summed over a batch
   * @param inverse brings the sum to the gradient of the mean loss
   * @param share length of this step as a share of a whole step
   */
  void step(SgdColumns columns, Pace pace, float[] gradient, double inverse, double share) {
    if (first.length > 0) {
      firstPower *= FIRST_DECAY;
      secondPower *= SECOND_DECAY;
    }
    for (int i = 0; i < rows; i++) {
      double scale = inverse * columns.levelScale[i];
      if (first.length > 0) {
        adam(i, columns.ratio[i], pace, gradient, scale, share);
      } else {
        plain(i, columns.ratio[i], pace, gradient, scale, share);
      }
    }
  }

  private void plain(
      int row, double ratio, Pace pace, float[] gradient, double scale, double share) {
    for (int t = 0, at = row * width; t < width; t++, at++) {
      double rate = pace.rate[t] * share;
      double moved = Math.fma(-rate, gradient[at] * scale, values[at]);
      values[at] = penalised(moved, rate * ratio, pace.l1[t], pace.l2[t] * ratio);
    }
  }

  private void adam(
      int row, double ratio, Pace pace, float[] gradient, double scale, double share) {
    double firstUnit = 1 / (1 - firstPower);
    double secondUnit = 1 / (1 - secondPower);
    for (int t = 0, at = row * width; t < width; t++, at++) {
      double slope = gradient[at] * scale;
      first[at] = Math.fma(FIRST_DECAY, first[at], (1 - FIRST_DECAY) * slope);
      second[at] = Math.fma(SECOND_DECAY, second[at], (1 - SECOND_DECAY) * slope * slope);
      double root = Math.sqrt(second[at] * secondUnit) + EPSILON;
      double rate = pace.rate[t] * share / root;
      double moved = Math.fma(-rate, first[at] * firstUnit, values[at]);
      values[at] = penalised(moved, rate * ratio, pace.l1[t], pace.l2[t] * ratio);
    }
  }

  /** What the penalties leave of a weight; a NaN stays one. */
  private static double penalised(double value, double rate, double l1, double l2) {
    double by = rate * l1;
    double left = Math.abs(value) <= by ? 0 : value - Math.copySign(by, value);
    return left / (1 + rate * l2);
  }

  // ---------------------------------------------------------------- columns

  /** The columns of a fit: (rows, outputs). */
  double[] columns(int from, int outputs) {
    double[] taken = new double[rows * outputs];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(values, i * width + from, taken, i * outputs, outputs);
    }
    return taken;
  }

  void setColumns(int from, double[] weights, int outputs) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(weights, i * outputs, values, i * width + from, outputs);
    }
  }

  /**
   * What is left without some fits.
   *
   * @param kept places of those that stay, ascending
   */
  SgdWeights keep(int[] kept, int outputs) {
    SgdWeights left = new SgdWeights(rows, kept.length * outputs, first.length > 0);
    left.firstPower = firstPower;
    left.secondPower = secondPower;
    for (int i = 0; i < rows; i++) {
      for (int t = 0; t < kept.length; t++) {
        int from = i * width + kept[t] * outputs;
        int to = i * left.width + t * outputs;
        System.arraycopy(values, from, left.values, to, outputs);
        if (first.length > 0) {
          System.arraycopy(first, from, left.first, to, outputs);
          System.arraycopy(second, from, left.second, to, outputs);
        }
      }
    }
    return left;
  }

  /** Whether the columns of a fit hold nothing but numbers. */
  boolean isFinite(int from, int outputs) {
    return Arrays.stream(columns(from, outputs)).allMatch(Double::isFinite);
  }

  // ---------------------------------------------------------------- bytes

  void write(DataOutput out) throws IOException {
    Snapshots.writeDoubles(out, values);
    Snapshots.writeDoubles(out, first);
    Snapshots.writeDoubles(out, second);
    out.writeDouble(firstPower);
    out.writeDouble(secondPower);
  }

  void read(DataInput in) throws IOException {
    for (double[] to : new double[][] {values, first, second}) {
      System.arraycopy(Snapshots.readRequired(in), 0, to, 0, to.length);
    }
    firstPower = in.readDouble();
    secondPower = in.readDouble();
  }
}
