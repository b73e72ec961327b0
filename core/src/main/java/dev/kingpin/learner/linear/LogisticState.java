package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.learner.Chain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State of a chain of logistic regressions that take Newton steps together. */
final class LogisticState {
  /** Where one fit stands. All coefficients are standardised, the intercept last. */
  static final class Progress {
    double[] accepted; // (columns + 1)
    double[] direction; // (columns + 1); the trial is accepted + step * direction
    double step;
    double objective = Double.NaN;
    int steps;
    int halvings;
    boolean settled;
    @Nullable String problem;
    double heldLoss = Double.NaN;

    Progress(double[] start) {
      accepted = start;
      direction = new double[start.length];
      step = 0;
    }

    boolean isLive() {
      return !settled && problem == null;
    }

    double[] trial() {
      double[] trial = accepted.clone();
      for (int i = 0; i < trial.length; i++) {
        trial[i] += step * direction[i];
      }
      return trial;
    }
  }

  final Chain chain;
  final GroupStats group;
  @Nullable Moments moments;
  @Nullable Design design;
  @Nullable Scaling scaling;
  List<Progress> fits = new ArrayList<>();
  boolean scored;

  LogisticState(Chain chain, GroupStats group) {
    this.chain = chain;
    this.group = group;
  }

  /** Whether all fits stand at the same weights, so that one trial answers for all. */
  boolean atCommonStart() {
    return fits.stream().allMatch(f -> f.steps == 0 && f.halvings == 0);
  }
}
