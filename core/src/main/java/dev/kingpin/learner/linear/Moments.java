package dev.kingpin.learner.linear;

import dev.kingpin.data.Dictionary;
import dev.kingpin.data.Feature;
import dev.kingpin.data.Features;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.FixedPoint;
import dev.kingpin.learner.RowMask;
import java.util.Arrays;

/**
 * Counts, sums and sums of squares of a group's columns, on the rows learned from (side 0) and on
 * the validation rows (side 1). Weights are taken as shares of the group's largest weight.
 *
 * <p>Values are first brought into [-1, 1] by the group's exact minimum and maximum, so that sums
 * have a bound and can be kept as integers. Sums of a side: rows, weight, weighted target, weighted
 * squared target; then for each numeric feature: missing rows, weight of the rows that have a
 * value, weighted value, weighted squared value; then for each level of each categorical feature,
 * NULL last: rows and weight.
 */
final class Moments {
  static final int FIT = 0;
  static final int HELD = 1;

  private static final int ROWS = 0;
  private static final int WEIGHT = 1;
  private static final int TARGET = 2;
  private static final int TARGET_SQUARE = 3;
  private static final int HEAD = 4;

  private static final int MISSING = 0;
  private static final int PRESENT_WEIGHT = 1;
  private static final int VALUE = 2;
  private static final int SQUARE = 3;
  private static final int PER_FEATURE = 4;

  private final GroupStats group;
  private final long[] sums; // (sides, head + features * PER_FEATURE + levels * 2)
  final float[] minimum; // (numeric features), on the rows learned from
  final float[] maximum; // (numeric features), on the rows learned from

  Moments(GroupStats group, long[] sums, float[] minimum, float[] maximum) {
    this.group = group;
    this.sums = sums;
    this.minimum = minimum;
    this.maximum = maximum;
  }

  static Moments of(GroupStats group, LinearPartial partial) {
    return new Moments(
        group, partial.sections[0].clone(), partial.minimum.clone(), partial.maximum.clone());
  }

  GroupStats group() {
    return group;
  }

  long[] sums() {
    return sums;
  }

  /** The same rows with none held out: sums of both sides added, ranges of all rows. */
  Moments ofAllRows() {
    int side = sums.length / 2;
    long[] all = new long[sums.length];
    for (int i = 0; i < side; i++) {
      all[i] = sums[i] + sums[side + i];
    }
    return new Moments(group, all, group.minimum(), group.maximum());
  }

  // ---------------------------------------------------------------- accumulate

  static int length(Features features) {
    return 2 * sideLength(features);
  }

  private static int sideLength(Features features) {
    return HEAD + PER_FEATURE * features.numeric().size() + 2 * levels(features);
  }

  private static int levels(Features features) {
    int levels = 0;
    for (Feature.Categorical category : features.categorical()) {
      levels += category.dictionary().size() + 1;
    }
    return levels;
  }

  static double scale(GroupStats group) {
    return FixedPoint.scale(RowBlock.ROWS, group.rows());
  }

  /** Adds a row block. */
  static void accumulate(
      GroupStats group, RowMask mask, RowBlock block, LinearPartial partial, Buffers buffers) {
    int side = sideLength(group.features());
    double[] blockSums = buffers.blockSums(2 * side);
    Arrays.fill(blockSums, 0, 2 * side, 0);
    Ranges ranges = buffers.ranges(group);
    for (int r = 0; r < block.rows(); r++) {
      boolean fit = mask.fits(block.fold()[block.offset() + r]);
      addRow(block, r, ranges, blockSums, fit ? 0 : side);
      if (fit) {
        int from = block.numericOffset() + r * block.width();
        for (int j = 0; j < block.width(); j++) {
          float value = block.numeric()[from + j];
          if (!Float.isNaN(value)) {
            partial.see(j, value);
          }
        }
      }
    }
    double scale = scale(group);
    for (int i = 0; i < 2 * side; i++) {
      partial.sections[0][i] += (long) Math.rint(blockSums[i] * scale);
    }
  }

  private static void addRow(RowBlock block, int r, Ranges ranges, double[] sums, int at) {
    double weight = ranges.weight(block, r);
    double y = ranges.target(block.target()[block.offset() + r]);
    sums[at + ROWS] += 1;
    sums[at + WEIGHT] += weight;
    sums[at + TARGET] += weight * y;
    sums[at + TARGET_SQUARE] += weight * y * y;
    int to = at + HEAD;
    int from = block.numericOffset() + r * block.width();
    for (int j = 0; j < block.width(); j++, to += PER_FEATURE) {
      float value = block.numeric()[from + j];
      if (Float.isNaN(value)) {
        sums[to + MISSING] += 1;
        continue;
      }
      double x = ranges.feature(j, value);
      sums[to + PRESENT_WEIGHT] += weight;
      sums[to + VALUE] += weight * x;
      sums[to + SQUARE] += weight * x * x;
    }
    int code = block.codesOffset() + r * block.categories();
    for (Feature.Categorical category : block.features().categorical()) {
      int level = levelOf(block.codes()[code++], category.dictionary());
      sums[to + 2 * level] += 1;
      sums[to + 2 * level + 1] += weight;
      to += 2 * (category.dictionary().size() + 1);
    }
  }

