package dev.kingpin.learner.linear;

import dev.kingpin.data.Dictionary;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.FixedPoint;
import dev.kingpin.kernel.LogisticRows;
import dev.kingpin.kernel.Matrix;
import java.util.Arrays;

/**
 * Logistic losses, gradients and Hessians of several trial weights in one pass over a row block.
 *
 * <p>The float32 panel of a block holds the dense columns and a column of ones; entries lie in [-1,
 * 1]. Scores of all trials are one matrix product; from them come residuals and curvatures, (rows,
 * trials); residuals by panel is one product for the gradients; curvatures weigh one symmetric
 * product a trial for the Hessians. One-hot columns add rows of the weights to the scores, and are
 * summed level by level as integers.
 *
 * <p>Sections: losses (sides, trials); gradients of the panel (trials, width) and of the levels
 * (one-hot, trials); then for each trial the Hessian panel by panel (upper triangle), one-hot by
 * panel, one-hot by one-hot (upper triangle).
 */
final class LogisticSums {
  private static final int LOSSES = 0;
  private static final int PANEL_GRADIENTS = 1;
  private static final int LEVEL_GRADIENTS = 2;
  private static final int HESSIANS = 3;
  private static final int SECTIONS_A_HESSIAN = 3;

  /** Rows that are summed as floats before the sum becomes an integer. */
  private static final int SLICE_ROWS = 256;

  private static final float CURVATURE_FLOOR = 1e-12f;

  private final LinearRequest.OfLogistic request;
  private final Design design;
  private final RowBlock block;
  private final LinearPartial partial;
  private final Buffers buffers;
  private final int trials;
  private final int width;

  private LogisticSums(
      LinearRequest.OfLogistic request, RowBlock block, LinearPartial partial, Buffers buffers) {
    this.request = request;
    this.design = request.design();
    this.block = block;
    this.partial = partial;
    this.buffers = buffers;
    trials = request.trials();
    width = width(design);
  }

  /** Columns of the panel: dense, ones. */
  static int width(Design design) {
    return design.dense() + 1;
  }

  static int[] lengths(LinearRequest.OfLogistic request) {
    int trials = request.trials();
    if (request.scoresOnly()) {
      return new int[] {2 * trials};
    }
    int width = width(request.design());
    int oneHot = request.design().oneHot();
    int[] lengths = new int[HESSIANS + SECTIONS_A_HESSIAN * trials];
    lengths[LOSSES] = 2 * trials;
    lengths[PANEL_GRADIENTS] = trials * width;
    lengths[LEVEL_GRADIENTS] = oneHot * trials;
    for (int t = 0; t < trials; t++) {
      int at = HESSIANS + SECTIONS_A_HESSIAN * t;
      lengths[at] = width * width;
      lengths[at + 1] = oneHot * width;
      lengths[at + 2] = oneHot * oneHot;
    }
    return lengths;
  }

  static void accumulate(
      LinearRequest.OfLogistic request, RowBlock block, LinearPartial partial, Buffers buffers) {
    int fit = buffers.splitRows(block, request.mask());
    LogisticSums sums = new LogisticSums(request, block, partial, buffers);
    sums.add(Moments.FIT, 0, fit);
    if (request.scoresOnly()) {
      sums.add(Moments.HELD, fit, block.rows());
    }
  }

  private void add(int side, int from, int to) {
    int rows = to - from;
    if (rows == 0) {
      return;
    }
    Matrix panel = panel(from, rows);
    int cells = rows * trials;
    float[] scores = buffers.floats(1, cells);
    score(panel, from, scores);
    float[] residuals = buffers.floats(2, cells);
    float[] curvatures = buffers.floats(3, cells);
    float[] losses = buffers.floats(4, cells);
    float[] targets = buffers.floats(5, cells);
    float[] weights = buffers.floats(6, cells);
    spread(from, rows, targets, weights);
    buffers.kernels.logistic(
        new LogisticRows(
            scores, targets, weights, residuals, curvatures, losses, CURVATURE_FLOOR, cells));
    addLosses(side, losses, rows);
    if (request.scoresOnly()) {
      return;
    }
    addGradients(panel, residuals, from);
    for (int t = 0; t < trials; t++) {
      addHessian(panel, curvatures, t, from);
    }
  }

  private Matrix panel(int from, int rows) {
    float[] values = buffers.floats(0, RowBlock.ROWS * width);
    int numeric = design.numeric();
    if (numeric > 0) {
      Matrix raw =
          new Matrix(block.numeric(), block.numericOffset(), block.rows(), numeric, numeric);
      buffers.kernels.standardise(
          raw,
          buffers.rows,
          from,
          design.centre,
          design.inverse,
          new Matrix(values, 0, rows, numeric, width));
    }
    for (int i = 0; i < rows; i++) {
      int to = i * width + numeric;
      int raw = block.numericOffset() + buffers.rows[from + i] * numeric;
      for (int feature : design.indicators) {
        values[to++] = Float.isNaN(block.numeric()[raw + feature]) ? 1 : 0;
      }
      values[to] = 1;
    }
    return new Matrix(values, 0, rows, width, width);
  }

