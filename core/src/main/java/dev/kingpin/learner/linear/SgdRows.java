package dev.kingpin.learner.linear;

import dev.kingpin.data.Dictionary;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.Matrix;
import java.util.Arrays;

/**
 * The rows of a block that a chain learns from, batch by batch: one product for the scores of all
 * fits, one for all their gradients.
 *
 * <p>The float32 panel holds the dense columns and a column of ones. One-hot columns are not
 * written out: a row knows which rows of the weights its levels are. A block's rows are dealt into
 * batches of nearly equal size, in order.
 */
final class SgdRows {
  private final SgdColumns columns;
  private final LinearRequest.OfLoss request;
  private final RowBlock block;
  private final Buffers buffers;
  private final Design design;
  private final int width; // of the panel
  private final int scored; // columns of scores
  private final int rows; // learned from
  private final float[] panel; // (rows, width)
  private final int[] levels; // (rows, categories): row of the weights, or -1

  /** Lists the rows of a block that are learned from, and fills the panel with them. */
  SgdRows(SgdColumns columns, LinearRequest.OfLoss request, RowBlock block, Buffers buffers) {
    this.columns = columns;
    this.request = request;
    this.block = block;
    this.buffers = buffers;
    design = request.design();
    width = columns.intercept + 1;
    scored = request.trials() * request.outputs();
    rows = buffers.splitRows(block, request.masks()[0]);
    panel = buffers.floats(0, RowBlock.ROWS * width);
    levels = buffers.ints(RowBlock.ROWS * design.categories());
    fillPanel();
    listLevels();
  }

  private void fillPanel() {
    int numeric = design.numeric();
    buffers.kernels.standardise(
        new Matrix(block.numeric(), block.numericOffset(), block.rows(), numeric, numeric),
        buffers.rows,
        0,
        design.centre,
        columns.numericScale,
        new Matrix(panel, 0, rows, numeric, width));
    for (int i = 0; i < rows; i++) {
      int to = i * width + numeric;
      int raw = block.numericOffset() + buffers.rows[i] * numeric;
      for (int f = 0; f < design.indicators.length; f++) {
        boolean missing = Float.isNaN(block.numeric()[raw + design.indicators[f]]);
        panel[to++] = missing ? columns.indicatorScale[f] : 0;
      }
      panel[to] = 1;
    }
  }

  private void listLevels() {
    int categories = design.categories();
    for (int c = 0; c < categories; c++) {
      Dictionary dictionary = block.features().categorical().get(c).dictionary();
      for (int i = 0; i < rows; i++) {
        int code = block.codes()[block.codesOffset() + buffers.rows[i] * categories + c];
        int column = design.column(c, Moments.levelOf(code, dictionary));
        levels[i * categories + c] = column < 0 ? -1 : columns.row(column);
      }
    }
  }

  /** Matrices of a batch of so many rows, at the start of their arrays. */
  private final class Views {
    final int count;
    final Matrix panel;
    final Matrix scores;
    final Matrix residuals;

    Views(float[] batchPanel, LossRows cells, int count) {
      this.count = count;
      panel = new Matrix(batchPanel, 0, count, width, width);
      scores = new Matrix(cells.scores, 0, count, scored, scored);
      residuals = new Matrix(cells.residuals, 0, count, scored, scored);
    }
  }

  // ---------------------------------------------------------------- learn

  /** How many batches so many rows make. */
  static int batches(int rows, int batch) {
    return (rows + batch - 1) / batch;
  }

  /** The first row of a batch. */
  static int first(int batch, int batches, int rows) {
    return rows * batch / batches;
  }

  /** The weights as products take them; they stand until the next call. */
  float[] packed(SgdWeights state) {
    float[] packed = buffers.floats(7, columns.rows * scored);
    state.pack(columns, packed);
    return packed;
  }

