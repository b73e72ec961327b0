package dev.kingpin.learner.linear;

import dev.kingpin.learner.Config;
import org.jspecify.annotations.Nullable;

/** How fits go down by L-BFGS in the coordinates of a basis. */
final class Descents {
  /** Moves remembered; the setting of Li and Kumar (PVLDB 14(11), 2021, section 5.1). */
  static final int HISTORY = 10;

  private static final int LONG_HISTORY = 20;
  private static final int MAX_STEPS = 2_000;
  private static final double TOLERANCE = 2e-7;

  /** Sums of floats are this uncertain. */
  private static final double ROUNDING = 1e-7;

  private Descents() {}

  /**
   * A descent from the start of a basis, which has heard the loss there.
   *
   * @param config of the fit: with the solver {@code lbfgs} it takes exactly as many quasi-Newton
   *     steps as there are epochs; else it goes to the optimum
   */
  static Lbfgs start(Basis basis, Penalty penalty, Config config) {
    Lbfgs descent = begin(basis, penalty, config, basis.start);
    double[] gradient = basis.startGradient.clone();
    descent.tell(basis.startLoss + addSmooth(basis, penalty, basis.start, gradient), gradient);
    return descent;
  }

  /** A descent to the optimum from some coordinates; it has heard nothing yet. */
  static Lbfgs begin(Basis basis, Penalty penalty, Config config, double[] from) {
    double[] l1 = new double[from.length];
    double[] diagonal = new double[from.length];
    for (int i = 0; i < from.length; i++) {
      boolean intercept = i % basis.width == basis.width - 1;
      int k = i / basis.width;
      double curvature = basis.startCurvature(k, k) + penalty.toward();
      l1[i] = intercept ? 0 : penalty.l1();
      diagonal[i] = 1 / Math.max(TOLERANCE, curvature + (intercept ? 0 : penalty.l2()));
    }
    boolean fixed = LinearLearner.isLbfgs(config);
    double @Nullable [] scale = fixed ? null : diagonal;
    Lbfgs.Settings settings =
        fixed
            ? new Lbfgs.Settings(HISTORY, 0, ROUNDING, LinearLearner.epochs(config))
            : new Lbfgs.Settings(LONG_HISTORY, TOLERANCE, ROUNDING, MAX_STEPS);
    return new Lbfgs(from, l1, scale, settings);
  }

  /**
   * Adds the gradient of the smooth part of the penalty.
   *
   * @param gradient IN and OUT (outputs * width)
   * @return that part of the penalty
   */
  static double addSmooth(Basis basis, Penalty penalty, double[] at, double[] gradient) {
    double sum = 0;
    for (int i = 0; i < at.length; i++) {
      boolean intercept = i % basis.width == basis.width - 1;
      double l2 = intercept ? 0 : penalty.l2();
      double away = at[i] - (basis.prior == null ? 0 : basis.prior[i]);
      gradient[i] += l2 * at[i] + penalty.toward() * away;
      sum += (l2 * at[i] * at[i] + penalty.toward() * away * away) / 2;
    }
    return sum;
  }
}
