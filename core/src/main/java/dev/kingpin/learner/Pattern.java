package dev.kingpin.learner;

/** How a chain reads rows (Li and Kumar, PVLDB 14(11), 2021, section 2.2). */
public enum Pattern {
  /** Sums over rows: one exact, order-free partial a step. */
  ALGEBRAIC,
  /** Histograms over rows: one exact, order-free partial a step. */
  SAMPLING,
  /** The state changes with each row block, in an order that belongs to the chain. */
  SEQUENTIAL
}
