package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.ColumnKernels;
import dev.kingpin.kernel.Columns;
import dev.kingpin.kernel.DoubleMatrix;
import dev.kingpin.kernel.FixedPoint;
import dev.kingpin.kernel.Matrix;
import dev.kingpin.kernel.ProductKernels;
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
 * of their pairs. Of the dense columns a few rows at a time are made, which stay close at hand.
 *
 * <p>Sections of a fold: number of rows; panel by panel (upper triangle); one-hot by panel; one-hot
 * by one-hot (upper triangle in a square). Those of folds that nobody asks for are empty.
 */
final class GramRows {
  static final int SECTIONS_A_FOLD = 4;

  /** Rows whose dense columns are made at a time. */
  private static final int PORTION = 64;

  private final LinearRequest.OfGram request;
  private final Design design;
  private final RowBlock block;
  private final LinearPartial partial;
  private final Buffers buffers;
  private final ProductKernels products;
  private final int width;
  private final int stride; // of rows of dense columns
  private final double scale;
  private final double[] dense; // (PORTION, stride)
  private final double[] sums; // (stride + ones and targets, stride)

  private GramRows(
      LinearRequest.OfGram request, RowBlock block, LinearPartial partial, Buffers buffers) {
    this.request = request;
    this.design = request.design();
    this.block = block;
    this.partial = partial;
    this.buffers = buffers;
    products = buffers.kernels.products();
    width = width(design, request.targets());
    stride = ProductKernels.stride(design.dense());
    scale = scale(design);
    dense = buffers.doubles(0, PORTION * stride);
    sums = buffers.doubles(1, (stride + 1 + request.targets()) * stride);
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
      boolean asked = request.asksFor(i / SECTIONS_A_FOLD);
      lengths[i] = asked ? fold[i % SECTIONS_A_FOLD] : 0;
    }
    return lengths;
  }

  static double scale(Design design) {
    return FixedPoint.scale(RowBlock.ROWS, design.group().rows());
  }

  static void accumulate(
      LinearRequest.OfGram request, RowBlock block, LinearPartial partial, Buffers buffers) {
    GramRows gram = new GramRows(request, block, partial, buffers);
    if (request.to() - request.from() == 1) {
      int count = buffers.listFold(block, request.from(), request.folds());
      gram.add(request.from(), new RowList(buffers.rows, 0, count));
      return;
    }
    buffers.splitFolds(block, request.folds());
    for (int f = request.from(); f < request.to(); f++) {
      int from = buffers.foldStarts[f];
      gram.add(f, new RowList(buffers.rows, from, buffers.foldStarts[f + 1] - from));
    }
  }

  private void add(int fold, RowList rows) {
    if (rows.count() == 0) {
      return;
    }
    int section = fold * SECTIONS_A_FOLD;
    partial.sections[section][0] += rows.count();
    int others = 1 + request.targets();
    double[] values = buffers.doubles(2, Columns.length(others, rows.count()));
    WideColumns other = WideColumns.of(values, others, rows.count());
    fill(rows, other);
    Arrays.fill(sums, 0, (stride + others) * stride, 0);
    for (int first = 0; first < rows.count(); first += PORTION) {
      int count = Math.min(PORTION, rows.count() - first);
      add(section, new RowList(rows.rows(), rows.from() + first, count), other, first);
    }
    int length = ColumnKernels.triangle(width);
    double[] triangle = buffers.doubles(3, length);
    pack(other, triangle);
    buffers.kernels.quantise(triangle, scale, partial.sections[section + 1], length);
  }

  /** Adds some rows; {@code first} is where they start in the other columns. */
  private void add(int section, RowList rows, WideColumns other, int first) {
    DoubleMatrix x = new DoubleMatrix(dense, 0, rows.count(), design.dense(), stride);
    fillDense(rows, x, other.values(), other.start(0) + first);
    products.addGram(x, sums);
    for (int k = 0; k < other.count(); k++) {
      products.addDots(other.values(), other.start(k) + first, x, sums, (stride + k) * stride);
    }
    for (int c = 0; c < design.categories(); c++) {
      addLevels(section, c, rows, other, first);
    }
  }

  /** The sums as an upper triangle: dense columns, then the others. */
  private void pack(WideColumns other, double[] triangle) {
    int columns = design.dense();
    double[] square = buffers.doubles(4, ColumnKernels.triangle(other.count()));
    buffers.kernels.columns().gram(other, square);
    int to = 0;
    for (int i = 0; i < columns; i++) {
      System.arraycopy(sums, i * stride + i, triangle, to, columns - i);
      to += columns - i;
      for (int k = 0; k < other.count(); k++) {
        triangle[to++] = sums[(stride + k) * stride + i];
      }
    }
    System.arraycopy(square, 0, triangle, to, ColumnKernels.triangle(other.count()));
  }

  /**
   * @param roots of the weights, from {@code at} on
   */
  private void fillDense(RowList rows, DoubleMatrix x, double[] roots, int at) {
    int numeric = design.numeric();
    float[] raw = block.numeric();
    int from = block.numericOffset();
    Matrix features = new Matrix(raw, from, block.rows(), numeric, numeric);
    products.standardise(features, rows, design.wideCentre, design.wideInverse, x);
    for (int k = 0; k < design.indicators.length; k++) {
      for (int i = 0; i < rows.count(); i++) {
        int row = from + rows.rows()[rows.from() + i] * numeric;
        boolean missing = Float.isNaN(raw[row + design.indicators[k]]);
        dense[i * stride + numeric + k] = missing ? 1 : 0;
      }
    }
    if (block.weight() != null) {
      for (int i = 0; i < rows.count(); i++) {
        for (int j = i * stride; j < (i + 1) * stride; j++) {
          dense[j] *= roots[at + i];
        }
      }
    }
  }

  /** Fills ones and targets, times the roots of the weights. */
  private void fill(RowList rows, WideColumns other) {
    double[] values = other.values();
    for (int k = 0; k < other.count(); k++) {
      Arrays.fill(values, other.start(k), other.start(k) + other.height(), 0);
    }
    Moments.Ranges ranges = buffers.ranges(design.group());
    int ones = other.start(0);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.rows()[rows.from() + i];
      double root = block.weight() == null ? 1 : Math.sqrt(ranges.weight(block, row));
      float target = block.target()[block.offset() + row];
      values[ones + i] = root;
      if (request.targets() > 1) {
        values[other.start(1 + (int) target) + i] = root;
      } else {
        values[other.start(1) + i] = design.targets.scaled(target) * root;
      }
    }
  }

  private void addLevels(int section, int category, RowList rows, WideColumns other, int first) {
    long[] byPanel = partial.sections[section + 2];
    long[] byLevel = partial.sections[section + 3];
    int columns = design.dense();
    for (int i = 0; i < rows.count(); i++) {
      int codes = block.codesOffset() + rows.rows()[rows.from() + i] * block.categories();
      int level = column(codes, category) - columns;
      if (level < 0) {
        continue;
      }
      double root = other.values()[other.start(0) + first + i];
      int to = level * width;
      for (int j = 0; j < columns; j++) {
        byPanel[to + j] += rounded(dense[i * stride + j] * root);
      }
      for (int k = 0; k < other.count(); k++) {
        byPanel[to + columns + k] += rounded(other.values()[other.start(k) + first + i] * root);
      }
      for (int with = category; with < block.categories(); with++) {
        int column = column(codes, with) - columns;
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
