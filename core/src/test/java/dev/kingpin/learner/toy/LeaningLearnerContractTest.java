package dev.kingpin.learner.toy;

import dev.kingpin.learner.Learner;
import dev.kingpin.learner.LearnerContractTest;

/** The contract holds for chains that start from what a parent has learned. */
class LeaningLearnerContractTest extends LearnerContractTest {
  @Override
  protected Learner learner() {
    return new LeaningLearner();
  }

  @Override
  protected boolean isRegistered() {
    return false;
  }
}
