package dev.kingpin.learner;

/**
 * What others than a group's own model score on its validation rows, by the deciding metric:
 * whether a model of its own was worth it. NaN where there is no such rival.
 *
 * @param constant the mean (or the shares of the classes) of the rows learned from
 * @param parent the model of the nearest family that the group belongs to; NaN if that is the
 *     global one
 * @param global the model of all rows
 */
public record Rivals(double constant, double parent, double global) {
  /** There is nobody to compare with. */
  public static final Rivals NONE = new Rivals(Double.NaN, Double.NaN, Double.NaN);
}
