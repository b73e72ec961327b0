package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;

/**
 * Losses and residuals of some rows at several trials that learn from the same rows, row by row:
 * what stochastic steps need.
 */
final class LossRows {
  private final LinearRequest.OfLoss request;
  private final Buffers buffers;
  private final int trials;
  private final LossCells cells;
  final float[] scores; // (rows, trials * outputs)
  final float[] residuals; // (rows, trials * outputs)
  final float[] losses; // (rows, trials)

  LossRows(LinearRequest.OfLoss request, Buffers buffers, int rows) {
    this.request = request;
    this.buffers = buffers;
    trials = request.trials();
    int length = rows * trials;
    cells = new LossCells(request, buffers, false, 0);
    cells.size(buffers, length);
    cells.residuals = buffers.floats(2, length * request.outputs());
    cells.targets = buffers.floats(5, length);
    cells.weights = buffers.floats(6, length);
    scores = cells.scores;
    residuals = cells.residuals;
    losses = cells.losses;
  }

  /** Puts the target and weight of each listed row beside all its trials. */
  void spread(RowBlock block, int from, int rows) {
    Moments.Ranges ranges = buffers.ranges(request.design().group());
    for (int i = 0; i < rows; i++) {
      int r = buffers.rows[from + i];
      float target = LossCells.target(request, block.target()[block.offset() + r]);
      float weight = (float) ranges.weight(block, r);
      for (int t = i * trials; t < (i + 1) * trials; t++) {
        cells.targets[t] = target;
        cells.weights[t] = weight;
      }
    }
  }

  /** Computes losses and residuals of so many rows from the scores. */
  void compute(int rows) {
    cells.compute(0, 0, 0, rows * trials);
  }
}
