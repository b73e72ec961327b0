package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.ColumnKernels;
import dev.kingpin.kernel.Columns;
import dev.kingpin.kernel.FixedPoint;
import dev.kingpin.kernel.RowList;
import dev.kingpin.kernel.WideColumns;
import java.util.Arrays;

/**
 * Gram matrices of a design, its intercept and its targets, fold by fold: all that least squares
 * needs to know of the rows, and what every other model starts from.
 *
 * <p>The panel of a block has the dense columns, a column of ones and the targets, in double
 * precision, each row times the square root of its weight; all entries lie in [-1, 1]. Classes are
 * targets of 0 and 1, one for each class if there are more than two. One-hot columns are not in the
 * panel: a row adds its entries in the panel to the sums of its levels, and its weight to the sums
 * of their pairs.
 *
 * <p>Sections of a fold: number of rows; panel by panel (upper triangle); one-hot by panel; one-hot
 * by one-hot (upper triangle in a square).
 */
final class GramRows {
  static final int SECTIONS_A_FOLD = 4;

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

  /** Columns of the panel: dense, ones, targets. */
  static int width(Design design, int targets) {
    return design.dense() + 1 + targets;
  }

  static int[] lengths(LinearRequest.OfGram request) {
    int width = width(request.design(), request.targets());
    int oneHot = request.design().oneHot();
    int[] fold = {1, ColumnKernels.triangle(width), oneHot * width, oneHot * oneHot};
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
      int from = buffers.foldStarts[f];
      int count = buffers.foldStarts[f + 1] - from;
      if (count > 0) {
        gram.add(f, new RowList(buffers.rows, from, count));
      }
    }
  }

  private void add(int fold, RowList rows) {
    int section = fold * SECTIONS_A_FOLD;
    partial.sections[section][0] += rows.count();
    double[] values = buffers.doubles(0, Columns.length(width, rows.count()));
    WideColumns panel = WideColumns.of(values, width, rows.count());
    fill(rows, panel);
    int length = ColumnKernels.triangle(width);
    double[] gram = buffers.doubles(1, length);
    buffers.kernels.columns().gram(panel, gram);
    buffers.kernels.quantise(gram, scale, partial.sections[section + 1], length);
    for (int c = 0; c < design.categories(); c++) {
      addLevels(section, c, rows, panel);
    }
  }

  private void fill(RowList rows, WideColumns panel) {
    int numeric = design.numeric();
    float[] raw = buffers.floats(0, Columns.length(numeric, rows.count()));
    Columns features = Columns.of(raw, numeric, rows.count());
    Panel.gather(block, rows, features, buffers);
    buffers
        .kernels
        .columns()
        .standardise(features, rows.count(), design.wideCentre, design.wideInverse, panel);
    for (int k = 0; k < design.indicators.length; k++) {
      int from = features.start(design.indicators[k]);
      int to = clear(panel, numeric + k);
      for (int i = 0; i < rows.count(); i++) {
        panel.values()[to + i] = Float.isNaN(raw[from + i]) ? 1 : 0;
      }
    }
    int ones = clear(panel, design.dense());
    Arrays.fill(panel.values(), ones, ones + rows.count(), 1);
    fillTargets(rows, panel);
    if (block.weight() != null) {
      weigh(rows, panel);
    }
  }

  /** Makes a column all zeros; returns where it starts. */
  private static int clear(WideColumns panel, int column) {
    int start = panel.start(column);
    Arrays.fill(panel.values(), start, start + panel.height(), 0);
    return start;
  }

  private void fillTargets(RowList rows, WideColumns panel) {
    int first = design.dense() + 1;
    for (int k = first; k < width; k++) {
      clear(panel, k);
    }
    for (int i = 0; i < rows.count(); i++) {
      float target = block.target()[block.offset() + rows.rows()[rows.from() + i]];
      if (request.targets() > 1) {
        panel.values()[panel.start(first + (int) target) + i] = 1;
      } else {
        panel.values()[panel.start(first) + i] = design.targets.scaled(target);
      }
    }
  }

  private void weigh(RowList rows, WideColumns panel) {
    Moments.Ranges ranges = buffers.ranges(design.group());
    double[] roots = buffers.doubles(2, rows.count());
    for (int i = 0; i < rows.count(); i++) {
      roots[i] = Math.sqrt(ranges.weight(block, rows.rows()[rows.from() + i]));
    }
    for (int j = 0; j < width; j++) {
      int at = panel.start(j);
      for (int i = 0; i < rows.count(); i++) {
        panel.values()[at + i] *= roots[i];
      }
    }
  }

  private void addLevels(int section, int category, RowList rows, WideColumns panel) {
    long[] byPanel = partial.sections[section + 2];
    long[] byLevel = partial.sections[section + 3];
    double[] values = panel.values();
    int ones = panel.start(design.dense());
    for (int i = 0; i < rows.count(); i++) {
      int codes = block.codesOffset() + rows.rows()[rows.from() + i] * block.categories();
      int level = column(codes, category) - design.dense();
      if (level < 0) {
        continue;
      }
      double root = values[ones + i];
      for (int j = 0; j < width; j++) {
        byPanel[level * width + j] += rounded(values[panel.start(j) + i] * root);
      }
      for (int other = category; other < block.categories(); other++) {
        int column = column(codes, other) - design.dense();
        if (column >= 0) {
          byLevel[level * design.oneHot() + column] += rounded(root * root);
        }
      }
    }
  }

  private long rounded(double value) {
    return (long) Math.rint(value * scale);
  }

  private int column(int codes, int category) {
    int code = block.codes()[codes + category];
    return design.column(
        category, Moments.levelOf(code, block.features().categorical().get(category).dictionary()));
  }
}
