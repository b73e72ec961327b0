package dev.kingpin.learner;

/**
 * The size of a group, as far as costs depend on it.
 *
 * @param rows in the group
 * @param numeric numeric features
 * @param categories categorical features
 * @param levels distinct values of all categorical features together, as far as known
 * @param classes that the target tells apart; 0 if it is a number
 */
public record GroupShape(long rows, int numeric, int categories, int levels, int classes) {}
