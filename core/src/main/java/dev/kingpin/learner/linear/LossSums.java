package dev.kingpin.learner.linear;

import dev.kingpin.data.Dictionary;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.Matrix;
import java.util.Arrays;

/**
 * Losses and gradients of several trials, and Hessians of some of them, in one pass over a row
 * block.
 *
 * <p>The float32 panel of a block holds the dense columns; entries lie in [-1, 1]. Scores of all
 * trials are one matrix product; residuals by panel is one product for all gradients; curvatures
 * weigh one symmetric product for each Hessian (of several classes: for each pair of classes).
 * One-hot columns add rows of the weights to the scores, and are summed level by level as integers.
 *
 * <p>Marks are the columns of residuals, then those of the curvatures asked for. Sections: losses
 * (trials); overflows (trials); marks by panel (marks, dense); sums of marks (marks); marks by
 * level (one-hot, marks); then for each curvature asked for the Hessian panel by panel (upper
 * triangle), one-hot by panel, one-hot by one-hot (upper triangle).
 */
final class LossSums {
  static final int LOSSES = 0;
  static final int OVERFLOWS = 1;
  static final int PANEL = 2;
  static final int SUMS = 3;
  static final int LEVELS = 4;
  static final int HESSIANS = 5;
  static final int SECTIONS_A_HESSIAN = 3;

  /** Rows that are summed as floats before the sum becomes an integer. */
  private static final int SLICE_ROWS = 256;

  /** Losses that are summed as floats before the sum becomes a double. */
  private static final int LOSS_ROWS = 16;

  private final LinearRequest.OfLoss request;
  private final Design design;
  private final RowBlock block;
  private final LinearPartial partial;
  private final Buffers buffers;
  private final int scored; // columns of scores
  private final int asked; // columns of curvatures
  private final int marks;
  private final double scale;

  private LossSums(
      LinearRequest.OfLoss request, RowBlock block, LinearPartial partial, Buffers buffers) {
    this.request = request;
    this.design = request.design();
    this.block = block;
    this.partial = partial;
    this.buffers = buffers;
    scored = request.trials() * request.outputs();
    asked = curvatures(request);
    marks = scored + asked;
    scale = LossBounds.markScale(request);
  }

  static int curvatures(LinearRequest.OfLoss request) {
    int outputs = request.outputs();
    return request.hessians().length * outputs * (outputs + 1) / 2;
  }

  static int[] lengths(LinearRequest.OfLoss request) {
    int dense = request.design().dense();
    int oneHot = request.design().oneHot();
    int asked = curvatures(request);
    int marks = request.trials() * request.outputs() + asked;
    int[] lengths = new int[HESSIANS + SECTIONS_A_HESSIAN * asked];
    lengths[LOSSES] = request.trials();
    lengths[OVERFLOWS] = request.trials();
    lengths[PANEL] = marks * dense;
    lengths[SUMS] = marks;
    lengths[LEVELS] = oneHot * marks;
    for (int h = 0; h < asked; h++) {
      int at = HESSIANS + SECTIONS_A_HESSIAN * h;
      lengths[at] = dense * dense;
      lengths[at + 1] = oneHot * dense;
      lengths[at + 2] = oneHot * oneHot;
    }
    return lengths;
  }

  static void accumulate(
      LinearRequest.OfLoss request, RowBlock block, LinearPartial partial, Buffers buffers) {
    int rows = block.rows();
    if (request.hasOneMask()) {
      rows = buffers.splitRows(block, request.masks()[0]);
    } else {
      buffers.splitFolds(block, 1);
    }
    if (rows > 0) {
      new LossSums(request, block, partial, buffers).add(rows);
    }
  }

  private void add(int rows) {
    LossRows cells = new LossRows(request, buffers, rows);
    Matrix panel = panel(rows);
    score(panel, cells.scores);
    cells.spread(block, 0, rows);
    cells.compute(rows);
    addLosses(cells, rows);
    Matrix residuals = new Matrix(cells.residuals, 0, rows, scored, scored);
    addMarks(panel, residuals, 0);
    if (asked > 0) {
      float[] curvatures = buffers.floats(11, rows * asked);
      cells.curvatures(rows, request.hessians(), curvatures);
      Matrix columns = new Matrix(curvatures, 0, rows, asked, asked);
      addMarks(panel, columns, scored);
      for (int h = 0; h < asked; h++) {
        addHessian(panel, columns, h);
      }
    }
  }

  private Matrix panel(int rows) {
    int dense = design.dense();
    float[] values = buffers.floats(0, RowBlock.ROWS * dense);
    int numeric = design.numeric();
    if (numeric > 0) {
      buffers.kernels.standardise(
          new Matrix(block.numeric(), block.numericOffset(), block.rows(), numeric, numeric),
          buffers.rows,
          0,
          design.centre,
          design.inverse,
          new Matrix(values, 0, rows, numeric, dense));
    }
    if (design.indicators.length > 0) {
      for (int i = 0; i < rows; i++) {
        int to = i * dense + numeric;
        int raw = block.numericOffset() + buffers.rows[i] * numeric;
        for (int feature : design.indicators) {
          values[to++] = Float.isNaN(block.numeric()[raw + feature]) ? 1 : 0;
        }
      }
    }
    return new Matrix(values, 0, rows, dense, dense);
  }

