package dev.kingpin.query;

/** Who answers for groups that have a model of their own. */
public enum AnswerWith {
  /** The group's model. */
  OWN,
  /** Whoever did best on the group's validation rows: its own model, its parent's or the global. */
  BEST
}
