package dev.kingpin.learner.toy;

import dev.kingpin.learner.Learner;
import dev.kingpin.learner.LearnerContractTest;

/** The contract holds for chains that learn row by row. */
class SgdLearnerContractTest extends LearnerContractTest {
  @Override
  protected Learner learner() {
    return new SgdLearner();
  }

  @Override
  protected boolean isRegistered() {
    return false;
  }
}
