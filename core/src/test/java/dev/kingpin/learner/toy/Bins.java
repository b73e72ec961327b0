package dev.kingpin.learner.toy;

import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;

/**
 * Cuts each feature of a group into {@link #COUNT} equal parts, and a last bin for missing values.
 *
 * @param low (numeric features)
 * @param high (numeric features)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Bins(float[] low, float[] high) {
  static final int COUNT = 8;
  static final int ALL = COUNT + 1;

  static Bins of(GroupStats group) {
    return new Bins(group.minimum(), group.maximum());
  }

  /** The feature that a round of boosting looks at. */
  static int feature(RowBlock block, int round) {
    return round % (block.width() + block.categories());
  }

  int bin(RowBlock block, int row, int feature) {
    if (feature >= block.width()) {
      int code =
          block.codes()[block.codesOffset() + row * block.categories() + feature - block.width()];
      return code < 0 ? COUNT : code % COUNT;
    }
    float value = block.numeric()[block.numericOffset() + row * block.width() + feature];
    if (Float.isNaN(value)) {
      return COUNT;
    }
    double share = (value - (double) low[feature]) / ((double) high[feature] - low[feature]);
    return Math.max(0, Math.min(COUNT - 1, (int) (share * COUNT)));
  }
}
