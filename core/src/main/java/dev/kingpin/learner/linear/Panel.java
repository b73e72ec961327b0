package dev.kingpin.learner.linear;

import dev.kingpin.data.Dictionary;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.Columns;
import dev.kingpin.kernel.Matrix;
import dev.kingpin.kernel.RowList;
import dev.kingpin.learner.RowMask;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a block that fits learn from, as columns of a design: dense columns in [-1, 1], and
 * for each categorical feature which one-hot column a row is in. Entries beyond the last row are
 * dense values of 0, weights of 0 and no one-hot column.
 */
final class Panel {
  private final Buffers buffers;
  private float[] values = new float[0];
  private @Nullable Design design;
  private @Nullable RowMask mask;
  private @Nullable Loss loss; // that tells what targets are
  private float @Nullable [] source; // the targets of the block at hand
  private int sourceOffset;
  Columns dense = Columns.of(values, 0, 0);
  int rows; // learned from
  int height; // rows, and what makes up whole steps
  int[] list = new int[0]; // (rows): which rows of the block
  float[] targets = new float[0]; // (height)
  float[] weights = new float[0]; // (height): shares of the largest
  int[] levels = new int[0]; // (categories, height): column of the design, or -1

  Panel(Buffers buffers) {
    this.buffers = buffers;
  }

  /** Whether this was filled last with these rows of a block. */
  @SuppressWarnings("ReferenceEquality") // an equal design may be of other rows
  boolean isOf(LinearRequest.OfLoss request, RowBlock block, @Nullable RowMask rows) {
    return source == block.target()
        && sourceOffset == block.offset()
        && design == request.design()
        && loss == request.loss()
        && Objects.equals(mask, rows);
  }

  /** Floats that this holds on to. */
  int held() {
    return values.length;
  }

  /**
   * Fills this from a block.
   *
   * @param wanted mask whose rows are wanted; null for all
   */
  void fill(LinearRequest.OfLoss request, RowBlock block, @Nullable RowMask wanted) {
    source = block.target();
    sourceOffset = block.offset();
    mask = wanted;
    loss = request.loss();
    Design of = request.design();
    design = of;
    if (list.length < block.rows()) {
      list = new int[block.rows()];
    }
    rows = list(block, wanted, list);
    height = Columns.height(rows);
    int length = Columns.length(of.dense(), rows);
    if (values.length < length) {
      values = new float[length];
    }
    dense = Columns.of(values, of.dense(), rows);
    fillDense(of, block, new RowList(list, 0, rows), dense, buffers);
    fillTargets(request, block);
    if (of.categories() > 0) {
      fillLevels(of, block);
    }
  }

  private static int list(RowBlock block, @Nullable RowMask mask, int[] list) {
    int count = 0;
    for (int r = 0; r < block.rows(); r++) {
      if (mask == null || mask.fits(block.fold()[block.offset() + r])) {
        list[count++] = r;
      }
    }
    return count;
  }

  private static void fillDense(
      Design design, RowBlock block, RowList rows, Columns dense, Buffers buffers) {
    Columns numeric = dense.slice(0, design.numeric());
    gather(block, rows, numeric, buffers);
    int numerics = design.numeric();
    for (int k = 0; k < design.indicators.length; k++) {
      int from = dense.start(design.indicators[k]);
      int to = dense.start(numerics + k);
      for (int i = 0; i < dense.height(); i++) {
        boolean missing = i < rows.count() && Float.isNaN(dense.values()[from + i]);
        dense.values()[to + i] = missing ? 1 : 0;
      }
    }
    buffers.kernels.columns().standardise(numeric, rows.count(), design.centre, design.inverse);
  }

  /** The raw numeric features of some rows of a block, as columns. */
  static void gather(RowBlock block, RowList rows, Columns numeric, Buffers buffers) {
    int width = block.width();
    Matrix raw = new Matrix(block.numeric(), block.numericOffset(), block.rows(), width, width);
    buffers.kernels.columns().gather(raw, rows, numeric);
  }

  private void fillTargets(LinearRequest.OfLoss request, RowBlock block) {
    if (targets.length < height) {
      targets = new float[height];
      weights = new float[height];
    }
    Moments.Ranges ranges = buffers.ranges(request.design().group());
    for (int i = 0; i < rows; i++) {
      targets[i] = LossCells.target(request, block.target()[block.offset() + list[i]]);
      weights[i] = (float) ranges.weight(block, list[i]);
    }
    Arrays.fill(targets, rows, height, 0);
    Arrays.fill(weights, rows, height, 0);
  }

  private void fillLevels(Design design, RowBlock block) {
    int categories = design.categories();
    if (levels.length < categories * height) {
      levels = new int[categories * height];
    }
    for (int c = 0; c < categories; c++) {
      Dictionary dictionary = block.features().categorical().get(c).dictionary();
      int at = c * height;
      for (int i = 0; i < rows; i++) {
        int code = block.codes()[block.codesOffset() + list[i] * categories + c];
        levels[at + i] = design.column(c, Moments.levelOf(code, dictionary));
      }
      Arrays.fill(levels, at + rows, at + height, -1);
    }
  }
}
