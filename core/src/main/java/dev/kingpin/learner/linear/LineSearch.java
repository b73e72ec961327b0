package dev.kingpin.learner.linear;

/**
 * How far a fit goes along the direction of a step, and when it has arrived.
 *
 * <p>A step that does not lower the objective is shortened to the minimum of the parabola through
 * what is known of it. A fit settles with its next step when the one after it would be too short to
 * matter, going by how much shorter steps have become.
 *
 * <p>Where features tell some rows apart perfectly and no penalty holds coefficients back, the
 * objective has no minimum: it falls ever less while steps stay as long. Then a fit settles when
 * what is left to gain does not matter. If all rows are told apart, so that nothing of the loss is
 * left, that is a problem: any probability but 0 and 1 would be made up.
 */
final class LineSearch {
  static final String SEPARATED =
      "the features tell the classes apart perfectly, so coefficients grow without end. Maybe use"
          + " l2 above 0";
  private static final int MAX_STEPS = 60;

  static final String ENDLESS =
      "the optimum was not found in %d steps: it is far out. Maybe use a larger l2"
          .formatted(MAX_STEPS);

  private static final int MAX_HALVINGS = 12;

  /** A step this short, beside the largest coefficient, does not matter. */
  private static final double SHORT_STEP = 2e-6;

  /** Added to the largest coefficient when steps are measured by it. */
  private static final double SMALL = 0.02;

  /** Steps are not relied on to become shorter by more, since Hessians change. */
  private static final double LEAST_RATE = 0.02;

  /** A step that lowers the objective by less does not matter. */
  private static final double LEVEL = 1e-12;

  /** As LEVEL, if steps do not become shorter. */
  private static final double STALLED = 1e-7;

  private static final int MANY_SLOW_STEPS = 3;

  /** Whoever has gone many steps may stop this near to the end. */
  private static final double CLOSE = 1e-6;

  /** Losses that are summed as floats are this uncertain. */
  private static final double ROUNDING = 1e-6;

  /** A loss this small, beside that of the start, is none. */
  private static final double NOTHING = 1e-4;

  private static final double SLOW = 0.3;
  private static final double STUCK = 0.5;
  private static final double LEAST_PART = 0.1;
  private static final double LARGEST_PART = 0.5;
  private static final double LAST_STEP = 0.01;

  private final Basis basis;
  private final Newton newton;
  private final double unit; // of objectives

  LineSearch(Basis basis) {
    this.basis = basis;
    newton = new Newton(basis);
    unit = basis.lossUnit();
  }

  /**
   * Takes the trial if it lowers the objective, else shortens the step.
   *
   * @param loss mean loss at the trial
   * @return whether the trial was taken, so that a new direction is needed
   */
  boolean judge(Mover mover, double loss) {
    double[] trial = mover.trial();
    double objective = loss + newton.penalty(mover.penalty, trial);
    boolean first = Double.isNaN(mover.objective);
    double slack = ROUNDING * (unit + Math.abs(mover.objective));
    if (Double.isFinite(objective) && (first || objective <= mover.objective + slack)) {
      mover.accepted = trial;
      mover.acceptedPlace = mover.trialPlace;
      mover.objective = objective;
      mover.halvings = 0;
      return true;
    }
    if (first) {
      mover.problem = "the loss is not a finite number";
      return false;
    }
    mover.step *= part(mover, objective);
    mover.trialPlace = null;
    mover.wantsHessian = true;
    if (++mover.halvings > MAX_HALVINGS) {
      mover.step = 0;
      settle(mover, STALLED);
    }
    return false;
  }

  /** How much of a step is to be tried that led to a place that is not lower. */
  private static double part(Mover mover, double objective) {
    double expected = mover.step * mover.fall;
    double rise = objective - mover.objective + expected;
    double part = expected / (2 * rise);
    return Math.max(LEAST_PART, Math.min(LARGEST_PART, Double.isNaN(part) ? 0 : part));
  }

  /**
   * Turns to a new direction, or settles.
   *
   * @param gradient at the accepted place, of all but the lasso
   * @param next the minimum of the quadratic model
   */
  void go(Mover mover, double[] gradient, double[] next) {
    double before = mover.steps == 0 ? Double.POSITIVE_INFINITY : mover.length;
    boolean follows = mover.steps > 0 && mover.step == 1 && before > 0;
    double largest = 0;
    mover.fall = 0;
    mover.length = 0;
    for (int i = 0; i < next.length; i++) {
      mover.direction[i] = next[i] - mover.accepted[i];
      mover.length = Math.max(mover.length, Math.abs(mover.direction[i]));
      mover.fall -= gradient[i] * mover.direction[i];
      if (!newton.isIntercept(i)) {
        double at = Math.abs(mover.accepted[i]);
        mover.fall -= mover.penalty.l1() * (Math.abs(next[i]) - at);
        largest = Math.max(largest, at);
      }
    }
    mover.step = 1;
    mover.halvings = 0;
    mover.trialPlace = null;
    mover.steps++;
    mover.wantsHessian = mover.length > SLOW * before;
    mover.slow = follows && mover.length > STUCK * before ? mover.slow + 1 : 0;
    double rate = follows ? rate(mover, before) : 1;
    boolean level = mover.fall <= LEVEL * unit;
    boolean stalled = mover.slow >= MANY_SLOW_STEPS && mover.fall <= STALLED * unit;
    if (level || stalled || mover.length * rate <= SHORT_STEP * (SMALL + largest)) {
      arrive(mover, largest);
    } else if (mover.steps >= MAX_STEPS) {
      settle(mover, CLOSE);
    }
  }

  /**
   * How much shorter the step after this one may be relied on to be: as much as this one has
   * become, with some reserve, but by no more than the error of a Hessian that was borrowed from
   * afar.
   */
  private static double rate(Mover mover, double before) {
    double least = Math.max(LEAST_RATE, mover.borrowed);
    return Math.min(1, Math.max(least, 2 * mover.length / before));
  }

  /** Takes the last step, unless it is a long one that nothing vouches for. */
  private void arrive(Mover mover, double largest) {
    if (mover.length <= LAST_STEP * (SMALL + largest)) {
      mover.accepted = mover.trial();
      mover.acceptedPlace = null;
    }
    mover.step = 0;
    settle(mover, Double.POSITIVE_INFINITY);
  }

  /**
   * @param most what may be left to gain
   */
  private void settle(Mover mover, double most) {
    boolean free = mover.penalty.l1() == 0 && mover.penalty.curvature() == 0;
    if (free && basis.isClasses() && mover.objective <= NOTHING * basis.startLoss) {
      mover.problem = SEPARATED;
    } else if (mover.fall > most * unit) {
      mover.problem = ENDLESS;
    } else {
      mover.settled = true;
    }
  }
}
