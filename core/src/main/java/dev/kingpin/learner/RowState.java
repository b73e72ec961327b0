package dev.kingpin.learner;

/**
 * State that stays with the rows of a group between the steps of a chain, such as scores or leaf
 * numbers.
 *
 * @param values (rows of the group, width), row-major
 * @param width floats a row
 */
public record RowState(float[] values, int width) {
  /** For chains whose rows carry nothing. */
  public static final RowState NONE = new RowState(new float[0], 0);
}
