package dev.kingpin.learner.linear;

import dev.kingpin.learner.LearnerGrid;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Least squares, logistic and Poisson regression with penalties: what to try. */
public final class LinearModels implements LearnerGrid {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private LinearModels() {}

  /** A grid in which every setting has its default values. */
  public static LinearModels grid() {
    return new LinearModels();
  }

  /** Penalties to try, each at least 0: on the mean loss and on standardised coefficients. */
  public LinearModels l2(double... penalties) {
    return put(LinearLearner.L2, penalties);
  }

  /** Lasso penalties to try, each at least 0: on the mean loss and on standardised coefficients. */
  public LinearModels l1(double... penalties) {
    return put(LinearLearner.L1, penalties);
  }

  /**
   * Strengths of the pull toward the coefficients of the group's parent, each at least 0: how many
   * rows the parent is worth beside the group's own.
   */
  public LinearModels shrink(double... rows) {
    return put(LinearLearner.SHRINK, rows);
  }

  /** Fits counts by Poisson regression: the log of the expected count is linear. */
  public LinearModels poisson() {
    values.put(LinearLearner.LOSS, List.of(LinearLearner.POISSON));
    return this;
  }

  /**
   * Takes so many quasi-Newton steps of full gradients, as the prototype of Kingpin did (Li and
   * Kumar, PVLDB 14(11), 2021, section 5.1), instead of going to the optimum.
   */
  public LinearModels lbfgs(int... epochs) {
    return solver(LinearLearner.LBFGS, epochs);
  }

  /** Takes so many passes of stochastic gradient descent in batches of rows. */
  public LinearModels sgd(int... epochs) {
    return solver(SgdConfig.SGD, epochs);
  }

  /** Takes so many passes of Adam in batches of rows. */
  public LinearModels adam(int... epochs) {
    return solver(SgdConfig.ADAM, epochs);
  }

  /** Lengths of a step of {@link #sgd} or {@link #adam} to try. */
  public LinearModels learningRate(double... rates) {
    return put(SgdConfig.LEARNING_RATE, rates);
  }

  /** Rows that a step of {@link #sgd} or {@link #adam} learns from, to try. */
  public LinearModels batch(int... rows) {
    values.put(SgdConfig.BATCH, Arrays.stream(rows).mapToObj(Integer::toString).toList());
    return this;
  }

  private LinearModels solver(String name, int... epochs) {
    values.put(LinearLearner.SOLVER, List.of(name));
    values.put(LinearLearner.EPOCHS, Arrays.stream(epochs).mapToObj(Integer::toString).toList());
    return this;
  }

  private LinearModels put(String setting, double... numbers) {
    values.put(setting, Arrays.stream(numbers).mapToObj(Double::toString).toList());
    return this;
  }

  @Override
  public String learner() {
    return "linear";
  }

  @Override
  public Map<String, List<String>> values() {
    return values;
  }
}