  /** Scores of all rows and trials: (rows, trials * outputs). */
  private void score(Matrix panel, float[] scores) {
    int columns = design.columns();
    float[] weights = buffers.floats(7, (columns + 1) * scored);
    for (int i = 0; i < (columns + 1) * scored; i++) {
      weights[i] = (float) request.weights()[i];
    }
    for (int i = 0; i < panel.rows(); i++) {
      System.arraycopy(weights, columns * scored, scores, i * scored, scored);
    }
    if (panel.columns() > 0) {
      buffers.kernels.gemm(
          panel,
          new Matrix(weights, 0, panel.columns(), scored, scored),
          new Matrix(scores, 0, panel.rows(), scored, scored),
          buffers.scratch);
    }
    for (int c = 0; c < block.categories(); c++) {
      for (int i = 0; i < panel.rows(); i++) {
        int column = column(c, i);
        if (column >= 0) {
          for (int t = 0; t < scored; t++) {
            scores[i * scored + t] += weights[column * scored + t];
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

  private void addLosses(LossRows cells, int rows) {
    int trials = request.trials();
    double[] sums = buffers.blockSums(trials);
    float[] few = buffers.floats(12, trials);
    Arrays.fill(sums, 0, trials, 0);
    for (int start = 0; start < rows; start += LOSS_ROWS) {
      int end = Math.min(start + LOSS_ROWS, rows);
      Arrays.fill(few, 0, trials, 0);
      for (int i = start; i < end; i++) {
        for (int t = 0; t < trials; t++) {
          few[t] += cells.losses[i * trials + t];
        }
      }
      for (int t = 0; t < trials; t++) {
        sums[t] += few[t];
      }
    }
    double lossScale = LossBounds.lossScale(request);
    for (int t = 0; t < trials; t++) {
      partial.sections[LOSSES][t] += (long) Math.rint(sums[t] * lossScale);
      partial.sections[OVERFLOWS][t] += cells.overflows(rows, t);
    }
  }

  /**
   * Adds up columns by panel, by themselves and by level.
   *
   * @param first number of the first column among the marks
   */
  private void addMarks(Matrix panel, Matrix columns, int first) {
    int width = columns.columns();
    int dense = panel.columns();
    float[] sums = buffers.floats(8, width * (dense + 1));
    double[] scales = buffers.scales(scale, width * (dense + 1));
    for (int start = 0; start < panel.rows(); start += SLICE_ROWS) {
      int end = Math.min(start + SLICE_ROWS, panel.rows());
      Arrays.fill(sums, 0, width * (dense + 1), 0);
      Matrix slice = columns.slice(start, end);
      if (dense > 0) {
        buffers.kernels.gemmTransposed(
            slice,
            panel.slice(start, end),
            new Matrix(sums, 0, width, dense, dense),
            buffers.scratch);
        addTo(PANEL, first * dense, sums, 0, width * dense, scales);
      }
      addUp(slice, sums, width * dense);
      addTo(SUMS, first, sums, width * dense, width, scales);
    }
    if (block.categories() > 0) {
      addLevels(columns, first);
    }
  }

  private static void addUp(Matrix columns, float[] sums, int at) {
    int width = columns.columns();
    for (int i = 0; i < columns.rows(); i++) {
      int from = columns.rowStart(i);
      for (int t = 0; t < width; t++) {
        sums[at + t] += columns.values()[from + t];
      }
    }
  }

  private void addTo(int section, int at, float[] values, int from, int count, double[] scales) {
    long[] sums = partial.sections[section];
    if (at == 0 && from == 0) {
      buffers.kernels.quantise(values, scales, sums, 0, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      sums[at + i] += (long) Math.rint(values[from + i] * scale);
    }
  }

  private void addLevels(Matrix columns, int first) {
    long[] levels = partial.sections[LEVELS];
    int width = columns.columns();
    for (int c = 0; c < block.categories(); c++) {
      for (int i = 0; i < columns.rows(); i++) {
        int column = column(c, i);
        if (column >= 0) {
          int to = (column - design.dense()) * marks + first;
          int from = columns.rowStart(i);
          for (int t = 0; t < width; t++) {
            levels[to + t] += (long) Math.rint(columns.values()[from + t] * scale);
          }
        }
      }
    }
  }

  private void addHessian(Matrix panel, Matrix curvatures, int h) {
    int dense = panel.columns();
    int section = HESSIANS + SECTIONS_A_HESSIAN * h;
    if (dense > 0) {
      float[] hessian = buffers.floats(9, dense * dense);
      Arrays.fill(hessian, 0, dense * dense, 0);
      buffers.kernels.syrk(
          panel,
          curvatures.values(),
          h,
          asked,
          new Matrix(hessian, 0, dense, dense, dense),
          buffers.scratch);
      double[] scales = buffers.scales(scale, dense * dense);
      for (int i = 0; i < dense; i++) {
        buffers.kernels.quantise(
            hessian, scales, partial.sections[section], i * dense + i, (i + 1) * dense);
      }
    }
    if (block.categories() > 0) {
      addLevelHessian(panel, curvatures, h);
    }
  }

  private void addLevelHessian(Matrix panel, Matrix curvatures, int h) {
    int section = HESSIANS + SECTIONS_A_HESSIAN * h;
    long[] byPanel = partial.sections[section + 1];
    long[] byLevel = partial.sections[section + 2];
    int dense = panel.columns();
    long[] rounded = buffers.quantised(dense);
    for (int i = 0; i < panel.rows(); i++) {
      float curvature = curvatures.values()[i * asked + h];
      for (int j = 0; j < dense; j++) {
        rounded[j] = (long) Math.rint(panel.values()[i * dense + j] * curvature * scale);
      }
      long own = (long) Math.rint(curvature * scale);
      for (int c = 0; c < block.categories(); c++) {
        int row = column(c, i) - dense;
        if (row < 0) {
          continue;
        }
        for (int j = 0; j < dense; j++) {
          byPanel[row * dense + j] += rounded[j];
        }
        for (int other = c; other < block.categories(); other++) {
          int column = column(other, i) - dense;
          if (column >= 0) {
            byLevel[row * design.oneHot() + column] += own;
          }
        }
      }
    }
  }
}
