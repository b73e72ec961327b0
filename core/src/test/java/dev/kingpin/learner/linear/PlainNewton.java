package dev.kingpin.learner.linear;

import org.ejml.simple.SimpleMatrix;

/**
 * Newton's method with step halving, in doubles; with a lasso the steps are minima of the quadratic
 * model plus the penalty, by plain cyclic coordinate descent (Lee, Sun and Saunders, "Proximal
 * Newton-Type Methods for Minimizing Composite Functions", 2014). It is slow and certain: what it
 * returns meets the conditions of an optimum, or it fails.
 */
final class PlainNewton {
  private static final int MAX_STEPS = 300;
  private static final int MAX_HALVINGS = 40;
  private static final int MAX_SWEEPS = 20_000;
  private static final double TOLERANCE = 1e-11;
  private static final double ROUNDING = 1e-13;

  /** Moves nothing but holds scores of all classes where they are together. */
  private static final double DAMPING = 1e-10;

  private final PlainProblem problem;
  private double[] b;

  private PlainNewton(PlainProblem problem, double[] start) {
    this.problem = problem;
    b = start;
  }

  /** The optimum: (size). */
  static double[] solve(PlainProblem problem) {
    PlainNewton newton = new PlainNewton(problem, new double[problem.size]);
    double unit = Math.max(1, problem.violation(newton.b));
    for (int step = 0; step < MAX_STEPS; step++) {
      if (problem.violation(newton.b) <= TOLERANCE * unit) {
        return newton.b;
      }
      newton.step();
    }
    throw new IllegalStateException(
        "no optimum: conditions are missed by %g".formatted(problem.violation(newton.b)));
  }

  private void step() {
    double[] gradient = problem.gradient(b);
    double[] hessian = problem.hessian(b);
    int n = problem.size;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, hessian[i * n + i]);
    }
    for (int i = 0; i < n; i++) {
      hessian[i * n + i] += DAMPING * largest;
    }
    double[] direction =
        problem.penalty.l1() > 0 ? descend(gradient, hessian) : solve(gradient, hessian);
    go(gradient, direction);
  }

  private static double[] solve(double[] gradient, double[] hessian) {
    int n = gradient.length;
    SimpleMatrix right = new SimpleMatrix(n, 1, true, gradient);
    return new SimpleMatrix(n, n, true, hessian).solve(right).scale(-1).getDDRM().getData();
  }

  /** The way to the minimum of the quadratic model plus the lasso. */
  private double[] descend(double[] gradient, double[] hessian) {
    int n = gradient.length;
    double[] slope = gradient.clone(); // of the quadratic model
    double[] at = b.clone();
    double least = TOLERANCE / 1000 * Math.max(1, problem.violation(new double[n]));
    double largest = Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < MAX_SWEEPS && largest > least; sweep++) {
      largest = 0;
      for (int i = 0; i < n; i++) {
        double curvature = hessian[i * n + i];
        double goal = curvature * at[i] - slope[i];
        double to = Math.signum(goal) * Math.max(0, Math.abs(goal) - problem.l1(i)) / curvature;
        double move = to - at[i];
        for (int j = 0; move != 0 && j < n; j++) {
          slope[j] += move * hessian[i * n + j];
        }
        at[i] = to;
        largest = Math.max(largest, Math.abs(move) * curvature);
      }
    }
    for (int i = 0; i < n; i++) {
      at[i] -= b[i];
    }
    return at;
  }

  /** Goes as far along a direction as the objective falls. */
  private void go(double[] gradient, double[] direction) {
    double before = problem.objective(b);
    double rounding = ROUNDING * (1 + Math.abs(before));
    double step = 1;
    for (int cut = 0; cut < MAX_HALVINGS; cut++, step /= 2) {
      double[] trial = b.clone();
      double expected = 0;
      for (int i = 0; i < trial.length; i++) {
        trial[i] = step == 1 ? b[i] + direction[i] : b[i] + step * direction[i];
        expected += gradient[i] * (trial[i] - b[i]);
        expected += problem.l1(i) * (Math.abs(trial[i]) - Math.abs(b[i]));
      }
      if (problem.objective(trial) <= before + 1e-4 * expected + rounding) {
        b = trial;
        return;
      }
    }
    throw new IllegalStateException("the objective does not fall");
  }
}
