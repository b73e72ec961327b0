package dev.kingpin.learner.linear;

import dev.kingpin.learner.Learner;
import dev.kingpin.learner.LearnerContractTest;

/** The contract holds for linear and logistic regression. */
class LinearLearnerContractTest extends LearnerContractTest {
  @Override
  protected Learner learner() {
    return new LinearLearner();
  }
}
