package dev.kingpin.learner.linear;

import dev.kingpin.kernel.Kernels;
import dev.kingpin.kernel.LogisticRows;

/**
 * Losses, residuals and curvatures from scores, cell by cell: a cell is a row at a trial, and has a
 * score for each output. Scores and residuals of a cell's outputs may lie side by side or in
 * columns. Cells of weight 0 add nothing to any sum.
 */
final class LossCells {
  /** No row is so certain that it tells nothing of the curvature. */
  private static final float CURVATURE_FLOOR = 1e-12f;

  private final Kernels kernels;
  private final Loss loss;
  private final int outputs;
  private final float cap;
  private final int cellStep; // from a score to that of the next cell
  private final int outputStep; // from a score to that of the next output
  float[] scores = new float[0];
  float[] residuals = new float[0];
  float[] curvatures = new float[0]; // by cell; no use for several classes
  float[] losses = new float[0]; // by cell
  float[] targets = new float[0]; // by cell, from 0 on
  float[] weights = new float[0]; // by cell
  private float[] spare = new float[0]; // as many as scores

  /**
   * @param inColumns whether all cells have their first score before any has its second
   * @param stride distance of two columns
   */
  LossCells(LinearRequest.OfLoss request, Buffers buffers, boolean inColumns, int stride) {
    kernels = buffers.kernels;
    loss = request.loss();
    outputs = request.outputs();
    cap = (float) scoreCap(request);
    cellStep = inColumns ? 1 : outputs;
    outputStep = inColumns ? stride : 1;
  }

  /** Takes arrays for so many cells. */
  void size(Buffers buffers, int cells) {
    scores = buffers.floats(1, cells * outputs);
    curvatures = buffers.floats(3, cells);
    losses = buffers.floats(4, cells);
    spare = buffers.floats(10, cells * outputs);
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

  /** What a loss calls the target of a row. */
  static float target(LinearRequest.OfLoss request, float encoded) {
    Design design = request.design();
    return switch (request.loss()) {
      case SQUARED -> (float) design.targets.scaled(encoded);
      case POISSON -> (float) (encoded + design.group().targetOffset());
      case LOGISTIC, SOFTMAX -> encoded;
    };
  }

  /**
   * Computes losses, residuals and curvatures of {@code n} cells from the scores.
   *
   * @param at of the first cell
   * @param scoresAt of its first score
   * @param weightsAt of its weight
   */
  void compute(int at, int scoresAt, int weightsAt, int n) {
    switch (loss) {
      case LOGISTIC ->
          kernels.logistic(
              new LogisticRows(
                  scores,
                  targets,
                  weights,
                  weightsAt,
                  residuals,
                  curvatures,
                  losses,
                  at,
                  CURVATURE_FLOOR,
                  n));
      case SQUARED -> squared(at, weightsAt, n);
      case POISSON -> poisson(at, weightsAt, n);
      case SOFTMAX -> softmax(at, scoresAt, weightsAt, n);
    }
  }

  private void squared(int at, int weightsAt, int n) {
    for (int i = 0; i < n; i++) {
      float weight = weights[weightsAt + i];
      float error = scores[at + i] - targets[i];
      float residual = weight * error;
      residuals[at + i] = residual;
      losses[at + i] = residual * error * 0.5f;
      curvatures[at + i] = weight;
    }
  }

  private void poisson(int at, int weightsAt, int n) {
    for (int i = 0; i < n; i++) {
      spare[i] = Math.min(scores[at + i], cap);
    }
    kernels.exp(spare, spare, n);
    for (int i = 0; i < n; i++) {
      float weight = weights[weightsAt + i];
      float expected = spare[i];
      float score = Math.min(scores[at + i], cap);
      residuals[at + i] = weight * (expected - targets[i]);
      losses[at + i] = weight * (expected - targets[i] * score);
      curvatures[at + i] = weight * expected;
    }
  }

  /** How many cells have scores that no optimum has. */
  long overflows(int at, int weightsAt, int n) {
    long count = 0;
    if (loss == Loss.POISSON) {
      for (int i = 0; i < n; i++) {
        count += !(scores[at + i] <= cap) && weights[weightsAt + i] > 0 ? 1 : 0;
      }
    }
    return count;
  }

  /** Scores become probabilities. */
  private void softmax(int at, int scoresAt, int weightsAt, int n) {
    for (int i = 0; i < n; i++) {
      int first = scoresAt + i * cellStep;
      int end = first + outputs * outputStep;
      float largest = scores[first];
      for (int s = first; s < end; s += outputStep) {
        largest = Math.max(largest, scores[s]);
      }
      for (int s = first; s < end; s += outputStep) {
        scores[s] -= largest;
      }
      losses[at + i] = -scores[first + ((int) targets[i]) * outputStep];
    }
    exponentials(scoresAt, n);
    for (int i = 0; i < n; i++) {
      spare[i] = sum(scoresAt + i * cellStep);
    }
    kernels.log(spare, spare, n);
    for (int i = 0; i < n; i++) {
      int first = scoresAt + i * cellStep;
      float weight = weights[weightsAt + i];
      float inverse = 1 / sum(first);
      losses[at + i] = weight * (losses[at + i] + spare[i]);
      for (int s = first; s < first + outputs * outputStep; s += outputStep) {
        scores[s] *= inverse;
        residuals[s] = weight * scores[s];
      }
      residuals[first + ((int) targets[i]) * outputStep] -= weight;
    }
  }

  /** All scores of {@code n} cells become their exponentials. */
  private void exponentials(int scoresAt, int n) {
    boolean inColumns = cellStep == 1;
    int runs = inColumns ? outputs : 1;
    int length = inColumns ? n : n * outputs;
    for (int run = 0; run < runs; run++) {
      int from = scoresAt + run * outputStep;
      System.arraycopy(scores, from, spare, 0, length);
      kernels.exp(spare, spare, length);
      System.arraycopy(spare, 0, scores, from, length);
    }
  }

  private float sum(int first) {
    float sum = 0;
    for (int s = first; s < first + outputs * outputStep; s += outputStep) {
      sum += scores[s];
    }
    return sum;
  }
}
