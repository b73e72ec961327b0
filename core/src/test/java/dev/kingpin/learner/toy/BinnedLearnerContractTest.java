package dev.kingpin.learner.toy;

import dev.kingpin.learner.Learner;
import dev.kingpin.learner.LearnerContractTest;

/** The contract holds for chains whose rows carry state. */
class BinnedLearnerContractTest extends LearnerContractTest {
  @Override
  protected Learner learner() {
    return new BinnedLearner();
  }

  @Override
  protected boolean isRegistered() {
    return false;
  }
}
