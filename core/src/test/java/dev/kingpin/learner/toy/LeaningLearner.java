package dev.kingpin.learner.toy;

import dev.kingpin.learner.Config;

/** Boosting whose first round is that of the group's parent. */
public final class LeaningLearner extends BinnedLearner {
  @Override
  public boolean wantsPrior(Config config) {
    return true;
  }
}
