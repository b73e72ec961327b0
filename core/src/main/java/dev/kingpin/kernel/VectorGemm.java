package dev.kingpin.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Cuts a matrix product into tiles; one object a call. The loops, from the outside: k in blocks,
 * rows in blocks, columns in panels, rows in tiles.
 *
 * <p>A panel of the right factor stays in the first-level cache while all tiles of a row block use
 * it; the left block stays in the second. Both are copied to scratch memory where their rows lie
 * far apart and enough tiles use them to pay for it. A product narrower than a vector works on
 * padded copies.
 */
final class VectorGemm {

  private static final int LANES = VectorTile.LANES;

  /** Columns of a right panel. */
  private static final int PANEL = VectorTile.MAX_VECTORS * LANES;

  /** Floats of a right panel: 32 KiB. */
  private static final int PANEL_FLOATS = 8192;

  /**
   * Values of k a block: with a packed right panel, with a right factor in place, and if narrow.
   */
  private static final int PACKED_DEPTH = PANEL_FLOATS / PANEL;

  private static final int PLACED_DEPTH = PACKED_DEPTH / 2;

  private static final int NARROW_DEPTH = PANEL_FLOATS / LANES;

  /** Rows of a packed left panel: whole tiles and whole vectors. */
  private static final int LEFT_PANEL = 48;

  /** Rows of a block. */
  private static final int ROW_BLOCK = 10 * LEFT_PANEL;

  /** From this distance between rows on, a factor is worth packing. */
  private static final int FAR = 128;

  /** From this many rows on, a right panel is used often enough to be worth packing. */
  private static final int MANY = 96;

  private final VectorTile tile = new VectorTile();
  private final Left left;
  private final Matrix right;
  private final Matrix out;
  private final Scratch scratch;

  /** Whether the left block at hand is packed, and then the columns of a panel of it. */
  private boolean packed;

  private int leftPanel;

  /** Where the left block starts if it is not packed. */
  private int leftBase;

  /** The left factor, (m, k): entry (i, k) is {@code values[at + i * row + k * step]}. */
  @SuppressWarnings("ArrayRecordComponent") // the arguments of one call, never compared
  private record Left(float[] values, int at, int row, int step) {}

  private VectorGemm(Left left, Matrix right, Matrix out, Scratch scratch) {
    this.left = left;
    this.right = right;
    this.out = out;
    this.scratch = scratch;
  }

  /** C += A · B. */
  static void gemm(Matrix a, Matrix b, Matrix c, Scratch scratch) {
    if (c.columns() == 1) {
      MatrixVector.run(a, b, c);
      return;
    }
    Left left = new Left(a.values(), a.offset(), a.stride(), 1);
    new VectorGemm(left, b, c, scratch).run();
  }

  /** C += Aᵀ · B. */
  static void gemmTransposed(Matrix a, Matrix b, Matrix c, Scratch scratch) {
    Left left = new Left(a.values(), a.offset(), 1, a.stride());
    new VectorGemm(left, b, c, scratch).run();
  }

  private void run() {
    int width = out.columns();
    boolean pack = right.stride() > FAR && Math.min(out.rows(), ROW_BLOCK) >= MANY;
    int deepest = width < LANES ? NARROW_DEPTH : pack ? PACKED_DEPTH : PLACED_DEPTH;
    for (int k = 0; k < right.rows() && width > 0; k += deepest) {
      tile.depth = Math.min(deepest, right.rows() - k);
      for (int i = 0; i < out.rows(); i += ROW_BLOCK) {
        int end = Math.min(i + ROW_BLOCK, out.rows());
        setLeft(k, i, end);
        if (width < LANES) {
          narrow(k, i, end);
        } else {
          wide(k, i, end, pack);
        }
      }
    }
  }

  /** Rows {@code from} to {@code end - 1} of the result, panel by panel. */
  private void wide(int k, int from, int end, boolean pack) {
    int columns = out.columns();
    int width;
    for (int j = 0; j < columns; j += width) {
      width = panelWidth(columns - j);
      setRight(k, j, width, pack);
      for (int i = from; i < end; i += VectorTile.ROWS) {
        tile.out = out.values();
        tile.outRow = out.stride();
        tile.outAt = out.rowStart(i) + j;
        runTile(from, i, end, width);
      }
    }
  }

  /** A panel takes all that is left, or leaves a vector at least for the next one. */
  private static int panelWidth(int remaining) {
    if (remaining <= PANEL) {
      return remaining;
    }
    return remaining - PANEL < LANES ? PANEL - LANES : PANEL;
  }

  /**
   * Rows {@code from} to {@code end - 1} of a result narrower than a vector, through a wider copy.
   */
  private void narrow(int k, int from, int end) {
    int n = out.columns();
    float[] copy = scratch.edge(ROW_BLOCK * LANES);
    for (int i = from; i < end; i++) {
      System.arraycopy(out.values(), out.rowStart(i), copy, (i - from) * LANES, n);
    }
    float[] panel = scratch.right(PANEL_FLOATS);
    copyRight(k, 0, new Matrix(panel, 0, tile.depth, n, LANES));
    tile.right = panel;
    tile.rightAt = 0;
    tile.rightStep = LANES;
    for (int i = from; i < end; i += VectorTile.ROWS) {
      tile.out = copy;
      tile.outRow = LANES;
      tile.outAt = (i - from) * LANES;
      runTile(from, i, end, LANES);
    }
    for (int i = from; i < end; i++) {
      System.arraycopy(copy, (i - from) * LANES, out.values(), out.rowStart(i), n);
    }
  }

