package dev.kingpin.learner.linear;

import java.util.Arrays;

/**
 * Minimises a quadratic loss with a lasso penalty,
 *
 * <pre>
 * ½ xᵀ A x - bᵀ x + Σ l1(j) |x(j)|,   A symmetric positive semidefinite
 * </pre>
 *
 * A ridge penalty is part of the diagonal of A, and a coordinate with {@code l1(j) = 0}, such as an
 * intercept, is free.
 *
 * <p>Coordinate descent with covariance updates (Friedman, Hastie and Tibshirani, "Regularization
 * Paths for Generalized Linear Models via Coordinate Descent", 2010) finds which coordinates are
 * zero: a sweep over all coordinates, then sweeps over those that are not zero. The residual is
 * kept, so a coordinate that moves costs one row of A, and one that stays costs nothing.
 *
 * <p>Where columns nearly repeat one another, sweeps creep. So each round ends with Newton steps on
 * the coordinates that are not zero. While all of them keep their signs the objective is a plain
 * quadratic, and one step is exact; a step that would cross zero ends there, with an exact zero
 * (Lee, Battle, Raina and Ng, "Efficient sparse coding algorithms", 2007). A step is taken only if
 * it lowers the objective. The result is as exact as a direct solve, and sweeps serve as its proof.
 *
 * <p>Where coordinates are dependent the minimum may not be unique. Then the loss is flat along
 * some directions and the penalty is not: {@link #slide} follows them until a coordinate is zero.
 */
final class ElasticNet {
  /** A slope this little above the penalty is rounding, and the coordinate zero. */
  private static final double ROUNDING = 1e-14;

  /** Beside the largest diagonal entry, one this small is rounding. */
  private static final double TINY = 1e-14;

  /** A pivot this small beside its diagonal entry tells of columns that repeat one another. */
  private static final double PIVOT_TOLERANCE = 1e-13;

  /** An objective that falls this little along a direction, beside its parts, is level. */
  private static final double LEVEL = 1e-13;

  private static final int SHORT_CYCLE = 10;
  private static final int MAX_CROSSINGS = 20;
  private static final int REFINEMENTS = 3;
  private static final int MAX_SETTLED = 8; // sweeps in which only signs of tiny numbers changed

  private final int n;
  private final double[] a; // (n, n), row-major
  private final double[] b; // (n)
  private final double[] residual; // (n); b - A x
  private final boolean[] usable; // (n)
  private final int[] members; // (n); the coordinates that a cycle or a Newton step moves
  private final double[] slope; // (n); descent of the objective along each member
  private final double[] step; // (n); move of each member
  private final double[] image; // (n); A times the step
  private final SubsetCholesky factor = new SubsetCholesky();
  private int count; // of members
  private boolean flipped; // whether the last sweep gave a penalised coordinate another sign
  private double fall; // the objective falls by s fall - s² bend / 2 along s steps
  private double bend;
  private boolean crossed; // whether the last Newton step brought a coordinate to zero

  /**
   * @param a (n, n), row-major, both triangles. It is read anew by each solve, so its owner may
   *     change it between
   * @param b (n), as a
   */
  ElasticNet(double[] a, double[] b) {
    n = b.length;
    if (a.length != n * n) {
      throw new IllegalArgumentException(
          "a matrix of (%d) entries and (%d) coordinates do not fit.".formatted(a.length, n));
    }
    this.a = a;
    this.b = b;
    residual = new double[n];
    usable = new boolean[n];
    members = new int[n];
    slope = new double[n];
    step = new double[n];
    image = new double[n];
  }

  /**
   * Solves for one penalty. Coordinates that A knows nothing about get 0.
   *
   * @param l1 (n), at least 0
   * @param x IN where to start, OUT the solution: (n)
   * @param tolerance above 0: the end is reached if no coordinate of a sweep lowers the objective
   *     by more than half of this
   * @param maxSweeps the most sweeps over all or some coordinates
   * @return whether the end was reached; if not, x is as good as it got, and without meaning if an
   *     input was not finite
   */
  boolean solve(double[] l1, double[] x, double tolerance, int maxSweeps) {
    boolean finite = begin(x);
    boolean polished = false;
    int settled = 0;
    int sweeps = 0;
    while (finite && sweeps < maxSweeps) {
      double change = sweepAll(l1, x);
      finite = change <= Double.MAX_VALUE;
      sweeps++;
      if (change <= tolerance && (polished && !flipped || ++settled > MAX_SETTLED)) {
        return true;
      }
      collect(l1, x);
      int most = Math.min(maxSweeps - sweeps, SHORT_CYCLE + count / 4);
      sweeps += cycle(l1, x, tolerance, most);
      polished = polish(l1, x);
    }
    return false;
  }

  /** Returns whether the input is finite. */
  private boolean begin(double[] x) {
    double largest = 0;
    boolean finite = true;
    for (int j = 0; j < n; j++) {
      largest = Math.max(largest, a[j * n + j]);
      finite &= Math.abs(a[j * n + j]) + Math.abs(b[j]) <= Double.MAX_VALUE;
    }
    for (int j = 0; j < n; j++) {
      usable[j] = a[j * n + j] > TINY * largest;
      x[j] = usable[j] ? x[j] : 0;
    }
    refresh(x);
    return finite;
  }

