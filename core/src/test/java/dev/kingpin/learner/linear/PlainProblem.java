package dev.kingpin.learner.linear;

import org.jspecify.annotations.Nullable;

/**
 * What a linear model minimises, in doubles: the mean loss, {@code l1 |b| + l2/2 |b|²} on
 * standardised coefficients, and {@code toward/2 |b - prior|²} on them and the intercept. Places
 * are (outputs * width), the intercept of an output last.
 */
final class PlainProblem {
  final PlainDesign design;
  final PlainLoss loss;
  final int outputs;
  final Penalty penalty;
  final int width;
  final int size;
  private final double @Nullable [] prior; // (outputs * width)
  private final double[] x; // (rows, width), row-major

  PlainProblem(
      PlainDesign design, PlainLoss loss, int outputs, Penalty penalty, double @Nullable [] prior) {
    this.design = design;
    this.loss = loss;
    this.outputs = outputs;
    this.penalty = penalty;
    this.prior = prior;
    width = design.width();
    size = outputs * width;
    x = design.matrix();
  }

  boolean isIntercept(int i) {
    return i % width == width - 1;
  }

  double l1(int i) {
    return isIntercept(i) ? 0 : penalty.l1();
  }

  private double l2(int i) {
    return isIntercept(i) ? 0 : penalty.l2();
  }

  private double away(double[] b, int i) {
    return b[i] - (prior == null ? 0 : prior[i]);
  }

  private double[] scores(double[] b, int row) {
    double[] z = new double[outputs];
    for (int k = 0; k < outputs; k++) {
      for (int j = 0; j < width; j++) {
        z[k] += b[k * width + j] * x[row * width + j];
      }
    }
    return z;
  }

  double objective(double[] b) {
    double sum = 0;
    for (int r = 0; r < design.rows; r++) {
      sum += design.share[r] * loss.loss(design.y[r], scores(b, r));
    }
    for (int i = 0; i < size; i++) {
      sum += l1(i) * Math.abs(b[i]) + l2(i) / 2 * b[i] * b[i];
      sum += penalty.toward() / 2 * away(b, i) * away(b, i);
    }
    return sum;
  }

  /** Mean of what the loss leaves out. */
  double leftOut() {
    double sum = 0;
    for (int r = 0; r < design.rows; r++) {
      sum += design.share[r] * loss.leftOut(design.y[r]);
    }
    return sum;
  }

  /** Gradient of all but the lasso. */
  double[] gradient(double[] b) {
    double[] gradient = new double[size];
    for (int r = 0; r < design.rows; r++) {
      double[] expected = loss.expected(scores(b, r));
      for (int k = 0; k < outputs; k++) {
        double residual = design.share[r] * loss.residual(design.y[r], expected, k);
        for (int j = 0; j < width; j++) {
          gradient[k * width + j] += residual * x[r * width + j];
        }
      }
    }
    for (int i = 0; i < size; i++) {
      gradient[i] += l2(i) * b[i] + penalty.toward() * away(b, i);
    }
    return gradient;
  }

  /** Hessian of all but the lasso: (size, size), row-major. */
  double[] hessian(double[] b) {
    double[] hessian = new double[size * size];
    for (int r = 0; r < design.rows; r++) {
      double[] expected = loss.expected(scores(b, r));
      for (int k = 0; k < outputs; k++) {
        for (int l = 0; l < outputs; l++) {
          double curvature = design.share[r] * loss.curvature(expected, k, l);
          addOuter(hessian, curvature, r * width, k * width * size + l * width);
        }
      }
    }
    for (int i = 0; i < size; i++) {
      hessian[i * size + i] += l2(i) + penalty.toward();
    }
    return hessian;
  }

  private void addOuter(double[] hessian, double factor, int row, int at) {
    for (int i = 0; i < width; i++) {
      double scaled = factor * x[row + i];
      for (int j = 0; j < width; j++) {
        hessian[at + i * size + j] += scaled * x[row + j];
      }
    }
  }

  /** How far a place is from the conditions of an optimum (Karush, Kuhn and Tucker). */
  double violation(double[] b) {
    double[] gradient = gradient(b);
    double largest = 0;
    for (int i = 0; i < size; i++) {
      double off =
          b[i] == 0
              ? Math.max(0, Math.abs(gradient[i]) - l1(i))
              : Math.abs(gradient[i] + l1(i) * Math.signum(b[i]));
      largest = Math.max(largest, off);
    }
    return largest;
  }

  /**
   * Whether the coefficients of a column may all change by the same number without any change of
   * the objective: scores of all classes then move together.
   */
  boolean isShiftFree(int column) {
    boolean free = loss == PlainLoss.SOFTMAX && penalty.toward() == 0;
    boolean held = penalty.l2() > 0 || (penalty.l1() > 0 && outputs % 2 == 1);
    return free && (isIntercept(column) || !held);
  }

  /** The same model with coefficients that add up to nothing wherever that is free. */
  double[] centred(double[] b) {
    double[] centred = b.clone();
    for (int j = 0; j < width; j++) {
      double sum = 0;
      for (int k = 0; k < outputs; k++) {
        sum += b[k * width + j];
      }
      for (int k = 0; isShiftFree(j) && k < outputs; k++) {
        centred[k * width + j] -= sum / outputs;
      }
    }
    return centred;
  }
}