  /** The tile of the rows from i on, with the columns that {@code tile} has been set to. */
  private void runTile(int from, int i, int end, int width) {
    int r = i - from;
    if (packed) {
      tile.leftAt = r / leftPanel * leftPanel * tile.depth + r % leftPanel;
    } else {
      tile.left = left.values;
      tile.leftStep = left.step;
      tile.leftAt = leftBase + r * tile.leftRow;
    }
    int height = Math.min(VectorTile.ROWS, end - i);
    if (height == 2) {
      tile.run(1, width);
      tile.leftAt += tile.leftRow;
      tile.outAt += tile.outRow;
      tile.run(1, width);
    } else if (height == 1 || height == VectorTile.ROWS || tile.leftStep == 1) {
      tile.run(height, width);
    } else {
      runPartial(height, width);
    }
  }

  /** A tile of a full height of which only the first rows are wanted, on a copy of the result. */
  private void runPartial(int height, int width) {
    if (!packed) {
      packTile(height);
    }
    float[] copy = scratch.partial(VectorTile.ROWS * PANEL);
    float[] to = tile.out;
    int at = tile.outAt;
    int row = tile.outRow;
    for (int r = 0; r < height; r++) {
      System.arraycopy(to, at + r * row, copy, r * PANEL, width);
    }
    tile.out = copy;
    tile.outAt = 0;
    tile.outRow = PANEL;
    tile.run(VectorTile.ROWS, width);
    for (int r = 0; r < height; r++) {
      System.arraycopy(copy, r * PANEL, to, at + r * row, width);
    }
    tile.out = to;
    tile.outRow = row;
  }

  /** Columns j to {@code j + width - 1} of the right block, packed or where they are. */
  private void setRight(int k, int j, int width, boolean pack) {
    tile.right = right.values();
    tile.rightAt = right.rowStart(k) + j;
    tile.rightStep = right.stride();
    if (!pack) {
      return;
    }
    float[] panel = scratch.right(PANEL_FLOATS);
    copyRight(k, j, new Matrix(panel, 0, tile.depth, width, PANEL));
    tile.right = panel;
    tile.rightAt = 0;
    tile.rightStep = PANEL;
  }

  /** Rows {@code from} to {@code end - 1} of the left block, packed or where they are. */
  private void setLeft(int k, int from, int end) {
    packed = left.row == 1 && left.step > FAR;
    if (packed) {
      packLeft(k, from, end);
      return;
    }
    tile.leftRow = left.row;
    leftBase = left.at + from * left.row + k * left.step;
  }

  /** Copies the left block to panels of neighbouring columns. */
  private void packLeft(int k, int from, int end) {
    int count = end - from;
    leftPanel = Math.min(LEFT_PANEL, roundUp(count));
    int panels = (count + leftPanel - 1) / leftPanel;
    float[] to = scratch.left(panels * leftPanel * tile.depth + VectorTile.ROWS);
    for (int q = 0; q < panels; q++) {
      int columns = Math.min(leftPanel, count - q * leftPanel);
      int at = q * leftPanel * tile.depth;
      Matrix panel = new Matrix(to, at, tile.depth, columns, leftPanel);
      int base = left.at + k * left.step + from + q * leftPanel;
      for (int j = 0; j < columns; j += LANES) {
        copy(left.values, base + j, left.step, panel, j);
      }
    }
    tile.left = to;
    tile.leftRow = 1;
    tile.leftStep = leftPanel;
  }

  /**
   * Copies one vector a row, from {@code at} on and then each {@code step} further on, to column j
   * of the panel. What follows the last column may be copied too, and is not used.
   */
  private static void copy(float[] from, int at, int step, Matrix panel, int j) {
    int safe = safeRows(from.length, at, step, panel.rows());
    int i = at;
    int o = panel.offset() + j;
    for (int d = 0; d < safe; d++) {
      FloatVector.fromArray(VectorTile.SPECIES, from, i).intoArray(panel.values(), o);
      i += step;
      o += panel.stride();
    }
    for (int d = safe; d < panel.rows(); d++) {
      System.arraycopy(from, i, panel.values(), o, Math.min(LANES, panel.columns() - j));
      i += step;
      o += panel.stride();
    }
  }

  /** Copies a block of the right factor, from (k, column) on, in whole vectors where it can. */
  private void copyRight(int k, int column, Matrix panel) {
    for (int j = 0; j < panel.columns(); j += LANES) {
      copy(right.values(), right.rowStart(k) + column + j, right.stride(), panel, j);
    }
  }

  /**
   * How many vectors, the first at {@code at} and each {@code step} further on, lie in the array.
   */
  private static int safeRows(int length, int at, int step, int rows) {
    long room = (long) length - LANES - at;
    return room < 0 ? 0 : (int) Math.min(rows, step == 0 ? rows : room / step + 1);
  }

  /** Copies the left factor of one tile, since its missing rows may lie outside the array. */
  private void packTile(int height) {
    int width = roundUp(VectorTile.ROWS);
    float[] to = scratch.left(tile.depth * width + VectorTile.ROWS);
    Matrix panel = new Matrix(to, 0, tile.depth, height, width);
    for (int j = 0; j < height; j += LANES) {
      copy(left.values, tile.leftAt + j, left.step, panel, j);
    }
    tile.left = to;
    tile.leftAt = 0;
    tile.leftStep = width;
  }

  /** The next multiple of the length of a vector. */
  private static int roundUp(int count) {
    return (count + LANES - 1) / LANES * LANES;
  }
}
