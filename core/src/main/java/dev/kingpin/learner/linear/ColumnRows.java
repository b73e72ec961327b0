package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.FixedPoint;
import dev.kingpin.learner.RowMask;
import java.util.Arrays;

/**
 * What wide designs are scaled by, fold by fold: sums of each column, of its square, and of its
 * products with the targets. Of a Gram matrix this is the diagonal and the margins.
 *
 * <p>Sections of a fold: number of rows; by dense column the sums of values, of squares, and of
 * products with each target; sums of the weights, of each target, and of the square of each target;
 * by one-hot column the sums of the weights and of each target.
 */
final class ColumnRows {
  private static final int SECTIONS_A_FOLD = 4;

  private final Design design;
  private final RowBlock block;
  private final Buffers buffers;
  private final int targets;
  private final double scale;

  private ColumnRows(LinearRequest.OfColumns request, RowBlock block, Buffers buffers) {
    this.design = request.design();
    this.block = block;
    this.buffers = buffers;
    targets = request.targets();
    scale = GramRows.scale(design);
  }

  static int[] lengths(LinearRequest.OfColumns request) {
    int targets = request.targets();
    Design design = request.design();
    int[] fold = {
      1, design.dense() * (2 + targets), 1 + 2 * targets, design.oneHot() * (1 + targets)
    };
    int[] lengths = new int[SECTIONS_A_FOLD * request.folds()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = fold[i % SECTIONS_A_FOLD];
    }
    return lengths;
  }

  static void accumulate(
      LinearRequest.OfColumns request, RowBlock block, LinearPartial partial, Buffers buffers) {
    ColumnRows columns = new ColumnRows(request, block, buffers);
    buffers.splitFolds(block, request.folds());
    for (int f = 0; f < request.folds(); f++) {
      columns.add(partial.sections, f, buffers.foldStarts[f], buffers.foldStarts[f + 1]);
    }
  }

  private void add(long[][] sections, int fold, int from, int to) {
    int section = fold * SECTIONS_A_FOLD;
    sections[section][0] += to - from;
    double[] dense = buffers.doubles(0, design.dense() * (2 + targets));
    double[] margins = buffers.doubles(1, 1 + 2 * targets);
    Arrays.fill(dense, 0, design.dense() * (2 + targets), 0);
    Arrays.fill(margins, 0, 1 + 2 * targets, 0);
    double[] y = buffers.doubles(2, targets);
    Moments.Ranges ranges = buffers.ranges(design.group());
    for (int i = from; i < to; i++) {
      int r = buffers.rows[i];
      double weight = ranges.weight(block, r);
      fillTargets(r, y);
      margins[0] += weight;
      for (int k = 0; k < targets; k++) {
        margins[1 + k] += weight * y[k];
        margins[1 + targets + k] += weight * y[k] * y[k];
      }
      addRow(r, weight, y, dense);
      addLevels(r, weight, y, sections[section + 3]);
    }
    quantise(dense, sections[section + 1]);
    quantise(margins, sections[section + 2]);
  }

  private void fillTargets(int r, double[] y) {
    float target = block.target()[block.offset() + r];
    if (targets > 1) {
      Arrays.fill(y, 0, targets, 0);
      y[(int) target] = 1;
    } else {
      y[0] = design.targets.scaled(target);
    }
  }

  private void addRow(int r, double weight, double[] y, double[] sums) {
    int numeric = design.numeric();
    int from = block.numericOffset() + r * numeric;
    for (int j = 0; j < numeric; j++) {
      double x = (block.numeric()[from + j] - design.wideCentre[j]) * design.wideInverse[j];
      if (!Double.isNaN(x)) {
        addValue(j, weight * x, x, y, sums);
      }
    }
    for (int i = 0; i < design.indicators.length; i++) {
      if (Float.isNaN(block.numeric()[from + design.indicators[i]])) {
        addValue(numeric + i, weight, 1, y, sums);
      }
    }
  }

  private void addValue(int column, double weighted, double x, double[] y, double[] sums) {
    int at = column * (2 + targets);
    sums[at] += weighted;
    sums[at + 1] += weighted * x;
    for (int k = 0; k < targets; k++) {
      sums[at + 2 + k] += weighted * y[k];
    }
  }

  private void addLevels(int r, double weight, double[] y, long[] sums) {
    int codes = block.codesOffset() + r * block.categories();
    for (int c = 0; c < block.categories(); c++) {
      int level =
          Moments.levelOf(
              block.codes()[codes + c], block.features().categorical().get(c).dictionary());
      int column = design.column(c, level) - design.dense();
      if (column >= 0) {
        int at = column * (1 + targets);
        sums[at] += (long) Math.rint(weight * scale);
        for (int k = 0; k < targets; k++) {
          sums[at + 1 + k] += (long) Math.rint(weight * y[k] * scale);
        }
      }
    }
  }

  private void quantise(double[] values, long[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (long) Math.rint(values[i] * scale);
    }
  }

  /** Rows that a mask learns from. */
  static long rows(long[][] sections, RowMask mask) {
    return sum(sections, mask, 0, 0);
  }

  private static long sum(long[][] sections, RowMask mask, int section, int index) {
    long sum = 0;
    for (int s = section; s < sections.length; s += SECTIONS_A_FOLD) {
      sum += mask.fits(s / SECTIONS_A_FOLD) ? sections[s][index] : 0;
    }
    return sum;
  }

  /** Products of a column with itself, with the ones, and with the targets; no others. */
  static Products products(Design design, int targets, long[][] sections, RowMask mask) {
    double scale = GramRows.scale(design);
    int ones = design.columns();
    return (i, j) -> {
      int first = Math.min(i, j);
      int second = Math.max(i, j);
      long sum;
      if (first >= ones) {
        int margin = first == ones ? second - ones : targets + second - ones;
        sum = first > ones && first != second ? 0 : sum(sections, mask, 2, margin);
      } else if (first < design.dense()) {
        int part = second == ones ? 0 : second == first ? 1 : 1 + second - ones;
        sum = sum(sections, mask, 1, first * (2 + targets) + part);
      } else {
        int part = second <= ones ? 0 : second - ones;
        sum = sum(sections, mask, 3, (first - design.dense()) * (1 + targets) + part);
      }
      return FixedPoint.toDouble(sum, scale);
    };
  }
}