  /** Scores of all rows and trials: (rows, trials). */
  private void score(Matrix panel, int from, float[] scores) {
    int dense = design.dense();
    float[] weights = buffers.floats(7, (design.columns() + 1) * trials);
    for (int i = 0; i < dense * trials; i++) {
      weights[i] = (float) request.weights()[i];
    }
    for (int t = 0; t < trials; t++) {
      weights[dense * trials + t] = (float) request.weights()[design.columns() * trials + t];
    }
    for (int i = dense * trials; i < design.columns() * trials; i++) {
      weights[trials + i] = (float) request.weights()[i];
    }
    Arrays.fill(scores, 0, panel.rows() * trials, 0);
    buffers.kernels.gemm(
        panel,
        new Matrix(weights, 0, width, trials, trials),
        new Matrix(scores, 0, panel.rows(), trials, trials),
        buffers.scratch);
    for (int c = 0; c < block.categories(); c++) {
      for (int i = 0; i < panel.rows(); i++) {
        int column = column(c, from + i);
        if (column >= 0) {
          int row = trials + column * trials;
          for (int t = 0; t < trials; t++) {
            scores[i * trials + t] += weights[row + t];
          }
        }
      }
    }
  }

  /** Column of the level that the i-th listed row has, or -1. */
  private int column(int category, int i) {
    int code = block.codes()[block.codesOffset() + buffers.rows[i] * block.categories() + category];
    Dictionary dictionary = block.features().categorical().get(category).dictionary();
    return design.column(category, Moments.levelOf(code, dictionary));
  }

  /** Repeats the target and weight of each row for all trials. */
  private void spread(int from, int rows, float[] targets, float[] weights) {
    Moments.Ranges ranges = buffers.ranges(design.group());
    for (int i = 0; i < rows; i++) {
      int r = buffers.rows[from + i];
      float target = block.target()[block.offset() + r];
      float weight = (float) ranges.weight(block, r);
      for (int t = 0; t < trials; t++) {
        targets[i * trials + t] = target;
        weights[i * trials + t] = weight;
      }
    }
  }

  /** A bound of every row's loss: the largest score that the weights allow, and log 2. */
  static double lossBound(LinearRequest.OfLogistic request) {
    int trials = request.trials();
    double largest = 0;
    for (int t = 0; t < trials; t++) {
      double sum = 1;
      for (int i = t; i < request.weights().length; i += trials) {
        sum += Math.abs(request.weights()[i]);
      }
      largest = Math.max(largest, sum);
    }
    return 2 * largest;
  }

  static double lossScale(LinearRequest.OfLogistic request) {
    double bound = lossBound(request);
    return FixedPoint.scale(RowBlock.ROWS * bound, request.design().group().rows() * bound);
  }

  static double sumScale(Design design) {
    return FixedPoint.scale(RowBlock.ROWS, design.group().rows());
  }

  private void addLosses(int side, float[] losses, int rows) {
    double[] sums = buffers.blockSums(trials);
    Arrays.fill(sums, 0, trials, 0);
    for (int i = 0; i < rows; i++) {
      for (int t = 0; t < trials; t++) {
        sums[t] += losses[i * trials + t];
      }
    }
    double scale = lossScale(request);
    for (int t = 0; t < trials; t++) {
      partial.sections[LOSSES][side * trials + t] += (long) Math.rint(sums[t] * scale);
    }
  }

  private void addGradients(Matrix panel, float[] residuals, int from) {
    double scale = sumScale(design);
    float[] sums = buffers.floats(8, trials * width);
    for (int start = 0; start < panel.rows(); start += SLICE_ROWS) {
      int end = Math.min(start + SLICE_ROWS, panel.rows());
      Arrays.fill(sums, 0, trials * width, 0);
      buffers.kernels.gemmTransposed(
          new Matrix(residuals, start * trials, end - start, trials, trials),
          panel.slice(start, end),
          new Matrix(sums, 0, trials, width, width),
          buffers.scratch);
      double[] scales = buffers.scales(scale, trials * width);
      buffers.kernels.quantise(sums, scales, partial.sections[PANEL_GRADIENTS], 0, trials * width);
    }
    long[] levels = partial.sections[LEVEL_GRADIENTS];
    for (int c = 0; c < block.categories(); c++) {
      for (int i = 0; i < panel.rows(); i++) {
        int column = column(c, from + i);
        if (column >= 0) {
          int to = (column - design.dense()) * trials;
          for (int t = 0; t < trials; t++) {
            levels[to + t] += (long) Math.rint(residuals[i * trials + t] * scale);
          }
        }
      }
    }
  }

