package dev.kingpin.learner.linear;

import dev.kingpin.data.Feature;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a linear model says of itself: the intercept, for features that are 0 as users see them, and
 * the coefficients. A weight is a number, or a number with its error and p-value where they are
 * known. With more than two classes, all that for each class.
 */
final class ModelDescription {
  private static final String UNSEEN = "not in the rows learned from";

  private final LinearModel model;
  private final Terms terms;

  ModelDescription(LinearModel model) {
    this.model = model;
    terms = model.terms();
  }

  Map<String, Object> parts() {
    if (model.link() != Link.SOFTMAX) {
      return output(0);
    }
    Map<String, Object> classes = new LinkedHashMap<>();
    for (int k = 0; k < terms.outputs(); k++) {
      boolean isSeen = terms.intercepts()[k] > Double.NEGATIVE_INFINITY;
      classes.put("class " + k, isSeen ? output(k) : UNSEEN);
    }
    return classes;
  }

  private Map<String, Object> output(int k) {
    Errors errors = model.errors();
    double error = errors == null ? Double.NaN : errors.errors().intercepts()[k];
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("intercept", weight(intercept(k), error));
    Map<String, Object> weights = new LinkedHashMap<>();
    addNumeric(k, weights);
    for (int c = 0; c < model.levels().length; c++) {
      addLevels(k, c, weights);
    }
    described.put("coefficients", weights);
    return described;
  }

  /** The sum where all numeric features are 0 as users see them. */
  private double intercept(int k) {
    double shown = terms.intercepts()[k];
    int numeric = model.means().length;
    for (int j = 0; j < numeric; j++) {
      double offset = model.features().numeric().get(j).offset();
      shown -= terms.coefficients()[k * numeric + j] * offset;
    }
    return shown;
  }

  private void addNumeric(int k, Map<String, Object> weights) {
    Errors errors = model.errors();
    int numeric = model.means().length;
    for (int j = 0; j < numeric; j++) {
      String name = model.features().numeric().get(j).name();
      int at = k * numeric + j;
      double error = errors == null ? Double.NaN : errors.errors().coefficients()[at];
      weights.put(name, weight(terms.coefficients()[at], error));
      if (terms.indicators()[at] != 0) {
        error = errors == null ? Double.NaN : errors.errors().indicators()[at];
        weights.put(name + " is missing", weight(terms.indicators()[at], error));
      }
    }
  }

  private void addLevels(int k, int category, Map<String, Object> weights) {
    Errors errors = model.errors();
    Feature.Categorical feature = model.features().categorical().get(category);
    int[] levels = model.levels()[category];
    for (int i = 0; i < levels.length; i++) {
      boolean isNull = levels[i] == feature.dictionary().size();
      String name = isNull ? "NULL" : feature.dictionary().value(levels[i]);
      int at = i * terms.outputs() + k;
      double error = errors == null ? Double.NaN : errors.errors().levels()[category][at];
      weights.put(feature.name() + " = " + name, weight(terms.levels()[category][at], error));
    }
  }

  private Object weight(double value, double error) {
    Errors errors = model.errors();
    if (errors == null || !(error > 0)) {
      return value;
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("value", value);
    shown.put("standard_error", error);
    shown.put("p_value", errors.pValue(value, error));
    return shown;
  }
}