  /** Position of a code among the levels of its column: NULL stands last. */
  static int levelOf(int code, Dictionary dictionary) {
    return code == Dictionary.NULL ? dictionary.size() : code;
  }

  // ---------------------------------------------------------------- read

  private double sum(int side, int index) {
    return FixedPoint.toDouble(sums[side * sums.length / 2 + index], scale(group));
  }

  private double both(int index) {
    return sum(FIT, index) + sum(HELD, index);
  }

  long rows(int side) {
    return Math.round(sum(side, ROWS));
  }

  double weight(int side) {
    return sum(side, WEIGHT);
  }

  /** Weighted mean target of a side. */
  double targetMean(int side) {
    Ranges ranges = new Ranges(group);
    return ranges.targetBack(sum(side, TARGET) / weight(side));
  }

  /** Weighted mean squared difference of a side's targets from a value. */
  double targetMeanSquare(int side, double from) {
    Ranges ranges = new Ranges(group);
    double c = ranges.target(from);
    double total = sum(side, TARGET_SQUARE) - 2 * c * sum(side, TARGET) + c * c * weight(side);
    return Math.max(0, total / weight(side)) * ranges.targetHalf * ranges.targetHalf;
  }

  /** Weighted mean of a feature over all rows of the group that have a value. */
  double centre(int feature) {
    int at = HEAD + PER_FEATURE * feature;
    double weight = both(at + PRESENT_WEIGHT);
    return weight > 0 ? new Ranges(group).featureBack(feature, both(at + VALUE) / weight) : 0;
  }

  /** Rows of a side that miss the feature. */
  long missing(int side, int feature) {
    return Math.round(sum(side, HEAD + PER_FEATURE * feature + MISSING));
  }

  /** Weight of the rows of a side that miss the feature. */
  double missingWeight(int side, int feature) {
    return weight(side) - sum(side, HEAD + PER_FEATURE * feature + PRESENT_WEIGHT);
  }

  /** Weighted sums over a side of (x - centre) and of its square, where x is not missing. */
  double[] centred(int side, int feature, double centre) {
    Ranges ranges = new Ranges(group);
    int at = HEAD + PER_FEATURE * feature;
    double half = ranges.half[feature];
    double shift = ranges.middle[feature] - centre;
    double weight = sum(side, at + PRESENT_WEIGHT);
    double value = half * sum(side, at + VALUE);
    double square = half * half * sum(side, at + SQUARE);
    return new double[] {
      value + shift * weight, square + 2 * shift * value + shift * shift * weight
    };
  }

  /** Rows of a side at a level of a categorical feature. */
  long levelRows(int side, int category, int level) {
    return Math.round(sum(side, levelAt(category, level)));
  }

  /** Weight of the rows of a side at a level of a categorical feature. */
  double levelWeight(int side, int category, int level) {
    return sum(side, levelAt(category, level) + 1);
  }

  private int levelAt(int category, int level) {
    Features features = group.features();
    int at = HEAD + PER_FEATURE * features.numeric().size();
    for (int c = 0; c < category; c++) {
      at += 2 * (features.categorical().get(c).dictionary().size() + 1);
    }
    return at + 2 * level;
  }

  /** Maps the values of a group's columns to [-1, 1] and back. */
  static final class Ranges {
    private final double[] middle;
    private final double[] half;
    private final double targetMiddle;
    private final double targetHalf;
    private final double maximumWeight;

    Ranges(GroupStats group) {
      maximumWeight = group.maximumWeight();
      int width = group.minimum().length;
      middle = new double[width];
      half = new double[width];
      for (int j = 0; j < width; j++) {
        double low = group.minimum()[j];
        double high = group.maximum()[j];
        middle[j] = Double.isNaN(low) ? 0 : (low + high) / 2;
        half[j] = high > low ? (high - low) / 2 : 1;
      }
      targetMiddle = ((double) group.targetMinimum() + group.targetMaximum()) / 2;
      double range = (double) group.targetMaximum() - group.targetMinimum();
      targetHalf = range > 0 ? range / 2 : 1;
    }

    /** Weight of a row as a share of the largest. */
    double weight(RowBlock block, int r) {
      return block.weight() == null ? 1 : block.weight()[block.offset() + r] / maximumWeight;
    }

    double feature(int j, double value) {
      return (value - middle[j]) / half[j];
    }

    double featureBack(int j, double x) {
      return middle[j] + half[j] * x;
    }

    double target(double value) {
      return (value - targetMiddle) / targetHalf;
    }

    double targetBack(double y) {
      return targetMiddle + targetHalf * y;
    }
  }
}
