package dev.kingpin.learner;

/**
 * Which rows of a group a fit learns from: all but those of one fold. The rows of that fold are the
 * fit's validation rows.
 *
 * @param heldOut the fold held out, from 1, or {@link #NONE}; rows of fold 0 are never held out
 */
public record RowMask(int heldOut) {
  /** No fold has this number. */
  public static final int NONE = -1;

  /** All rows are learned from, as in a refit. */
  public static final RowMask ALL = new RowMask(NONE);

  /** Whether a row of this fold is learned from. */
  public boolean fits(int fold) {
    return fold != heldOut || heldOut == NONE;
  }
}
