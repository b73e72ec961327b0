package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.DoubleMatrix;
import dev.kingpin.kernel.FixedPoint;
import java.util.Arrays;

/**
 * Gram matrices of a design, its intercept and its targets, fold by fold: all that least squares
 * needs to know of the rows, and what every other model starts from.
 *
 * <p>The panel of a block holds the dense columns, a column of ones, the targets, and zeros up to a
 * width that kernels like, in double precision, each row times the square root of its weight; all
 * entries lie in [-1, 1]. Classes are targets of 0 and 1, one for each class if there are more than
 * two. One-hot columns are not in the panel: a row adds its panel row to the sums of its levels,
 * and its weight to the sums of their pairs.
 *
 * <p>Sections of a fold: number of rows; panel by panel (upper triangle); one-hot by panel; one-hot
 * by one-hot (upper triangle).
 */
final class GramRows {
  static final int SECTIONS_A_FOLD = 4;

  private static final int WIDTH_STEP = 8;

  private final LinearRequest.OfGram request;
  private final Design design;
  private final RowBlock block;
  private final LinearPartial partial;
  private final Buffers buffers;
  private final int width;
  private final double scale;

  private GramRows(
      LinearRequest.OfGram request, RowBlock block, LinearPartial partial, Buffers buffers) {
    this.request = request;
    this.design = request.design();
    this.block = block;
    this.partial = partial;
    this.buffers = buffers;
    width = width(design, request.targets());
    scale = scale(design);
  }

  /** Columns of the panel: dense, ones, targets, zeros. */
  static int width(Design design, int targets) {
    return (design.dense() + 1 + targets + WIDTH_STEP - 1) / WIDTH_STEP * WIDTH_STEP;
  }

  static int[] lengths(LinearRequest.OfGram request) {
    int width = width(request.design(), request.targets());
    int oneHot = request.design().oneHot();
    int[] fold = {1, width * width, oneHot * width, oneHot * oneHot};
    int[] lengths = new int[SECTIONS_A_FOLD * request.folds()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = fold[i % SECTIONS_A_FOLD];
    }
    return lengths;
  }

  static double scale(Design design) {
    return FixedPoint.scale(RowBlock.ROWS, design.group().rows());
  }

  static void accumulate(
      LinearRequest.OfGram request, RowBlock block, LinearPartial partial, Buffers buffers) {
    GramRows gram = new GramRows(request, block, partial, buffers);
    buffers.splitFolds(block, request.folds());
    for (int f = 0; f < request.folds(); f++) {
      gram.add(f, buffers.foldStarts[f], buffers.foldStarts[f + 1]);
    }
  }

  /** Adds the listed rows from {@code from} to {@code to - 1} to a fold. */
  private void add(int fold, int from, int to) {
    if (from == to) {
      return;
    }
    partial.sections[fold * SECTIONS_A_FOLD][0] += to - from;
    double[] panel = buffers.doubles(0, RowBlock.ROWS * width);
    fill(from, to, panel);
    double[] gram = buffers.doubles(1, width * width);
    Arrays.fill(gram, 0, width * width, 0);
    buffers.kernels.syrk(
        new DoubleMatrix(panel, 0, to - from, width, width),
        new DoubleMatrix(gram, 0, width, width, width));
    double[] scales = buffers.scales(scale, width * width);
    long[] sums = partial.sections[fold * SECTIONS_A_FOLD + 1];
    for (int i = 0; i < width; i++) {
      buffers.kernels.quantise(gram, scales, sums, i * width + i, (i + 1) * width);
    }
    if (design.categories() > 0) {
      addLevels(fold, from, to, panel);
    }
  }

  private void fill(int from, int to, double[] panel) {
    int numeric = design.numeric();
    float[] raw = block.numeric();
    for (int i = from; i < to; i++) {
      int source = block.numericOffset() + buffers.rows[i] * numeric;
      int at = (i - from) * width;
      for (int j = 0; j < numeric; j++) {
        panel[at + j] = (raw[source + j] - design.wideCentre[j]) * design.wideInverse[j];
      }
      for (int k = 0; k < design.indicators.length; k++) {
        panel[at + numeric + k] = Float.isNaN(raw[source + design.indicators[k]]) ? 1 : 0;
      }
      panel[at + design.dense()] = 1;
      fillTargets(buffers.rows[i], panel, at + design.dense() + 1, at + width);
    }
    for (int j : design.gappy) {
      for (int at = j; at < (to - from) * width; at += width) {
        panel[at] = Double.isNaN(panel[at]) ? 0 : panel[at];
      }
    }
    if (block.weight() != null) {
      weigh(from, to, panel);
    }
  }

  private void fillTargets(int r, double[] panel, int at, int end) {
    float target = block.target()[block.offset() + r];
    Arrays.fill(panel, at, end, 0);
    if (request.targets() > 1) {
      panel[at + (int) target] = 1;
    } else {
      panel[at] = request.design().targets.scaled(target);
    }
  }

  private void weigh(int from, int to, double[] panel) {
    Moments.Ranges ranges = buffers.ranges(design.group());
    for (int i = from; i < to; i++) {
      double root = Math.sqrt(ranges.weight(block, buffers.rows[i]));
      int at = (i - from) * width;
      for (int j = at; j < at + width; j++) {
        panel[j] *= root;
      }
    }
  }

  private void addLevels(int fold, int from, int to, double[] panel) {
    long[] byPanel = partial.sections[fold * SECTIONS_A_FOLD + 2];
    long[] byLevel = partial.sections[fold * SECTIONS_A_FOLD + 3];
    long[] rounded = buffers.quantised(width);
    int dense = design.dense();
    int oneHot = design.oneHot();
    for (int i = from; i < to; i++) {
      int at = (i - from) * width;
      double root = panel[at + dense];
      for (int j = 0; j < width; j++) {
        rounded[j] = (long) Math.rint(panel[at + j] * root * scale);
      }
      int codes = block.codesOffset() + buffers.rows[i] * block.categories();
      for (int c = 0; c < block.categories(); c++) {
        int row = column(codes, c) - dense;
        if (row < 0) {
          continue;
        }
        for (int j = 0; j < width; j++) {
          byPanel[row * width + j] += rounded[j];
        }
        for (int other = c; other < block.categories(); other++) {
          int column = column(codes, other) - dense;
          if (column >= 0) {
            byLevel[row * oneHot + column] += rounded[dense];
          }
        }
      }
    }
  }

  private int column(int codes, int category) {
    int code = block.codes()[codes + category];
    return design.column(
        category, Moments.levelOf(code, block.features().categorical().get(category).dictionary()));
  }
}
