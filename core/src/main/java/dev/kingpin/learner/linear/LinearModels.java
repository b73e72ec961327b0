package dev.kingpin.learner.linear;

import dev.kingpin.learner.LearnerGrid;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Linear and logistic regression with a ridge penalty: what to try. */
public final class LinearModels implements LearnerGrid {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private LinearModels() {}

  /** A grid in which every setting has its default values. */
  public static LinearModels grid() {
    return new LinearModels();
  }

  /** Penalties to try, each at least 0: on the mean loss and on standardised coefficients. */
  public LinearModels l2(double... penalties) {
    values.put(LinearLearner.L2, Arrays.stream(penalties).mapToObj(Double::toString).toList());
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
