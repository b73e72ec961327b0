package dev.kingpin.learner.linear;

import dev.kingpin.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * Newton's method for logistic regression with an L2 penalty (iteratively reweighted least
 * squares), in standardised coordinates, for several fits side by side. The objective is the
 * weighted mean negative log likelihood plus half of {@code l2} times the squared length of the
 * standardised coefficients; the intercept is free.
 *
 * <p>A step that does not lower the objective is halved. A fit settles when its next step is so
 * short that the one after it could not be told from rounding: convergence is quadratic.
 */
final class Newton {
  static final int MAX_STEPS = 60;

  private static final int MAX_HALVINGS = 12;
  private static final double SHORT_STEP = 1e-5;
  private static final double ROUNDING = 1e-7;

  /** Sums of floats are this uncertain; a smaller pivot says that columns repeat one another. */
  private static final double PIVOT_TOLERANCE = 1e-6;

  private static final String SEPARATED =
      "the features tell the classes apart perfectly, so coefficients grow without end. Maybe use"
          + " l2 above 0";

  private final Design design;
  private final Scaling scaling;
  private final int[] active;
  private final int intercept;

  Newton(Design design, Scaling scaling) {
    this.design = design;
    this.scaling = scaling;
    intercept = design.columns();
    int[] columns = new int[design.columns()];
    int count = 0;
    for (int j = 0; j < design.columns(); j++) {
      if (scaling.active[j]) {
        columns[count++] = j;
      }
    }
    active = Arrays.copyOf(columns, count);
  }

  /** Standardised coefficients as weights of the panel. */
  double[] toPanel(double[] standardised) {
    double[] weights = new double[standardised.length];
    weights[intercept] = standardised[intercept];
    for (int j : active) {
      weights[j] = standardised[j] / scaling.deviation[j];
      weights[intercept] -= weights[j] * scaling.mean[j];
    }
    return weights;
  }

  /** Weights of the panel as standardised coefficients; inactive columns get 0. */
  double[] toStandardised(double[] weights) {
    double[] standardised = new double[weights.length];
    standardised[intercept] = weights[intercept];
    for (int j : active) {
      standardised[j] = weights[j] * scaling.deviation[j];
      standardised[intercept] += weights[j] * scaling.mean[j];
    }
    return standardised;
  }

  /** The objective at some standardised coefficients. */
  double objective(double summedLoss, double[] standardised, double penalty) {
    double length = 0;
    for (int j : active) {
      length += standardised[j] * standardised[j];
    }
    return summedLoss / scaling.weight + penalty * length / 2;
  }

  /**
   * Takes the trial if it lowers the objective, else halves the step.
   *
   * @return whether the trial was taken, so that a new direction is needed
   */
  boolean judge(LogisticState.Progress fit, double objective) {
    if (!Double.isFinite(objective)) {
      fit.problem = "the loss is not a finite number";
      return false;
    }
    boolean first = Double.isNaN(fit.objective);
    double slack = ROUNDING * (1 + Math.abs(fit.objective));
    if (first || objective <= fit.objective + slack) {
      fit.accepted = fit.trial();
      fit.objective = objective;
      fit.halvings = 0;
      return true;
    }
    fit.step /= 2;
    if (++fit.halvings > MAX_HALVINGS) {
      fit.settled = true;
      fit.step = 0;
    }
    return false;
  }

  /**
   * Finds the next step of fits whose trials were taken.
   *
   * @param fits that need a direction
   * @param penalties of these fits
   * @param gradients of the summed loss, in panel coordinates, for each fit
   * @param hessians of the summed loss, in panel coordinates, for each fit
   */
  void direct(
      List<LogisticState.Progress> fits,
      double[] penalties,
      double[][] gradients,
      double[][] hessians) {
    int k = active.length + 1;
    int batch = fits.size();
    double[] a = new double[k * k * batch];
    double[] b = new double[k * batch];
    for (int s = 0; s < batch; s++) {
      fill(a, b, s, batch, hessians[s], gradients[s]);
      for (int i = 0; i < active.length; i++) {
        a[(i * k + i) * batch + s] += penalties[s];
        b[i * batch + s] -= penalties[s] * fits.get(s).accepted[active[i]];
      }
    }
    boolean[] failed = new boolean[batch];
    Kernels.best().choleskySolve(a, b, k, batch, PIVOT_TOLERANCE, failed);
    for (int s = 0; s < batch; s++) {
      LogisticState.Progress fit = fits.get(s);
      if (failed[s]) {
        fit.problem = fit.steps < 3 ? LinearRows.COLLINEAR : SEPARATED;
      } else {
        advance(fit, b, s, batch);
      }
    }
  }

  /**
   * Standardises one system: upper triangle of the Hessian, and the gradient with its sign turned.
   */
  private void fill(
      double[] a, double[] b, int system, int batch, double[] hessian, double[] gradient) {
    int k = active.length + 1;
    int size = design.columns() + 1;
    double total = hessian[intercept * size + intercept];
    for (int i = 0; i < active.length; i++) {
      int p = active[i];
      double di = scaling.deviation[p] * scaling.weight;
      double hi = hessian[p * size + intercept];
      for (int j = i; j < active.length; j++) {
        int q = active[j];
        double hj = hessian[q * size + intercept];
        double centred =
            hessian[p * size + q]
                - scaling.mean[p] * hj
                - scaling.mean[q] * hi
                + scaling.mean[p] * scaling.mean[q] * total;
        a[(i * k + j) * batch + system] = centred / (di * scaling.deviation[q]);
      }
      a[(i * k + k - 1) * batch + system] = (hi - scaling.mean[p] * total) / di;
      b[i * batch + system] = -(gradient[p] - scaling.mean[p] * gradient[intercept]) / di;
    }
    a[(k * k - 1) * batch + system] = total / scaling.weight;
    b[(k - 1) * batch + system] = -gradient[intercept] / scaling.weight;
  }

  private void advance(LogisticState.Progress fit, double[] solutions, int system, int batch) {
    double longest = 0;
    double largest = 0;
    Arrays.fill(fit.direction, 0);
    for (int i = 0; i <= active.length; i++) {
      int column = i < active.length ? active[i] : intercept;
      fit.direction[column] = solutions[i * batch + system];
      longest = Math.max(longest, Math.abs(fit.direction[column]));
      largest = Math.max(largest, Math.abs(fit.accepted[column]));
    }
    fit.step = 1;
    fit.steps++;
    if (longest <= SHORT_STEP * (1 + largest)) {
      fit.accepted = fit.trial();
      fit.step = 0;
      fit.settled = true;
    } else if (fit.steps >= MAX_STEPS) {
      fit.problem = SEPARATED;
    }
  }
}