  /** Computes the residual anew, free of what moves have rounded. */
  private void refresh(double[] x) {
    System.arraycopy(b, 0, residual, 0, n);
    for (int j = 0; j < n; j++) {
      if (x[j] != 0) {
        subtract(x[j], j, residual);
      }
    }
  }

  private void subtract(double times, int row, double[] from) {
    int at = row * n;
    for (int k = 0; k < n; k++) {
      from[k] -= times * a[at + k];
    }
  }

  /** Returns the largest {@code A(j, j) dx(j)²}. */
  private double sweepAll(double[] l1, double[] x) {
    flipped = false;
    double largest = 0;
    for (int j = 0; j < n; j++) {
      if (usable[j]) {
        largest = Math.max(largest, move(j, l1[j], x));
      }
    }
    return largest;
  }

  /** Sweeps over the members until they rest; returns the number of sweeps. */
  private int cycle(double[] l1, double[] x, double tolerance, int most) {
    for (int sweep = 0; sweep < most; sweep++) {
      double largest = 0;
      for (int i = 0; i < count; i++) {
        largest = Math.max(largest, move(members[i], l1[members[i]], x));
      }
      if (largest <= tolerance) {
        return sweep + 1;
      }
    }
    return most;
  }

  /** Minimises over one coordinate; returns {@code A(j, j) dx²}. */
  private double move(int j, double l1, double[] x) {
    double old = x[j];
    double curvature = a[j * n + j];
    double pull = residual[j] + curvature * old;
    double level = l1 > 0 ? l1 + ROUNDING * (l1 + Math.abs(b[j])) : 0;
    double now = Math.abs(pull) <= level ? 0 : (pull - Math.copySign(l1, pull)) / curvature;
    if (now == old) {
      return 0;
    }
    x[j] = now;
    flipped |= l1 > 0 && Math.signum(now) != Math.signum(old);
    double change = now - old;
    subtract(change, j, residual);
    return curvature * change * change;
  }

  /** Members are the free coordinates and those that are not zero. */
  private void collect(double[] l1, double[] x) {
    count = 0;
    for (int j = 0; j < n; j++) {
      if (usable[j] && (x[j] != 0 || l1[j] == 0)) {
        members[count++] = j;
      }
    }
  }

  /** Returns whether the members that are left have reached their minimum. */
  private boolean polish(double[] l1, double[] x) {
    refresh(x);
    for (int crossings = 0; crossings < MAX_CROSSINGS; crossings++) {
      collect(l1, x);
      int dependent = factor.factor(a, n, members, count, PIVOT_TOLERANCE);
      if (dependent > 0 && slide(l1, x)) {
        continue;
      }
      crossed = false;
      boolean lower = true;
      for (int k = 0; k < REFINEMENTS && lower && !crossed; k++) {
        descend(l1, x);
        System.arraycopy(slope, 0, step, 0, count);
        factor.solve(step);
        measure();
        lower = advance(l1, x, 1);
      }
      if (!crossed) {
        return true;
      }
    }
    return false;
  }

  /** Slopes of the objective at x with all signs as they are. */
  private void descend(double[] l1, double[] x) {
    for (int i = 0; i < count; i++) {
      int j = members[i];
      slope[i] = residual[j] - l1[j] * Math.signum(x[j]);
    }
  }

  /**
   * Follows a direction of a dependent member, along which the loss is flat or nearly so, to the
   * first zero or the minimum.
   *
   * @return whether there was one along which the objective falls
   */
  private boolean slide(double[] l1, double[] x) {
    descend(l1, x);
    for (int d = 0; d < count; d++) {
      if (factor.isDependent(d)) {
        factor.flatDirection(d, step);
        measure();
        double size = 0;
        for (int i = 0; i < count; i++) {
          size += (l1[members[i]] + Math.abs(b[members[i]])) * Math.abs(step[i]);
        }
        double lowest = bend > 0 ? fall / bend : Math.copySign(Double.MAX_VALUE, fall);
        if (Math.abs(fall) > LEVEL * size && advance(l1, x, lowest)) {
          return true;
        }
      }
    }
    return false;
  }

  private void measure() {
    Arrays.fill(image, 0);
    fall = 0;
    bend = 0;
    for (int i = 0; i < count; i++) {
      subtract(-step[i], members[i], image);
    }
    for (int i = 0; i < count; i++) {
      fall += slope[i] * step[i];
      bend += image[members[i]] * step[i];
    }
  }

  /**
   * Goes along the step until the first penalised member is zero, but not beyond a limit.
   *
   * @param limit in steps, of either sign
   * @return false if the objective would not fall, and then x is as before
   */
  private boolean advance(double[] l1, double[] x, double limit) {
    double part = limit;
    for (int i = 0; i < count; i++) {
      int j = members[i];
      if (l1[j] > 0 && x[j] * step[i] * Math.signum(limit) < 0) {
        double zero = -x[j] / step[i];
        part = Math.abs(zero) < Math.abs(part) ? zero : part;
      }
    }
    if (!(part * (fall - part * bend / 2) > 0) || Math.abs(part) == Double.MAX_VALUE) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int j = members[i];
      double now = x[j] + part * step[i];
      boolean zero = Math.signum(now) != Math.signum(x[j]) || -x[j] / step[i] == part;
      x[j] = l1[j] > 0 && zero ? 0 : now;
      crossed |= l1[j] > 0 && zero;
    }
    refresh(x);
    return true;
  }
}
