package dev.kingpin.learner.linear;

import dev.kingpin.kernel.ColumnKernels;
import dev.kingpin.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
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
 * exact: the end is the exact optimum. What steps tell of the curvature bends Hessians; see {@link
 * Secant}.
 *
 * <p>Where the curvature of some direction has vanished, because rows are told apart ever better, a
 * step is damped: Hessians shape steps only, gradients decide where the optimum is. {@link
 * LineSearch} tells how far to go, and when a fit has arrived.
 */
final class Newton {
  /** Root mean square difference of scores beyond which a Hessian is not borrowed. */
  static final double NEAR = 0.25;

  /** Sums of floats are this uncertain; a smaller pivot says that columns repeat one another. */
  private static final double PIVOT_TOLERANCE = 1e-6;

  /** Systems that kernels solve best together. */
  private static final int SIDE_BY_SIDE = 8;

  private static final double DESCENT_TOLERANCE = 1e-20;
  private static final int MAX_SWEEPS = 10_000;

  /** Added to the diagonal, beside its entries, where the Hessian alone gives no step. */
  private static final double[] DAMPING = {1e-5, 1e-3, 1e-1};

  /** Curvature beside a lasso's strength that is no obstacle to steps of usual length. */
  private static final double LOOSE = 0.01;

  private final Basis basis;
  private final int m;

  Newton(Basis basis) {
    this.basis = basis;
    m = basis.outputs * basis.width;
  }

