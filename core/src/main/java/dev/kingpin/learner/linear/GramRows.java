package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.DoubleMatrix;
import dev.kingpin.kernel.FixedPoint;
import java.util.Arrays;

/**
 * Gram matrices of a design, its intercept and its target, on both sides of a row mask: all that
 * least squares needs to know of the rows.
 *
 * <p>The panel of a block holds the dense columns, a column of ones, the target, and zeros up to a
 * width that kernels like, in double precision, each row times the square root of its weight; all
 * entries lie in [-1, 1]. One-hot columns are not in the panel: a row adds its panel row to the
 * sums of its levels, and its weight to the sums of their pairs.
 *
 * <p>Sections of a side: panel by panel (upper triangle), one-hot by panel, one-hot by one-hot
 * (upper triangle).
 */
final class GramRows {
  private static final int SECTIONS_A_SIDE = 3;
  private static final int WIDTH_STEP = 8;

  private final Design design;
  private final RowBlock block;
  private final LinearPartial partial;
  private final Buffers buffers;
  private final int width;
  private final double scale;

  private GramRows(Design design, RowBlock block, LinearPartial partial, Buffers buffers) {
    this.design = design;
    this.block = block;
    this.partial = partial;
    this.buffers = buffers;
    width = width(design);
    scale = scale(design);
  }

  /** Columns of the panel: dense, ones, target, zeros. */
  static int width(Design design) {
    return (design.dense() + 2 + WIDTH_STEP - 1) / WIDTH_STEP * WIDTH_STEP;
  }

  static int[] lengths(Design design) {
    int width = width(design);
    int oneHot = design.oneHot();
    int[] side = {width * width, oneHot * width, oneHot * oneHot};
    return new int[] {side[0], side[1], side[2], side[0], side[1], side[2]};
  }

  static double scale(Design design) {
    return FixedPoint.scale(RowBlock.ROWS, design.group().rows());
  }

  static void accumulate(
      LinearRequest.OfGram request, RowBlock block, LinearPartial partial, Buffers buffers) {
    int fit = buffers.splitRows(block, request.mask());
    GramRows gram = new GramRows(request.design(), block, partial, buffers);
    gram.add(Moments.FIT, 0, fit);
    gram.add(Moments.HELD, fit, block.rows());
  }

  /** Adds the listed rows from {@code from} to {@code to - 1} to a side. */
  private void add(int side, int from, int to) {
    if (from == to) {
      return;
    }
    double[] panel = buffers.doubles(0, RowBlock.ROWS * width);
    for (int i = from; i < to; i++) {
      fillRow(buffers.rows[i], panel, (i - from) * width);
    }
    double[] gram = buffers.doubles(1, width * width);
    Arrays.fill(gram, 0, width * width, 0);
    buffers.kernels.syrk(
        new DoubleMatrix(panel, 0, to - from, width, width),
        new DoubleMatrix(gram, 0, width, width, width));
    double[] scales = buffers.scales(scale, width * width);
    long[] sums = partial.sections[side * SECTIONS_A_SIDE];
    for (int i = 0; i < width; i++) {
      buffers.kernels.quantise(gram, scales, sums, i * width + i, (i + 1) * width);
    }
    if (design.categories() > 0) {
      addLevels(side, from, to, panel);
    }
  }

  private void fillRow(int r, double[] panel, int to) {
    Moments.Ranges ranges = buffers.ranges(design.group());
    double root = block.weight() == null ? 1 : Math.sqrt(ranges.weight(block, r));
    int from = block.numericOffset() + r * block.width();
    int numeric = design.numeric();
    float[] raw = block.numeric();
    for (int j = 0; j < numeric; j++) {
      double value = ((double) raw[from + j] - design.centre[j]) * design.inverse[j] * root;
      panel[to + j] = Double.isNaN(value) ? 0 : value;
    }
    for (int i = 0; i < design.indicators.length; i++) {
      panel[to + numeric + i] = Float.isNaN(raw[from + design.indicators[i]]) ? root : 0;
    }
    int ones = to + design.dense();
    panel[ones] = root;
    panel[ones + 1] = ranges.target(block.target()[block.offset() + r]) * root;
    Arrays.fill(panel, ones + 2, to + width, 0);
  }

  private void addLevels(int side, int from, int to, double[] panel) {
    long[] byPanel = partial.sections[side * SECTIONS_A_SIDE + 1];
    long[] byLevel = partial.sections[side * SECTIONS_A_SIDE + 2];
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

  /**
   * The Gram matrix of a side: columns of the design, then ones, then the target; (columns + 2,
   * columns + 2), symmetric.
   */
  static double[] matrix(Design design, long[][] sections, int side) {
    int dense = design.dense();
    int columns = design.columns();
    int size = columns + 2;
    int width = width(design);
    double scale = scale(design);
    double[] matrix = new double[size * size];
    long[] byPanel = sections[side * SECTIONS_A_SIDE];
    for (int i = 0; i < dense + 2; i++) {
      for (int j = i; j < dense + 2; j++) {
        double value = FixedPoint.toDouble(byPanel[i * width + j], scale);
        put(matrix, size, place(i, dense, columns), place(j, dense, columns), value);
      }
    }
    long[] levelByPanel = sections[side * SECTIONS_A_SIDE + 1];
    long[] byLevel = sections[side * SECTIONS_A_SIDE + 2];
    for (int h = 0; h < design.oneHot(); h++) {
      for (int j = 0; j < dense + 2; j++) {
        double value = FixedPoint.toDouble(levelByPanel[h * width + j], scale);
        put(matrix, size, dense + h, place(j, dense, columns), value);
      }
      for (int k = h; k < design.oneHot(); k++) {
        double value = FixedPoint.toDouble(byLevel[h * design.oneHot() + k], scale);
        put(matrix, size, dense + h, dense + k, value);
      }
    }
    return matrix;
  }

  private static int place(int panelColumn, int dense, int columns) {
    return panelColumn < dense ? panelColumn : columns + panelColumn - dense;
  }

  private static void put(double[] matrix, int size, int i, int j, double value) {
    matrix[i * size + j] = value;
    matrix[j * size + i] = value;
  }
}
