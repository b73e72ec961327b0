package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.ColumnKernels;
import dev.kingpin.kernel.Columns;

/**
 * Losses and gradients of several trials, and Hessians of some of them, in one pass over a row
 * block.
 *
 * <p>All that is known of the rows lies in columns: the dense columns of the design, the scores of
 * the trials, and the marks, which are residuals and curvatures. Then scores are sums of columns,
 * gradients are dot products of marks and columns, and a Hessian is the dot products of all columns
 * and all columns times a curvature. One-hot columns add their weight to the scores of their rows,
 * and are summed level by level as integers.
 *
 * <p>Marks are the residuals of all trials and outputs, then the curvatures asked for (of several
 * classes: one for each pair of classes). Sections: losses (trials); overflows (trials); marks by
 * dense column (marks, dense); sums of marks (marks); marks by one-hot column (one-hot, marks);
 * then for each curvature the Hessian of the dense columns (upper triangle), one-hot by dense,
 * one-hot by one-hot (upper triangle in a square).
 */
final class LossSums {
  static final int LOSSES = 0;
  static final int OVERFLOWS = 1;
  static final int PANEL = 2;
  static final int SUMS = 3;
  static final int LEVELS = 4;
  static final int HESSIANS = 5;
  static final int SECTIONS_A_HESSIAN = 3;

  private final LinearRequest.OfLoss request;
  private final Design design;
  private final Panel panel;
  private final LinearPartial partial;
  private final Buffers buffers;
  private final ColumnKernels columns;
  private final int scored; // columns of scores
  private final int marks;
  private final double scale;

  private LossSums(
      LinearRequest.OfLoss request, Panel panel, LinearPartial partial, Buffers buffers) {
    this.request = request;
    this.design = request.design();
    this.panel = panel;
    this.partial = partial;
    this.buffers = buffers;
    columns = buffers.kernels.columns();
    scored = request.trials() * request.outputs();
    marks = scored + curvatures(request);
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
      lengths[at] = ColumnKernels.triangle(dense);
      lengths[at + 1] = oneHot * dense;
      lengths[at + 2] = oneHot * oneHot;
    }
    return lengths;
  }

  static void accumulate(
      LinearRequest.OfLoss request, RowBlock block, LinearPartial partial, Buffers buffers) {
    Panel panel = buffers.panels.of(request, block);
    if (panel.rows > 0) {
      new LossSums(request, panel, partial, buffers).add(block);
    }
  }

  private void add(RowBlock block) {
    LossColumns cells = new LossColumns(request, panel, marks, buffers);
    score(cells.scores);
    cells.compute(block);
    addLosses(cells);
    cells.takeCurvatures();
    addMarks(cells.marks);
    for (int h = scored; h < marks; h++) {
      addHessian(cells.marks, h);
    }
  }

  private void score(Columns scores) {
    int width = design.columns() + 1;
    int dense = design.dense();
    float[] weights = buffers.floats(7, width * scored); // (scored, dense and intercept)
    for (int t = 0; t < scored; t++) {
      for (int j = 0; j < dense; j++) {
        weights[t * (dense + 1) + j] = (float) request.weights()[j * scored + t];
      }
      weights[t * (dense + 1) + dense] = (float) request.weights()[(width - 1) * scored + t];
    }
    columns.scores(panel.dense, weights, scores);
    for (int at = 0; at < design.categories() * panel.height; at += panel.height) {
      for (int t = 0; t < scored; t++) {
        addLevels(at, t, scores.values(), scores.start(t));
      }
    }
  }

  /** Adds the weights of one category to a column of scores. */
  private void addLevels(int levels, int t, float[] scores, int to) {
    for (int i = 0; i < panel.rows; i++) {
      int column = panel.levels[levels + i];
      if (column >= 0) {
        scores[to + i] += (float) request.weights()[column * scored + t];
      }
    }
  }

  private void addLosses(LossColumns cells) {
    int trials = request.trials();
    double[] sums = buffers.doubles(0, trials); // a line search compares them
    columns.sums(cells.losses, sums);
    buffers.kernels.quantise(sums, LossBounds.lossScale(request), partial.sections[LOSSES], trials);
    for (int t = 0; t < trials; t++) {
      partial.sections[OVERFLOWS][t] += cells.overflows(t);
    }
  }

  /** Adds up marks by dense column, by themselves and by level. */
  private void addMarks(Columns columnsOfMarks) {
    int dense = design.dense();
    float[] sums = buffers.floats(8, marks * Math.max(1, dense));
    if (dense > 0) {
      columns.dots(columnsOfMarks, panel.dense, sums);
      buffers.kernels.quantise(sums, scale, partial.sections[PANEL], marks * dense);
    }
    columns.sums(columnsOfMarks, sums);
    buffers.kernels.quantise(sums, scale, partial.sections[SUMS], marks);
    for (int m = 0; m < marks; m++) {
      addLevels(columnsOfMarks, m, partial.sections[LEVELS], m, marks);
    }
  }

  /**
   * Adds a column level by level.
   *
   * @param to where the level of the first one-hot column is; the others are a step apart each
   */
  private void addLevels(Columns of, int column, long[] sums, int to, int step) {
    int from = of.start(column);
    for (int at = 0; at < design.categories() * panel.height; at += panel.height) {
      for (int i = 0; i < panel.rows; i++) {
        int level = panel.levels[at + i] - design.dense();
        if (level >= 0) {
          sums[to + level * step] += (long) Math.rint(of.values()[from + i] * scale);
        }
      }
    }
  }

  private void addHessian(Columns columnsOfMarks, int mark) {
    int dense = design.dense();
    int section = HESSIANS + SECTIONS_A_HESSIAN * (mark - scored);
    if (dense > 0) {
      float[] values = buffers.floats(9, Columns.length(dense, panel.rows));
      Columns weighed = Columns.of(values, dense, panel.rows);
      columns.weigh(panel.dense, columnsOfMarks.values(), columnsOfMarks.start(mark), weighed);
      int length = ColumnKernels.triangle(dense);
      float[] sums = buffers.floats(8, length);
      columns.gram(weighed, panel.dense, sums);
      buffers.kernels.quantise(sums, scale, partial.sections[section], length);
      for (int j = 0; j < dense; j++) {
        addLevels(weighed, j, partial.sections[section + 1], j, dense);
      }
    }
    if (design.categories() > 0) {
      addLevelPairs(columnsOfMarks, mark, partial.sections[section + 2]);
    }
  }

  private void addLevelPairs(Columns columnsOfMarks, int mark, long[] sums) {
    int oneHot = design.oneHot();
    int dense = design.dense();
    int end = design.categories() * panel.height;
    int from = columnsOfMarks.start(mark);
    for (int i = 0; i < panel.rows; i++) {
      long own = (long) Math.rint(columnsOfMarks.values()[from + i] * scale);
      for (int a = i; a < end; a += panel.height) {
        int row = panel.levels[a] - dense;
        for (int b = a; row >= 0 && b < end; b += panel.height) {
          int column = panel.levels[b] - dense;
          if (column >= 0) {
            sums[row * oneHot + column] += own;
          }
        }
      }
    }
  }
}