  boolean isIntercept(int i) {
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

  /** Whether columns repeat others and no penalty chooses among them. */
  boolean isUnheld(Penalty penalty) {
    int k = basis.active.length;
    boolean[] failed = new boolean[1];
    if (penalty.l1() == 0 && penalty.curvature() == 0) {
      Kernels.best()
          .choleskySolve(
              upper(basis.correlations, k), new double[k], k, 1, PIVOT_TOLERANCE, failed);
    }
    return failed[0];
  }

  /** The upper triangle of a matrix (k, k). */
  private static double[] upper(double[] matrix, int k) {
    double[] upper = new double[ColumnKernels.triangle(k)];
    for (int i = 0, to = 0; i < k; to += k - i, i++) {
      System.arraycopy(matrix, i * k + i, upper, to, k - i);
    }
    return upper;
  }

  /** What is to be minimised for the next step of a fit. */
  final class Step {
    private final Mover mover;
    private final double[] gradient; // (outputs * width), penalty included
    private final double[] system; // (outputs * width, outputs * width), not to be changed
    private final double ridge; // to be added to the diagonal, but for intercepts
    private final double pull; // to be added to the diagonal
    private final @Nullable Secant secant; // if it bends what these make up
    private double damping; // to be added to the diagonal, times its entry

    private Step(Mover mover, double[] gradient, double[] system, @Nullable Secant secant) {
      this.mover = mover;
      this.gradient = gradient;
      this.system = system;
      ridge = mover.penalty.l2();
      pull = mover.penalty.toward();
      this.secant = secant == null ? null : penalised(secant);
    }

    /** What a step has told, with the penalty. */
    private Secant penalised(Secant told) {
      double[] change = told.change().clone();
      for (int i = 0; i < m; i++) {
        change[i] += penalty(i) * told.move()[i];
      }
      return new Secant(told.move(), change);
    }

    private double penalty(int i) {
      return isIntercept(i) ? pull : ridge + pull;
    }

    private int size() {
      return m;
    }

    private double diagonal(int i) {
      return penalty(i) + damping * (system[i * m + i] + penalty(i));
    }

    private boolean isFree(int i) {
      return isIntercept(i);
    }

    private boolean hasCorners() {
      return mover.penalty.l1() > 0;
    }

    /** What the system is to be solved for. */
    private double[] aim() {
      return secant == null ? gradient : secant.aim(gradient);
    }

    /** Whether this leaves the model without coefficients, of which all is known. */
    private boolean isFirst() {
      return mover.steps == 0 && basis.loss == Loss.LOGISTIC && pull == 0 && damping == 0;
    }

    /**
     * @param direction to the solution of the system
     */
    private void turn(double[] direction) {
      if (secant != null) {
        secant.turn(gradient, direction);
      }
      double times =
          isFirst() ? FirstStep.times(Newton.this::isIntercept, ridge, gradient, direction) : 1;
      for (int i = 0; i < m; i++) {
        direction[i] = Math.fma(times, direction[i], mover.accepted[i]);
      }
      go(direction);
    }

    private void go(double[] next) {
      new LineSearch(basis).go(mover, gradient, next);
    }

    /**
     * Damps the step more.
     *
     * @return false if that is no use
     */
    private boolean damp() {
      boolean atStart = mover.steps == 0;
      if (atStart && mover.penalty.curvature() == 0 && !hasCorners()) {
        mover.problem = LinearRows.COLLINEAR;
        return false;
      }
      for (double more : DAMPING) {
        if (more > damping) {
          damping = more;
          return true;
        }
      }
      mover.problem = LineSearch.ENDLESS;
      return false;
    }
  }

  /**
   * Prepares the next step of a fit whose trial was taken.
   *
   * @param gradient of the mean loss at the accepted place
   * @param hessian (outputs * width, outputs * width) of some place near by; not changed
   * @param secant what the last step tells, if the Hessian is to agree with it
   */
  Step step(Mover mover, double[] gradient, double[] hessian, @Nullable Secant secant) {
    Penalty penalty = mover.penalty;
    double[] total = gradient.clone();
    for (int i = 0; i < m; i++) {
      double l2 = isIntercept(i) ? 0 : penalty.l2();
      total[i] += l2 * mover.accepted[i] + penalty.toward() * (mover.accepted[i] - prior(i));
    }
    boolean isPlain = basis.loss != Loss.SOFTMAX && penalty.l1() == 0;
    if (isPlain) {
      return new Step(mover, total, hessian, secant);
    }
    double[] system = secant == null ? hessian.clone() : secant.bent(hessian);
    if (basis.loss == Loss.SOFTMAX) {
      if (penalty.toward() == 0) { // a pull toward the parent leaves nothing free
        holdUnseen(total, system);
      }
      boolean lasso = penalty.l1() > 0;
      double largest = largestCurvature(system);
      holdShift(i -> isFree(penalty, i) && (!lasso || isIntercept(i)), largest, system);
      holdShift(i -> isFree(penalty, i) && lasso && !isIntercept(i), penalty.l1() * LOOSE, system);
    }
    return new Step(mover, total, system, null);
  }

  /** Takes several steps; systems of one size are solved side by side. */
  static void take(List<Step> steps) {
    Map<Integer, List<Step>> bySize = new TreeMap<>();
    for (Step step : steps) {
      if (step.hasCorners()) {
        while (!descend(step) && step.damp()) {}
      } else {
        bySize.computeIfAbsent(step.size(), s -> new ArrayList<>()).add(step);
      }
    }
    for (List<Step> same : bySize.values()) {
      for (List<Step> left = same; !left.isEmpty(); ) {
        left = solve(left).stream().filter(Step::damp).toList();
      }
    }
  }

  private static int roundUp(int systems) {
    return (systems + SIDE_BY_SIDE - 1) / SIDE_BY_SIDE * SIDE_BY_SIDE;
  }

  /**
   * Solves systems without lasso; some are solved twice, since whole vectors of systems are faster.
   *
   * @return steps that their systems do not tell
   */
  private static List<Step> solve(List<Step> steps) {
    int batch = steps.size() < SIDE_BY_SIDE / 2 ? steps.size() : roundUp(steps.size());
    int m = steps.get(0).size();
    double[] a = Packed.of(ColumnKernels.triangle(m) * batch);
    double[] b = new double[m * batch];
    double[][] systems = new double[batch][];
    for (int s = 0; s < batch; s++) {
      systems[s] = steps.get(Math.min(s, steps.size() - 1)).system;
    }
    for (int i = 0, to = 0; i < m; i++) {
      int diagonal = to;
      for (int entry = i * m + i; entry < (i + 1) * m; entry++) {
        for (int s = 0; s < batch; s++) {
          a[to++] = systems[s][entry];
        }
      }
      for (int s = 0; s < steps.size(); s++) {
        a[diagonal + s] += steps.get(s).diagonal(i);
      }
    }
    for (int s = 0; s < steps.size(); s++) {
      double[] aim = steps.get(s).aim();
      for (int i = 0; i < m; i++) {
        b[i * batch + s] = -aim[i];
      }
    }
    boolean[] failed = new boolean[batch];
    Kernels.best().choleskySolve(a, b, m, batch, PIVOT_TOLERANCE, failed);
    List<Step> untold = new ArrayList<>();
    for (int s = 0; s < steps.size(); s++) {
      if (failed[s]) {
        untold.add(steps.get(s));
        continue;
      }
      double[] direction = new double[m];
      for (int i = 0; i < m; i++) {
        direction[i] = b[i * batch + s];
      }
      steps.get(s).turn(direction);
    }
    return untold;
  }

  /**
   * Goes to the minimum of the quadratic model with the lasso.
   *
   * @return false if it was not found
   */
  private static boolean descend(Step step) {
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
    if (done) {
      step.go(x);
    }
    return done;
  }

  /** Gives a Hessian at an optimum curvature where scores of all classes may move together. */
  void hold(Penalty penalty, double[] at, double[] hessian) {
    if (penalty.toward() == 0) {
      holdUnseen(new double[m], hessian);
    }
    double largest = largestCurvature(hessian);
    holdShift(i -> isFree(penalty, i) && (penalty.l1() == 0 || isDense(at, i)), largest, hessian);
  }

  /** Whether a column has a coefficient in all classes that were seen, or is the intercept. */
  private boolean isDense(double[] at, int column) {
    boolean dense = true;
    for (int k = 0; k < basis.outputs; k++) {
      dense &= at[k * basis.width + column] != 0 || !basis.isSeen(k);
    }
    return dense || isIntercept(column);
  }

  /** Whether no smooth penalty holds a column's coefficients. */
  private boolean isFree(Penalty penalty, int column) {
    return penalty.toward() == 0 && (isIntercept(column) || penalty.l2() == 0);
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
   * among such models, curvature in that direction keeps the sum over the classes where it is. A
   * lasso chooses between some of them only, so that there it must be weak.
   *
   * @param free columns of which that is so
   */
  private void holdShift(IntPredicate free, double curvature, double[] system) {
    for (int i = 0; i < basis.width; i++) {
      for (int k = 0; free.test(i) && k < basis.outputs; k++) {
        for (int l = 0; l < basis.outputs; l++) {
          if (basis.isSeen(k) && basis.isSeen(l)) {
            system[(k * basis.width + i) * m + l * basis.width + i] += curvature / basis.outputs;
          }
        }
      }
    }
  }

  private double largestCurvature(double[] system) {
    double largest = 0;
    for (int i = 0; i < m; i++) {
      largest = Math.max(largest, system[i * m + i]);
    }
    return largest;
  }
}
