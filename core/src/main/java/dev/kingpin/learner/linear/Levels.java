package dev.kingpin.learner.linear;

import dev.kingpin.data.Feature;
import dev.kingpin.data.Features;
import dev.kingpin.data.RowBlock;

/**
 * How many rows of a group have each level of each categorical feature; NULL is the last level of a
 * feature. Features follow one another in one array.
 */
final class Levels {
  private final int[] starts; // (categorical features + 1)
  private final long[] rows; // (levels of all features)

  Levels(Features features, long[] rows) {
    this.rows = rows;
    starts = new int[features.categorical().size() + 1];
    for (int c = 0; c < features.categorical().size(); c++) {
      starts[c + 1] = starts[c] + features.categorical().get(c).dictionary().size() + 1;
    }
  }

  /** Number of levels of all features together. */
  static int count(Features features) {
    int levels = 0;
    for (Feature.Categorical category : features.categorical()) {
      levels += category.dictionary().size() + 1;
    }
    return levels;
  }

  /** Adds the rows of a block. */
  static void accumulate(RowBlock block, long[] rows) {
    int code = block.codesOffset();
    for (int r = 0; r < block.rows(); r++) {
      int start = 0;
      for (Feature.Categorical category : block.features().categorical()) {
        rows[start + Moments.levelOf(block.codes()[code++], category.dictionary())]++;
        start += category.dictionary().size() + 1;
      }
    }
  }

  long[] rows() {
    return rows;
  }

  /** Rows of the group at a level of a categorical feature. */
  long rows(int category, int level) {
    return rows[starts[category] + level];
  }
}
