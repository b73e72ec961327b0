package dev.kingpin.learner.linear;

import dev.kingpin.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Steps of Newton's method with borrowed Hessians, for fits whose loss is convex and smooth and
 * whose penalty may have corners.
 *
 * <p>A step minimises the quadratic model of the loss, with the exact gradient of the fit and the
 * Hessian of the nearest reference, plus the exact penalty: by Cholesky, or by coordinate descent
 * if there is a lasso (Lee, Sun and Saunders, "Proximal Newton-type Methods for Minimizing
 * Composite Functions", 2014). How far a Hessian can be trusted is told by how much scores differ
 * between the two places: its relative error is at most about that difference. So neighbours on a
 * path of penalties share Hessians, which cost the most, while gradients, which are cheap, stay
 * exact: the end is the exact optimum.
 *
 * <p>A step that does not lower the objective is halved. A fit settles with its next step when the
 * one after it would be too short to matter, going by how much shorter steps have become.
 */
final class Newton {
  static final int MAX_STEPS = 60;

  /** Root mean square difference of scores beyond which a Hessian is not borrowed. */
  static final double NEAR = 0.25;

  private static final int MAX_HALVINGS = 12;
  private static final double SHORT_STEP = 5e-6;
  private static final double LEVEL = 1e-11;
  private static final double ROUNDING = 1e-7;
  private static final double SLOW = 0.3;

  /** Sums of floats are this uncertain; a smaller pivot says that columns repeat one another. */
  private static final double PIVOT_TOLERANCE = 1e-6;

  /** Systems that kernels solve best together. */
  private static final int SIDE_BY_SIDE = 8;

  private static final double DESCENT_TOLERANCE = 1e-20;
  private static final int MAX_SWEEPS = 10_000;

  static final String SEPARATED =
      "the features tell the classes apart perfectly, so coefficients grow without end. Maybe use"
          + " l2 above 0";

  static final String ENDLESS =
      "the optimum was not found in %d steps: it is far out. Maybe use a larger l2"
          .formatted(MAX_STEPS);

  private final Basis basis;
  private final int m;

  Newton(Basis basis) {
    this.basis = basis;
    m = basis.outputs * basis.width;
  }

  private boolean isIntercept(int i) {
    return i % basis.width == basis.width - 1;
  }

  private double prior(int i) {
    return basis.prior == null ? 0 : basis.prior[i];
  }

  /** What the penalty adds to the objective. */
  double penalty(Penalty penalty, double[] at) {
    double sizes = 0;
    double squares = 0;
    double away = 0;
    for (int i = 0; i < m; i++) {
      if (!isIntercept(i)) {
        sizes += Math.abs(at[i]);
        squares += at[i] * at[i];
      }
      away += (at[i] - prior(i)) * (at[i] - prior(i));
    }
    return penalty.l1() * sizes + penalty.l2() * squares / 2 + penalty.toward() * away / 2;
  }

  /**
   * Takes the trial if it lowers the objective, else halves the step.
   *
   * @param loss mean loss at the trial
   * @return whether the trial was taken, so that a new direction is needed
   */
  boolean judge(Mover mover, double loss) {
    double[] trial = mover.trial();
    double objective = loss + penalty(mover.penalty, trial);
    boolean first = Double.isNaN(mover.objective);
    double slack = ROUNDING * (1 + Math.abs(mover.objective));
    if (Double.isFinite(objective) && (first || objective <= mover.objective + slack)) {
      mover.accepted = trial;
      mover.acceptedPlace = mover.trialPlace;
      mover.objective = objective;
      mover.halvings = 0;
      return true;
    }
    mover.step /= 2;
    mover.trialPlace = null;
    mover.wantsHessian = true;
    if (++mover.halvings > MAX_HALVINGS) {
      mover.step = 0;
      if (first || Double.isNaN(objective)) {
        mover.problem = "the loss is not a finite number";
      } else {
        mover.settled = true;
      }
    }
    return false;
  }

  /** What is to be minimised for the next step of a fit. */
  final class Step {
    private final Mover mover;
    private final double[] gradient; // (outputs * width), penalty included
    private final double[] system; // (outputs * width, outputs * width), not to be changed
    private final double ridge; // to be added to the diagonal, but for intercepts
    private final double pull; // to be added to the diagonal

    private Step(Mover mover, double[] gradient, double[] system, double ridge, double pull) {
      this.mover = mover;
      this.gradient = gradient;
      this.system = system;
      this.ridge = ridge;
      this.pull = pull;
    }

    private int size() {
      return m;
    }

    private double diagonal(int i) {
      return isIntercept(i) ? pull : ridge + pull;
    }

    private boolean isFree(int i) {
      return isIntercept(i);
    }

    private boolean hasCorners() {
      return mover.penalty.l1() > 0;
    }

    private void go(double @Nullable [] next) {
      advance(mover, gradient, next);
    }
  }

  /**
   * Prepares the next step of a fit whose trial was taken.
   *
   * @param gradient of the mean loss at the accepted place
   * @param hessian of the nearest reference
   */
  Step step(Mover mover, double[] gradient, double[] hessian) {
    Penalty penalty = mover.penalty;
    double[] total = gradient.clone();
    for (int i = 0; i < m; i++) {
      double l2 = isIntercept(i) ? 0 : penalty.l2();
      total[i] += l2 * mover.accepted[i] + penalty.toward() * (mover.accepted[i] - prior(i));
    }
    double[] system = hessian;
    if (basis.loss == Loss.SOFTMAX) {
      system = hessian.clone();
      holdUnseen(total, system);
      holdShift(penalty, system);
    }
    return new Step(mover, total, system, penalty.l2(), penalty.toward());
  }

  /** Takes several steps; systems of one size are solved side by side. */
  static void take(List<Step> steps) {
    Map<Integer, List<Step>> bySize = new TreeMap<>();
    for (Step step : steps) {
      if (step.hasCorners()) {
        step.go(descend(step));
      } else {
        bySize.computeIfAbsent(step.size(), s -> new ArrayList<>()).add(step);
      }
    }
    bySize.values().forEach(Newton::solve);
  }

  private static int roundUp(int systems) {
    return (systems + SIDE_BY_SIDE - 1) / SIDE_BY_SIDE * SIDE_BY_SIDE;
  }

  /**
   * Solves systems without lasso; some are solved twice, since whole vectors of systems are faster.
   */
  private static void solve(List<Step> steps) {
    int batch = steps.size() < SIDE_BY_SIDE / 2 ? steps.size() : roundUp(steps.size());
    int m = steps.get(0).size();
    double[] a = Packed.of(m * m * batch);
    double[] b = new double[m * batch];
    double[][] systems = new double[batch][];
    for (int s = 0; s < batch; s++) {
      systems[s] = steps.get(Math.min(s, steps.size() - 1)).system;
    }
    for (int i = 0; i < m; i++) {
      for (int entry = i * m + i; entry < (i + 1) * m; entry++) {
        for (int s = 0; s < batch; s++) {
          a[entry * batch + s] = systems[s][entry];
        }
      }
      for (int s = 0; s < steps.size(); s++) {
        a[(i * m + i) * batch + s] += steps.get(s).diagonal(i);
        b[i * batch + s] = -steps.get(s).gradient[i];
      }
    }
    boolean[] failed = new boolean[batch];
    Kernels.best().choleskySolve(a, b, m, batch, PIVOT_TOLERANCE, failed);
    for (int s = 0; s < steps.size(); s++) {
      double @Nullable [] next = failed[s] ? null : steps.get(s).mover.accepted.clone();
      for (int i = 0; next != null && i < m; i++) {
        next[i] += b[i * batch + s];
      }
      steps.get(s).go(next);
    }
  }

  /** The minimum of the quadratic model with the lasso. */
  private static double @Nullable [] descend(Step step) {
    int m = step.size();
    double[] b = new double[m];
    double[] l1 = new double[m];
    double[] x = step.mover.accepted.clone();
    double[] system = step.system.clone();
    for (int i = 0; i < m; i++) {
      system[i * m + i] += step.diagonal(i);
      double sum = -step.gradient[i];
      for (int j = 0; j < m; j++) {
        sum += system[i * m + j] * x[j];
      }
      b[i] = sum;
      l1[i] = step.isFree(i) ? 0 : step.mover.penalty.l1();
    }
    boolean done = new ElasticNet(system, b).solve(l1, x, DESCENT_TOLERANCE, MAX_SWEEPS);
    return done ? x : null;
  }

  /**
   * @param next the minimum of the quadratic model, or null if there is none
   */
  private void advance(Mover mover, double[] gradient, double @Nullable [] next) {
    if (next == null) {
      mover.problem = mover.steps < 3 ? LinearRows.COLLINEAR : endless(mover);
      return;
    }
    boolean follows = mover.steps > 0 && mover.step == 1;
    double before = mover.steps == 0 ? Double.POSITIVE_INFINITY : mover.length;
    double decrease = 0;
    double largest = 0;
    mover.length = 0;
    for (int i = 0; i < m; i++) {
      mover.direction[i] = next[i] - mover.accepted[i];
      mover.length = Math.max(mover.length, Math.abs(mover.direction[i]));
      largest = Math.max(largest, Math.abs(mover.accepted[i]));
      decrease -= gradient[i] * mover.direction[i] + lasso(mover, i, next[i]);
    }
    mover.step = 1;
    mover.trialPlace = null;
    mover.steps++;
    mover.wantsHessian = mover.length > SLOW * before;
    boolean level = decrease <= LEVEL * (1 + Math.abs(mover.objective));
    double rate = follows ? Math.min(1, 2 * mover.length / before) : 1;
    if (level || mover.length * rate <= SHORT_STEP * (1 + largest)) {
      mover.accepted = mover.trial();
      mover.step = 0;
      mover.settled = true;
    } else if (mover.steps >= MAX_STEPS) {
      mover.problem = endless(mover);
    }
  }

  private String endless(Mover mover) {
    boolean separated = basis.loss != Loss.POISSON && mover.penalty.curvature() == 0;
    return separated ? SEPARATED : ENDLESS;
  }

  private double lasso(Mover mover, int i, double next) {
    return isIntercept(i) ? 0 : mover.penalty.l1() * (Math.abs(next) - Math.abs(mover.accepted[i]));
  }

  /** Gives a Hessian curvature where scores of all classes may move together. */
  void hold(Penalty penalty, double[] hessian) {
    holdUnseen(new double[m], hessian);
    holdShift(penalty, hessian);
  }

  /** A class that was not seen stays where it is. */
  private void holdUnseen(double[] gradient, double[] system) {
    for (int i = 0; i < m; i++) {
      if (!basis.isSeen(i / basis.width)) {
        for (int j = 0; j < m; j++) {
          system[i * m + j] = 0;
          system[j * m + i] = 0;
        }
        system[i * m + i] = 1;
        gradient[i] = 0;
      }
    }
  }

  /**
   * Adding the same number to the scores of all classes changes nothing. Where no penalty chooses
   * among such models, curvature in that direction keeps the sum over the classes where it is.
   */
  private void holdShift(Penalty penalty, double[] system) {
    double scale = 0;
    for (int i = 0; i < m; i++) {
      scale = Math.max(scale, system[i * m + i]);
    }
    for (int i = 0; i < basis.width; i++) {
      boolean isHeld = penalty.l1() > 0 || penalty.l2() > 0;
      boolean free = penalty.toward() == 0 && (i == basis.width - 1 || !isHeld);
      for (int k = 0; free && k < basis.outputs; k++) {
        for (int l = 0; l < basis.outputs; l++) {
          if (basis.isSeen(k) && basis.isSeen(l)) {
            system[(k * basis.width + i) * m + l * basis.width + i] += scale / basis.outputs;
          }
        }
      }
    }
  }
}
