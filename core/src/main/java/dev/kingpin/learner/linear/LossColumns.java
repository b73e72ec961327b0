package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.Columns;
import dev.kingpin.learner.RowMask;

/**
 * Losses, residuals and curvatures of the rows of a panel at several trials, in columns. A row that
 * the mask of a trial holds out has weight 0 there.
 */
final class LossColumns {
  private final LinearRequest.OfLoss request;
  private final Panel panel;
  private final Buffers buffers;
  private final LossCells cells;
  private final int outputs;
  private final int[] weightsAt; // (trials)
  final Columns scores; // (trials * outputs)
  final Columns losses; // (trials)
  final Columns marks; // (trials * outputs): residuals; then the curvatures asked for

  LossColumns(LinearRequest.OfLoss request, Panel panel, int marks, Buffers buffers) {
    this.request = request;
    this.panel = panel;
    this.buffers = buffers;
    outputs = request.outputs();
    int trials = request.trials();
    int stride = Columns.stride(panel.height);
    cells = new LossCells(request, buffers, true, stride);
    cells.size(buffers, trials * stride);
    cells.residuals = buffers.floats(2, marks * stride);
    cells.targets = panel.targets;
    weightsAt = new int[trials];
    scores = Columns.of(cells.scores, trials * outputs, panel.rows);
    losses = Columns.of(cells.losses, trials, panel.rows);
    this.marks = Columns.of(cells.residuals, marks, panel.rows);
  }

  /** Computes losses, residuals and curvatures from the scores. */
  void compute(RowBlock block) {
    weigh(block);
    for (int t = 0; t < weightsAt.length; t++) {
      int at = losses.start(t);
      cells.compute(at, scores.start(t * outputs), weightsAt[t], panel.height);
    }
  }

  /** Finds the weights of each trial; trials of one mask share them. */
  private void weigh(RowBlock block) {
    cells.weights = panel.weights;
    if (request.hasOneMask()) {
      return;
    }
    int height = panel.height;
    cells.weights = buffers.floats(6, weightsAt.length * height);
    int end = 0;
    for (int t = 0; t < weightsAt.length; t++) {
      RowMask mask = request.masks()[t];
      int same = 0;
      while (!request.masks()[same].equals(mask)) {
        same++;
      }
      weightsAt[t] = same < t ? weightsAt[same] : end;
      if (same == t) {
        fillWeights(block, mask, end);
        end += height;
      }
    }
  }

  private void fillWeights(RowBlock block, RowMask mask, int at) {
    for (int i = 0; i < panel.height; i++) {
      boolean fits = i < panel.rows && mask.fits(block.fold()[block.offset() + panel.list[i]]);
      cells.weights[at + i] = fits ? panel.weights[i] : 0;
    }
  }

  /** How many rows of a trial have scores that no optimum has. */
  long overflows(int trial) {
    return cells.overflows(losses.start(trial), weightsAt[trial], panel.rows);
  }

  /** Puts the curvatures asked for behind the residuals. */
  void takeCurvatures() {
    int mark = scores.count();
    for (int t : request.hessians()) {
      if (outputs == 1) {
        int to = marks.start(mark++);
        System.arraycopy(cells.curvatures, losses.start(t), marks.values(), to, panel.height);
      } else {
        mark = pairs(t, mark);
      }
    }
  }

  /** Curvatures by pairs of outputs (k, l), k not above l, of a trial. */
  private int pairs(int trial, int first) {
    int mark = first;
    for (int k = 0; k < outputs; k++) {
      for (int l = k; l < outputs; l++) {
        int p = scores.start(trial * outputs + k);
        int q = scores.start(trial * outputs + l);
        int to = marks.start(mark++);
        for (int i = 0; i < panel.height; i++) {
          float weighted = cells.weights[weightsAt[trial] + i] * cells.scores[p + i];
          float other = cells.scores[q + i];
          marks.values()[to + i] = k == l ? weighted * (1 - other) : -weighted * other;
        }
      }
    }
    return mark;
  }
}
