package dev.kingpin.learner.linear;

import dev.kingpin.kernel.Kernels;
import dev.kingpin.kernel.SquareKernels;
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
 * <p>While all coordinates that are not zero keep their signs the objective is a plain quadratic in
 * them, and one Newton step is exact; a step that would cross zero ends there, with an exact zero
 * (Lee, Battle, Raina and Ng, "Efficient sparse coding algorithms", 2007). A step is taken only if
 * it lowers the objective. Along a path of penalties the signs are mostly those of the solution
 * before, and the factor of its last step serves again.
 *
 * <p>Coordinate descent with covariance updates (Friedman, Hastie and Tibshirani, "Regularization
 * Paths for Generalized Linear Models via Coordinate Descent", 2010) finds which coordinates leave
 * zero: a sweep over all coordinates, then ever more sweeps over those that are not zero, in case
 * Newton steps alone find no end. The residual is kept, so a coordinate that moves costs one row of
 * A, and one that stays costs nothing. The last sweep, in which none moves, is the proof: the
 * result is as exact as a direct solve.
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

  /** Beside the largest entry of b, a slope this small is rounding. */
  private static final double FLAT = 1e-15;

  private static final SquareKernels KERNELS = Kernels.best().squares();
  private static final int LONG_CYCLE = 15;
  private static final int MAX_CROSSINGS = 20;
  private static final int REFINEMENTS = 3;
  private static final int MAX_SETTLED = 8; // sweeps in which only signs of tiny numbers changed

  private final int n;
  private final int stride; // of rows
  private final double[] a; // (n, n), row-major
  private final double[] rows; // (n, stride): a as of the solve, the same array if that fits
  private final double[] b; // (n)
  private final double[] residual; // (stride); b - A x
  private final boolean[] usable; // (n)
  private final int[] members; // (n); the coordinates that a cycle or a Newton step moves
  private final int[] moved; // (n); the coordinates that are not zero
  private final double[] slope; // (n); descent of the objective along each member
  private final double[] step; // (n); move of each member
  private final double[] moves; // (n); move of each coordinate
  private final double[] image; // (stride); minus A times the step
  private final SubsetCholesky factor = new SubsetCholesky();
  private final int[] lastMembers; // (n); those that are factored
  private int factored; // how many; -1: none
  private int dependent; // of those
  private boolean known; // whether A has been read
  private boolean bounded; // whether the diagonal of A is finite
  private int count; // of members
  private boolean flipped; // whether the last sweep gave a penalised coordinate another sign
  private double fall; // the objective falls by s fall - s² bend / 2 along s steps
  private double bend;
  private double rest; // moves that gain no more and keep their sign are not worth a row of A
  private double steepest; // slopes up to this are rounding
  private boolean crossed; // whether the last Newton step brought a coordinate to zero

  /**
   * @param a (n, n), row-major, both triangles; who changes it later says so by {@link #renew}
   * @param b (n), read anew by each solve
   */
  ElasticNet(double[] a, double[] b) {
    n = b.length;
    if (a.length != n * n) {
      throw new IllegalArgumentException(
          "a matrix of (%d) entries and (%d) coordinates do not fit.".formatted(a.length, n));
    }
    this.a = a;
    this.b = b;
    stride = SquareKernels.stride(n);
    rows = stride == n ? a : new double[n * stride];
    residual = new double[stride];
    usable = new boolean[n];
    members = new int[n];
    moved = new int[n];
    lastMembers = new int[n];
    slope = new double[n];
    step = new double[n];
    moves = new double[n];
    image = new double[stride];
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
    boolean polished = finite && polish(l1, x);
    int settled = 0;
    int sweeps = 0;
    int cycle = 0;
    while (finite && sweeps < maxSweeps) {
      rest = polished ? tolerance : 0;
      double change = sweepAll(l1, x);
      rest = 0;
      finite = change <= Double.MAX_VALUE;
      sweeps++;
      if (change <= tolerance && (polished && !flipped || ++settled > MAX_SETTLED)) {
        return true;
      }
      collect(l1, x);
      sweeps += cycle(l1, x, tolerance, Math.min(maxSweeps - sweeps, cycle));
      cycle = Math.min(2 * cycle + 1, LONG_CYCLE);
      polished = polish(l1, x);
    }
    return false;
  }

  /** The owner has changed A. */
  void renew() {
    known = false;
  }

  /** Returns whether the input is finite. */
  private boolean begin(double[] x) {
    if (!known) {
      read();
    }
    boolean finite = bounded;
    steepest = 0;
    for (int j = 0; j < n; j++) {
      finite &= Math.abs(b[j]) <= Double.MAX_VALUE;
      steepest = Math.max(steepest, FLAT * Math.abs(b[j]));
      x[j] = usable[j] ? x[j] : 0;
    }
    refresh(x);
    return finite;
  }

  private void read() {
    double largest = 0;
    bounded = true;
    for (int j = 0; j < n; j++) {
      if (rows != a) {
        System.arraycopy(a, j * n, rows, j * stride, n);
      }
      largest = Math.max(largest, a[j * n + j]);
      bounded &= Math.abs(a[j * n + j]) <= Double.MAX_VALUE;
    }
    for (int j = 0; j < n; j++) {
      usable[j] = a[j * n + j] > TINY * largest;
    }
    known = true;
    factored = -1;
  }

  /** Computes the residual anew, free of what moves have rounded. */
  private void refresh(double[] x) {
    int nonzero = 0;
    for (int j = 0; j < n; j++) {
      if (x[j] != 0) {
        moved[nonzero++] = j;
      }
    }
    System.arraycopy(b, 0, residual, 0, n);
    KERNELS.subtract(x, moved, nonzero, rows, residual);
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
    double change = now - old;
    double gain = curvature * change * change;
    if (gain <= rest && now * old > 0) {
      return gain;
    }
    x[j] = now;
    flipped |= l1 > 0 && Math.signum(now) != Math.signum(old);
    KERNELS.subtract(change, rows, j, residual);
    return gain;
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
      int dependent = factor();
      if (dependent > 0 && slide(l1, x)) {
        continue;
      }
      crossed = false;
      boolean lower = true;
      for (int k = 0; k < REFINEMENTS && lower && !crossed; k++) {
        if (descend(l1, x) <= steepest) {
          break;
        }
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

  /** Factors the members, unless that is done; returns how many are dependent. */
  private int factor() {
    if (factored != count || !Arrays.equals(members, 0, count, lastMembers, 0, count)) {
      dependent = factor.factor(rows, stride, members, count, PIVOT_TOLERANCE);
      System.arraycopy(members, 0, lastMembers, 0, count);
      factored = count;
    }
    return dependent;
  }

  /** Slopes of the objective at x with all signs as they are. */
  private double descend(double[] l1, double[] x) {
    double steepest = 0;
    for (int i = 0; i < count; i++) {
      int j = members[i];
      slope[i] = residual[j] - l1[j] * Math.signum(x[j]);
      steepest = Math.max(steepest, Math.abs(slope[i]));
    }
    return steepest;
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
      moves[members[i]] = step[i];
    }
    KERNELS.subtract(moves, members, count, rows, image);
    for (int i = 0; i < count; i++) {
      fall += slope[i] * step[i];
      bend -= image[members[i]] * step[i];
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