  /**
   * Takes a step for each batch.
   *
   * @param batch most rows of one; so many make a whole step
   * @param meanWeight of the rows learned from
   */
  void learn(SgdWeights state, SgdWeights.Pace pace, int batch, double meanWeight) {
    int batches = batches(rows, batch);
    if (batches == 0) {
      return;
    }
    LossRows cells = new LossRows(request, buffers, batch);
    float[] batchPanel = buffers.floats(9, RowBlock.ROWS * width);
    float[] gradient = buffers.floats(8, columns.rows * scored);
    Matrix sums = new Matrix(gradient, 0, width, scored, scored);
    float[] weights = buffers.floats(7, columns.rows * scored);
    Views small = new Views(batchPanel, cells, rows / batches);
    Views large = new Views(batchPanel, cells, Math.min(batch, rows / batches + 1));
    for (int b = 0; b < batches; b++) {
      int from = first(b, batches, rows);
      int count = first(b + 1, batches, rows) - from;
      Views views = count == small.count ? small : large;
      System.arraycopy(panel, from * width, batchPanel, 0, count * width);
      state.pack(columns, weights);
      Arrays.fill(gradient, 0, columns.rows * scored, 0);
      addGradient(views, cells, from, weights, sums);
      state.step(columns, pace, gradient, 1 / (count * meanWeight), count / (double) batch);
    }
  }

  /**
   * Adds the gradient of the sum of losses over all rows.
   *
   * @param weights (weight rows, scored)
   * @param gradient IN and OUT (weight rows, scored)
   * @return how many rows there are
   */
  int addGradient(float[] weights, float[] gradient) {
    if (rows > 0) {
      LossRows cells = new LossRows(request, buffers, rows);
      Matrix sums = new Matrix(gradient, 0, width, scored, scored);
      addGradient(new Views(panel, cells, rows), cells, 0, weights, sums);
    }
    return rows;
  }

  /** Of some rows; of the sums, rows of dense columns make a matrix, and those of others follow. */
  private void addGradient(Views views, LossRows cells, int from, float[] weights, Matrix sums) {
    score(views, cells, from, weights);
    buffers.kernels.gemmTransposed(views.panel, views.residuals, sums, buffers.scratch);
    addLevels(cells.residuals, sums.values(), from, views.count);
  }

  /** Scores, losses and residuals of some rows. */
  private void score(Views views, LossRows cells, int from, float[] weights) {
    int count = views.count;
    Arrays.fill(cells.scores, 0, count * scored, 0);
    buffers.kernels.gemm(
        views.panel, new Matrix(weights, 0, width, scored, scored), views.scores, buffers.scratch);
    int categories = design.categories();
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < categories; c++) {
        int row = levels[(from + i) * categories + c];
        if (row >= 0) {
          add(weights, row * scored, cells.scores, i * scored);
        }
      }
    }
    cells.spread(block, from, count);
    cells.compute(count);
  }

  private void addLevels(float[] residuals, float[] gradient, int from, int count) {
    int categories = design.categories();
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < categories; c++) {
        int row = levels[(from + i) * categories + c];
        if (row >= 0) {
          add(residuals, i * scored, gradient, row * scored);
        }
      }
    }
  }

  private void add(float[] values, int from, float[] to, int at) {
    for (int t = 0; t < scored; t++) {
      to[at + t] += values[from + t];
    }
  }

  // ---------------------------------------------------------------- judge

  /**
   * Adds the losses of the rows at some weights.
   *
   * @param weights (weight rows, scored)
   * @param sums IN and OUT (trials)
   */
  void addLosses(float[] weights, double[] sums) {
    if (rows == 0) {
      return;
    }
    LossRows cells = new LossRows(request, buffers, rows);
    score(new Views(panel, cells, rows), cells, 0, weights);
    int trials = request.trials();
    for (int i = 0; i < rows; i++) {
      for (int t = 0; t < trials; t++) {
        sums[t] += cells.losses[i * trials + t];
      }
    }
  }
}
