package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.kernel.LogisticRows;
import dev.kingpin.learner.RowMask;

/**
 * Losses, residuals and curvatures of some rows at several trials, entry by entry. A row that the
 * mask of a trial holds out has weight 0 there.
 */
final class LossRows {
  /** No row is so certain that it tells nothing of the curvature. */
  private static final float CURVATURE_FLOOR = 1e-12f;

  private final LinearRequest.OfLoss request;
  private final Buffers buffers;
  private final int trials;
  private final int outputs;
  private final float cap;
  float[] scores = new float[0]; // (rows, trials * outputs)
  float[] residuals = new float[0]; // (rows, trials * outputs)
  float[] losses = new float[0]; // (rows, trials)
  private float[] curvatures = new float[0]; // (rows, trials), but for several classes
  private float[] targets = new float[0]; // (rows, trials)
  private float[] weights = new float[0]; // (rows, trials)

  LossRows(LinearRequest.OfLoss request, Buffers buffers, int rows) {
    this.request = request;
    this.buffers = buffers;
    trials = request.trials();
    outputs = request.outputs();
    cap = (float) scoreCap(request);
    int cells = rows * trials;
    scores = buffers.floats(1, cells * outputs);
    residuals = buffers.floats(2, cells * outputs);
    curvatures = buffers.floats(3, cells);
    losses = buffers.floats(4, cells);
    targets = buffers.floats(5, cells);
    weights = buffers.floats(6, cells);
  }

  /**
   * Largest score of a Poisson model that can be part of an optimum: there, expected counts add up
   * to the counts seen, so no single one exceeds them all.
   */
  static double scoreCap(LinearRequest.OfLoss request) {
    Design design = request.design();
    double largest = design.group().targetMaximum() + design.group().targetOffset();
    return 1 + Math.max(0, StrictMath.log(design.group().rows() * Math.max(1, largest)));
  }

  /** Puts the target and weight of each listed row beside all its trials. */
  void spread(RowBlock block, int from, int rows) {
    Moments.Ranges ranges = buffers.ranges(request.design().group());
    RowMask[] masks = request.masks();
    boolean mixed = !request.hasOneMask();
    for (int i = 0; i < rows; i++) {
      int r = buffers.rows[from + i];
      float target = target(block.target()[block.offset() + r]);
      float weight = (float) ranges.weight(block, r);
      for (int t = i * trials; t < (i + 1) * trials; t++) {
        targets[t] = target;
        weights[t] = weight;
      }
      if (mixed) {
        int fold = block.fold()[block.offset() + r];
        for (int t = 0; t < trials; t++) {
          if (!masks[t].fits(fold)) {
            weights[i * trials + t] = 0;
          }
        }
      }
    }
  }

  private float target(float encoded) {
    Design design = request.design();
    return switch (request.loss()) {
      case SQUARED -> (float) design.targets.scaled(encoded);
      case POISSON -> (float) (encoded + design.group().targetOffset());
      case LOGISTIC, SOFTMAX -> encoded;
    };
  }

  /** Computes losses, residuals and curvatures from the scores. */
  void compute(int rows) {
    int cells = rows * trials;
    switch (request.loss()) {
      case LOGISTIC ->
          buffers.kernels.logistic(
              new LogisticRows(
                  scores, targets, weights, residuals, curvatures, losses, CURVATURE_FLOOR, cells));
      case SQUARED -> squared(cells);
      case POISSON -> poisson(cells);
      case SOFTMAX -> softmax(cells);
    }
  }

  private void squared(int cells) {
    for (int i = 0; i < cells; i++) {
      float error = scores[i] - targets[i];
      residuals[i] = weights[i] * error;
      losses[i] = residuals[i] * error * 0.5f;
      curvatures[i] = weights[i];
    }
  }

  private void poisson(int cells) {
    float[] capped = buffers.floats(10, cells);
    for (int i = 0; i < cells; i++) {
      capped[i] = Math.min(scores[i], cap);
    }
    buffers.kernels.exp(capped, curvatures, cells);
    for (int i = 0; i < cells; i++) {
      float expected = curvatures[i];
      residuals[i] = weights[i] * (expected - targets[i]);
      losses[i] = weights[i] * (expected - targets[i] * capped[i]);
      curvatures[i] = weights[i] * expected;
    }
  }

  /** How many rows of a trial have scores that no optimum has. */
  long overflows(int rows, int trial) {
    long count = 0;
    if (request.loss() == Loss.POISSON) {
      for (int i = trial; i < rows * trials; i += trials) {
        count += !(scores[i] <= cap) && weights[i] > 0 ? 1 : 0;
      }
    }
    return count;
  }

  /** Scores become probabilities. */
  private void softmax(int cells) {
    Kernels kernels = buffers.kernels;
    float[] sums = buffers.floats(10, cells);
    for (int i = 0; i < cells; i++) {
      int at = i * outputs;
      float largest = scores[at];
      for (int k = 1; k < outputs; k++) {
        largest = Math.max(largest, scores[at + k]);
      }
      for (int k = 0; k < outputs; k++) {
        scores[at + k] -= largest;
      }
      losses[i] = -scores[at + (int) targets[i]];
    }
    kernels.exp(scores, scores, cells * outputs);
    for (int i = 0; i < cells; i++) {
      float sum = 0;
      for (int k = 0; k < outputs; k++) {
        sum += scores[i * outputs + k];
      }
      sums[i] = sum;
    }
    float[] logs = curvatures;
    kernels.log(sums, logs, cells);
    for (int i = 0; i < cells; i++) {
      losses[i] = weights[i] * (losses[i] + logs[i]);
      int at = i * outputs;
      float inverse = 1 / sums[i];
      for (int k = 0; k < outputs; k++) {
        scores[at + k] *= inverse;
        residuals[at + k] = weights[i] * scores[at + k];
      }
      residuals[at + (int) targets[i]] -= weights[i];
    }
  }

  /**
   * Curvatures by pairs of outputs (k, l), k not above l, of some trials: (rows, trials asked for *
   * pairs).
   */
  void curvatures(int rows, int[] asked, float[] to) {
    int pairs = outputs * (outputs + 1) / 2;
    int width = asked.length * pairs;
    for (int i = 0; i < rows; i++) {
      for (int h = 0; h < asked.length; h++) {
        int cell = i * trials + asked[h];
        if (outputs == 1) {
          to[i * width + h] = curvatures[cell];
        } else {
          pairs(cell, to, i * width + h * pairs);
        }
      }
    }
  }

  private void pairs(int cell, float[] to, int at) {
    int from = cell * outputs;
    int pair = at;
    for (int k = 0; k < outputs; k++) {
      float weighted = weights[cell] * scores[from + k];
      to[pair++] = weighted * (1 - scores[from + k]);
      for (int l = k + 1; l < outputs; l++) {
        to[pair++] = -weighted * scores[from + l];
      }
    }
  }
}
