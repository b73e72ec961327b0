package dev.kingpin.learner;

/** What is trained: one config on one row mask of one group. */
public record Fit(Config config, RowMask mask) {}
