package dev.kingpin.query;

/** Who answers for groups that have no model of their own, unseen ones included. */
public enum Fallback {
  /** The nearest family with a model along the group-by columns, at last the model of all rows. */
  PARENT,
  /** The model of all rows. */
  GLOBAL,
  /** Nobody: there is no prediction. */
  NONE,
  /** Nobody: such groups count as lost, and predicting for one is an error. */
  FAIL
}
