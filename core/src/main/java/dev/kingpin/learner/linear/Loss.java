package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.learner.Task;

/**
 * What a linear model is fitted by: the negative log likelihood of a generalised linear model with
 * its canonical link, up to a constant (McCullagh and Nelder, "Generalized Linear Models", 1989).
 */
enum Loss {
  /** Half the squared error of the scaled target. */
  SQUARED,
  /** {@code log(1 + exp(z)) - y z}: log-odds of the second class of two. */
  LOGISTIC,
  /** {@code exp(z) - y z}: log of an expected count. */
  POISSON,
  /** {@code log(sum of exp(z_k)) - z_y}: one score for each of more than two classes. */
  SOFTMAX;

  static Loss of(Task task, GroupStats group, String word) {
    return switch (task) {
      case REGRESSION -> word.equals(LinearLearner.POISSON) ? POISSON : SQUARED;
      case CLASSIFICATION -> group.classes() > 2 ? SOFTMAX : LOGISTIC;
    };
  }

  /** Scores of a row. */
  int outputs(GroupStats group) {
    return this == SOFTMAX ? group.classes() : 1;
  }

  /** How scores become answers. */
  Link link() {
    return switch (this) {
      case SQUARED -> Link.IDENTITY;
      case LOGISTIC -> Link.LOGISTIC;
      case POISSON -> Link.EXP;
      case SOFTMAX -> Link.SOFTMAX;
    };
  }

  /** Columns that targets take in a Gram matrix. */
  int targets(GroupStats group) {
    return outputs(group);
  }
}
