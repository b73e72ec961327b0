package dev.kingpin.learner.linear;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Minimises a smooth convex function plus a lasso penalty, {@code f(x) + Σ l1(j) |x(j)|}, by a
 * quasi-Newton method. The function comes from scans over rows, so the descent asks and is told:
 *
 * <pre>
 * while (descent.status() == RUNNING) {
 *   double[] x = descent.trial();
 *   descent.tell(f(x), gradient of f at x);
 * }
 * </pre>
 *
 * Directions are those of limited-memory BFGS; see {@link LbfgsMemory}. A trial that does not lower
 * the objective enough (Armijo) or is not finite is drawn nearer to the last point.
 *
 * <p>With a penalty this is OWL-QN (Andrew and Gao, "Scalable Training of L1-Regularized Log-Linear
 * Models", 2007). A step stays in one orthant, where the penalty is smooth: the orthant of x, and
 * for coordinates at zero the side to which the objective falls. Coordinates that would leave it
 * become exact zeros. The pseudo-gradient is the gradient within that orthant, and 0 where the
 * penalty holds a coordinate at zero. Where {@code l1(j) = 0} it is the plain gradient.
 */
final class Lbfgs {
  /**
   * Running: the next trial waits to be evaluated. Converged: the pseudo-gradient is short, or
   * nothing becomes smaller any more. Stalled: the objective does not fall along the gradient, or
   * is not finite where it starts. Limit: all steps are taken.
   */
  enum Status {
    RUNNING,
    CONVERGED,
    STALLED,
    LIMIT
  }

  /**
   * @param history how many moves are remembered, at least 0; 10 is usual
   * @param tolerance converged is what has a pseudo-gradient of at most this length, beside the
   *     length of x or 1 if that is larger; lengths are those of the preconditioner. 0: only a
   *     pseudo-gradient of zeros ends the descent before its last step
   * @param rounding how uncertain an objective is beside 1 + its size; 0 if it comes from doubles
   * @param maxSteps the most steps, trials that were not taken aside; at least 1
   */
  record Settings(int history, double tolerance, double rounding, int maxSteps) {}

  private static final double ARMIJO = 1e-4;
  private static final double DOUBLE_ROUNDING = 1e-15;
  private static final int MAX_CUTS = 20;

  /** After so many steps in which neither objective nor gradient became smaller, none will. */
  private static final int CALM_STEPS = 10;

  private final Lasso lasso;
  private final double @Nullable [] diagonal; // (n)
  private final Settings settings;
  private final LbfgsMemory memory;
  private Status status = Status.RUNNING;
  private double[] x; // (n); the last point that was taken
  private double[] gradient; // (n); of f at x
  private double[] direction; // (n)
  private double step; // the trial is x + step * direction, kept in the orthant
  private double objective = Double.NaN; // at x; NaN before the first answer
  private int steps;
  private int cuts; // of this step
  private int calm; // steps in a row
  private double shortest = Double.POSITIVE_INFINITY; // of all pseudo-gradients

  /**
   * @param start (n)
   * @param l1 (n), at least 0; 0 for coordinates without penalty
   * @param diagonal (n) a guess of the inverse of the Hessian's diagonal, above 0; null: unknown
   */
  Lbfgs(double[] start, double[] l1, double @Nullable [] diagonal, Settings settings) {
    lasso = new Lasso(l1.clone());
    this.diagonal = diagonal == null ? null : diagonal.clone();
    this.settings = settings;
    memory = new LbfgsMemory(settings.history, this.diagonal);
    x = start.clone();
    gradient = new double[x.length];
    direction = new double[x.length];
  }

  Status status() {
    return status;
  }

  /** The best point so far: (n). */
  double[] solution() {
    return x.clone();
  }

  /** The objective at the best point, with the penalty; NaN before the first answer. */
  double objective() {
    return objective;
  }

  /** How many steps were taken. */
  int steps() {
    return steps;
  }

  /** The point to evaluate next: (n), the caller's. */
  double[] trial() {
    double[] trial = x.clone();
    if (step != 0) {
      for (int j = 0; j < trial.length; j++) {
        trial[j] += step * direction[j];
      }
      lasso.project(x, lasso.slope(x, gradient), trial);
    }
    return trial;
  }

  /**
   * Takes the answer for the trial.
   *
   * @param f the smooth function there, without the penalty
   * @param g (n) its gradient there
   * @throws IllegalStateException if the descent has ended
   */
  void tell(double f, double[] g) {
    if (status != Status.RUNNING) {
      throw new IllegalStateException("the descent has ended: (%s).".formatted(status));
    }
    double[] trial = trial();
    double there = f + lasso.penalty(trial);
    boolean finite = Math.abs(there) + LbfgsMemory.sumOfSizes(g) <= Double.MAX_VALUE;
    if (Double.isNaN(objective)) {
      begin(there, g, finite);
      return;
    }
    double expected = expected(trial);
    if (finite && there <= objective + ARMIJO * expected + uncertainty()) {
      take(trial, there, g);
    } else {
      cut(finite ? there - objective : Double.POSITIVE_INFINITY, expected);
    }
  }

  private double uncertainty() {
    return (settings.rounding + DOUBLE_ROUNDING) * (1 + Math.abs(objective));
  }

  /** How the objective would change if it were straight. */
  private double expected(double[] trial) {
    double[] slope = lasso.slope(x, gradient);
    double sum = 0;
    for (int j = 0; j < trial.length; j++) {
      sum += slope[j] * (trial[j] - x[j]);
    }
    return sum;
  }

  private void begin(double there, double[] g, boolean finite) {
    if (finite) {
      objective = there;
      gradient = g.clone();
      proceed(true);
    } else {
      status = Status.STALLED;
    }
  }

  private void take(double[] trial, double there, double[] g) {
    double[] move = new double[x.length];
    double[] change = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      move[j] = trial[j] - x[j];
      change[j] = g[j] - gradient[j];
    }
    memory.add(move, change);
    boolean fell = objective - there > uncertainty();
    x = trial;
    objective = there;
    gradient = g.clone();
    steps++;
    proceed(fell);
  }

  private void proceed(boolean fell) {
    double[] slope = lasso.slope(x, gradient);
    double length = length(slope, false);
    calm = fell || length < shortest ? 0 : calm + 1;
    shortest = Math.min(shortest, length);
    boolean calmed = calm >= CALM_STEPS && settings.tolerance > 0;
    if (calmed || length <= settings.tolerance * Math.max(1, length(x, true))) {
      status = Status.CONVERGED;
    } else if (steps >= settings.maxSteps) {
      status = Status.LIMIT;
    } else {
      direct(slope);
    }
  }

  /** The length of a gradient, or of a point if inverse, in units of the preconditioner. */
  private double length(double[] v, boolean inverse) {
    double sum = 0;
    for (int j = 0; j < v.length; j++) {
      double unit = diagonal == null ? 1 : inverse ? 1 / diagonal[j] : diagonal[j];
      sum += unit * v[j] * v[j];
    }
    return Math.sqrt(sum);
  }

  private void direct(double[] slope) {
    direction = slope.clone();
    memory.apply(direction);
    for (int j = 0; j < direction.length; j++) {
      direction[j] = -direction[j];
    }
    lasso.align(direction, slope);
    if (!(LbfgsMemory.dot(direction, slope) < 0) && !memory.isEmpty()) {
      memory.clear();
      direct(slope);
      return;
    }
    boolean unscaled = memory.isEmpty() && diagonal == null;
    step = unscaled ? Math.min(1, 1 / LbfgsMemory.sumOfSizes(slope)) : 1;
    cuts = 0;
  }

  /** Shortens the step to the minimum of the parabola that is known, a tenth to a half of it. */
  private void cut(double rise, double expected) {
    double best = -expected / (2 * (rise - expected));
    step *= best > 0.1 ? Math.min(best, 0.5) : 0.1;
    if (++cuts > MAX_CUTS) {
      if (memory.isEmpty()) {
        status = Status.STALLED;
      } else {
        memory.clear();
        direct(lasso.slope(x, gradient));
      }
    }
  }

  void write(DataOutput out) throws IOException {
    for (double[] values : new double[][] {x, lasso.l1(), gradient, direction}) {
      Snapshots.writeDoubles(out, values);
    }
    Snapshots.writeDoubles(out, diagonal);
    out.writeInt(settings.history);
    out.writeDouble(settings.tolerance);
    out.writeDouble(settings.rounding);
    out.writeInt(settings.maxSteps);
    memory.write(out);
    out.writeUTF(status.name());
    out.writeDouble(step);
    out.writeDouble(objective);
    out.writeInt(steps);
    out.writeInt(cuts);
    out.writeInt(calm);
    out.writeDouble(shortest);
  }

  /** The descent that {@link #write} wrote; it goes on with the same bits. */
  static Lbfgs read(DataInput in) throws IOException {
    double[] x = Snapshots.readRequired(in);
    double[] l1 = Snapshots.readRequired(in);
    double[] gradient = Snapshots.readRequired(in);
    double[] direction = Snapshots.readRequired(in);
    double[] diagonal = Snapshots.readDoubles(in);
    Settings settings = new Settings(in.readInt(), in.readDouble(), in.readDouble(), in.readInt());
    Lbfgs descent = new Lbfgs(x, l1, diagonal, settings);
    descent.gradient = gradient;
    descent.direction = direction;
    descent.memory.read(in);
    descent.status = Status.valueOf(in.readUTF());
    descent.step = in.readDouble();
    descent.objective = in.readDouble();
    descent.steps = in.readInt();
    descent.cuts = in.readInt();
    descent.calm = in.readInt();
    descent.shortest = in.readDouble();
    return descent;
  }
}
