package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.learner.RowMask;

/** What a chain of linear fits asks of the rows. */
sealed interface LinearRequest {
  /**
   * Counts of all levels.
   *
   * @param group any row of it counts
   */
  record OfLevels(GroupStats group) implements LinearRequest {}

  /**
   * Gram matrices of the design with its targets, fold by fold.
   *
   * @param folds number of folds, the one that is never held out included
   * @param targets 1, or the number of classes if there are more than two
   * @param from the first fold whose matrix is wanted
   * @param to the fold after the last one whose matrix is wanted
   */
  record OfGram(Design design, int folds, int targets, int from, int to) implements LinearRequest {
    /** Matrices of all folds. */
    OfGram(Design design, int folds, int targets) {
      this(design, folds, targets, 0, folds);
    }

    boolean asksFor(int fold) {
      return from <= fold && fold < to;
    }
  }

  /**
   * Sums, squares and products with the targets of each column, fold by fold: what is needed of a
   * Gram matrix that is too large to be made.
   *
   * @param folds number of folds, the one that is never held out included
   * @param targets 1, or the number of classes if there are more than two
   */
  record OfColumns(Design design, int folds, int targets) implements LinearRequest {}

  /**
   * Losses and gradients of models at trial weights, and Hessians of some of them.
   *
   * @param loss of all trials
   * @param masks of each trial: rows held out do not count
   * @param weights of the design's columns and the intercept last: (columns + 1, trials * outputs),
   *     row-major
   * @param hessians trials whose Hessians are wanted
   */
  @SuppressWarnings("ArrayRecordComponent") // a request is never compared
  record OfLoss(Design design, Loss loss, RowMask[] masks, double[] weights, int[] hessians)
      implements LinearRequest {
    int trials() {
      return masks.length;
    }

    /** Whether all trials learn from the same rows. */
    boolean hasOneMask() {
      for (RowMask mask : masks) {
        if (!mask.equals(masks[0])) {
          return false;
        }
      }
      return true;
    }

    /** Scores a row has for each trial. */
    int outputs() {
      return loss.outputs(design.group());
    }
  }
}