  private void addHessian(Matrix panel, float[] curvatures, int trial, int from) {
    float[] hessian = buffers.floats(9, width * width);
    Arrays.fill(hessian, 0, width * width, 0);
    buffers.kernels.syrk(
        panel,
        curvatures,
        trial,
        trials,
        new Matrix(hessian, 0, width, width, width),
        buffers.scratch);
    int section = HESSIANS + SECTIONS_A_HESSIAN * trial;
    double[] scales = buffers.scales(sumScale(design), width * width);
    for (int i = 0; i < width; i++) {
      buffers.kernels.quantise(
          hessian, scales, partial.sections[section], i * width + i, (i + 1) * width);
    }
    if (block.categories() > 0) {
      addLevelHessian(panel, curvatures, trial, from);
    }
  }

  private void addLevelHessian(Matrix panel, float[] curvatures, int trial, int from) {
    int section = HESSIANS + SECTIONS_A_HESSIAN * trial;
    long[] byPanel = partial.sections[section + 1];
    long[] byLevel = partial.sections[section + 2];
    double scale = sumScale(design);
    long[] rounded = buffers.quantised(width);
    int dense = design.dense();
    for (int i = 0; i < panel.rows(); i++) {
      float curvature = curvatures[i * trials + trial];
      for (int j = 0; j < width; j++) {
        rounded[j] = (long) Math.rint(panel.values()[i * width + j] * curvature * scale);
      }
      for (int c = 0; c < block.categories(); c++) {
        int row = column(c, from + i) - dense;
        if (row < 0) {
          continue;
        }
        for (int j = 0; j < width; j++) {
          byPanel[row * width + j] += rounded[j];
        }
        for (int other = c; other < block.categories(); other++) {
          int column = column(other, from + i) - dense;
          if (column >= 0) {
            byLevel[row * design.oneHot() + column] += rounded[width - 1];
          }
        }
      }
    }
  }

  // ---------------------------------------------------------------- read

  /** Weighted sum of the losses of a trial on a side of the mask. */
  static double loss(LinearRequest.OfLogistic request, LinearPartial partial, int side, int trial) {
    long sum = partial.sections[LOSSES][side * request.trials() + trial];
    return FixedPoint.toDouble(sum, lossScale(request));
  }

  /** Gradient of the summed loss at a trial: columns, then the intercept. */
  static double[] gradient(LinearRequest.OfLogistic request, LinearPartial partial, int trial) {
    Design design = request.design();
    int dense = design.dense();
    int width = width(design);
    double scale = sumScale(design);
    double[] gradient = new double[design.columns() + 1];
    long[] panel = partial.sections[PANEL_GRADIENTS];
    for (int j = 0; j < width; j++) {
      int to = j < dense ? j : design.columns();
      gradient[to] = FixedPoint.toDouble(panel[trial * width + j], scale);
    }
    long[] levels = partial.sections[LEVEL_GRADIENTS];
    for (int h = 0; h < design.oneHot(); h++) {
      gradient[dense + h] = FixedPoint.toDouble(levels[h * request.trials() + trial], scale);
    }
    return gradient;
  }

  /** Hessian of the summed loss at a trial: (columns + 1, columns + 1), symmetric. */
  static double[] hessian(LinearRequest.OfLogistic request, LinearPartial partial, int trial) {
    Design design = request.design();
    int width = width(design);
    int dense = design.dense();
    int size = design.columns() + 1;
    int section = HESSIANS + SECTIONS_A_HESSIAN * trial;
    double scale = sumScale(design);
    double[] hessian = new double[size * size];
    for (int i = 0; i < width; i++) {
      for (int j = i; j < width; j++) {
        double value = FixedPoint.toDouble(partial.sections[section][i * width + j], scale);
        put(hessian, size, i < dense ? i : size - 1, j < dense ? j : size - 1, value);
      }
    }
    for (int h = 0; h < design.oneHot(); h++) {
      for (int j = 0; j < width; j++) {
        double value = FixedPoint.toDouble(partial.sections[section + 1][h * width + j], scale);
        put(hessian, size, dense + h, j < dense ? j : size - 1, value);
      }
      for (int k = h; k < design.oneHot(); k++) {
        long sum = partial.sections[section + 2][h * design.oneHot() + k];
        put(hessian, size, dense + h, dense + k, FixedPoint.toDouble(sum, scale));
      }
    }
    return hessian;
  }

  private static void put(double[] matrix, int size, int i, int j, double value) {
    matrix[i * size + j] = value;
    matrix[j * size + i] = value;
  }
}
