package dev.kingpin.learner;

/** What is predicted; decided once for the whole table, never per group. */
public enum Task {
  /** A number. */
  REGRESSION,
  /** One of two classes. */
  CLASSIFICATION
}
