package dev.kingpin.kernel;

import static dev.kingpin.kernel.VectorTranspose.DOWN_1;
import static dev.kingpin.kernel.VectorTranspose.DOWN_2;
import static dev.kingpin.kernel.VectorTranspose.DOWN_4;
import static dev.kingpin.kernel.VectorTranspose.DOWN_8;
import static dev.kingpin.kernel.VectorTranspose.ODD_1;
import static dev.kingpin.kernel.VectorTranspose.ODD_2;
import static dev.kingpin.kernel.VectorTranspose.ODD_4;
import static dev.kingpin.kernel.VectorTranspose.ODD_8;
import static dev.kingpin.kernel.VectorTranspose.UP_1;
import static dev.kingpin.kernel.VectorTranspose.UP_2;
import static dev.kingpin.kernel.VectorTranspose.UP_4;
import static dev.kingpin.kernel.VectorTranspose.UP_8;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over rows of products of columns. The chains of a tile of sums stay in registers while rows
 * run through: each step loads a vector of rows of each column and multiplies every pair. A tile
 * that would reach beyond the last column computes that column again.
 *
 * <p>The loops are written out by hand for the reason that {@link VectorTile} gives.
 */
final class VectorDots {

  private static final VectorSpecies<Float> SPECIES = VectorTile.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int CHAINS = ColumnKernels.CHAINS;

  /** Columns of the right factor in a tile. */
  private static final int WIDTH = 4;

  /** Columns of the left factor in the tile whose chains are added up in registers. */
  private static final int TILE_ROWS = 4;

  /** Columns of the left factor in the largest tile that the registers hold. */
  private static final int TALLEST = VectorTile.MAX_VECTORS == 4 ? 4 : 2;

  private final float[] left;
  private final int leftAt;
  private final int leftStride;
  private final float[] right;
  private final int rightAt;
  private final int rightStride;
  private final int height;
  private final int last;
  private final float[] chains = new float[4 * WIDTH * CHAINS];

  private VectorDots(Columns a, Columns b) {
    left = a.values();
    leftAt = a.offset();
    leftStride = a.stride();
    right = b.values();
    rightAt = b.offset();
    rightStride = b.stride();
    height = a.height();
    last = b.count() - 1;
  }

  /** Height of the next tile if so many columns are left. */
  private static int rows(int left) {
    return left >= TALLEST ? TALLEST : left >= 2 ? 2 : 1;
  }

  static void dots(Columns a, Columns b, float[] out) {
    VectorDots dots = new VectorDots(a, b);
    int columns = b.count();
    for (int i = 0, rows; i < a.count(); i += rows) {
      rows = rows(a.count() - i);
      for (int j = 0; j < columns; j += WIDTH) {
        dots.tile(rows, i, j);
        int width = Math.min(WIDTH, columns - j);
        for (int r = 0; r < rows; r++) {
          for (int c = 0; c < width; c++) {
            out[(i + r) * columns + j + c] = dots.sum(rows, r * WIDTH + c);
          }
        }
      }
    }
  }

  static void gram(Columns a, Columns b, float[] out) {
    VectorDots dots = new VectorDots(a, b);
    int columns = a.count();
    for (int i = 0, rows; i < columns; i += rows) {
      rows = rows(columns - i);
      for (int j = i; j < columns; j += WIDTH) {
        dots.tile(rows, i, j);
        for (int r = 0; r < rows; r++) {
          int to = ColumnKernels.diagonal(i + r, columns) - i - r;
          for (int c = Math.max(j, i + r); c < Math.min(j + WIDTH, columns); c++) {
            out[to + c] = dots.sum(rows, r * WIDTH + c - j);
          }
        }
      }
    }
  }

  /** The k-th sum of a tile of so many rows. */
  private float sum(int rows, int k) {
    return LANES == CHAINS && rows == TILE_ROWS
        ? chains[k]
        : ScalarColumns.fold(chains, k * CHAINS);
  }

  /** Leaves the chains of a tile in {@link #chains}: (rows, {@link #WIDTH}, chains). */
  private void tile(int rows, int i, int j) {
    switch (rows) {
      case 4 -> tile4(i, j);
      case 2 -> tile2(i, j);
      default -> tile1(i, j);
    }
  }

  /**
   * If a vector holds all chains, they are added up here: as in {@link VectorTranspose}, but the
   * lanes that would change places are added, until lane l is the sum of chain vector l.
   */
  private void tile4(int i, int j) {
    float[] a = left;
    float[] b = right;
    float[] s = chains;
    int n = height;
    for (int lane = 0; lane < CHAINS; lane += LANES) {
      int x0 = leftAt + i * leftStride + lane;
      int x1 = x0 + leftStride;
      int x2 = x1 + leftStride;
      int x3 = x2 + leftStride;
      int y0 = rightAt + j * rightStride + lane;
      int y1 = rightAt + Math.min(j + 1, last) * rightStride + lane;
      int y2 = rightAt + Math.min(j + 2, last) * rightStride + lane;
      int y3 = rightAt + Math.min(j + 3, last) * rightStride + lane;
      FloatVector c00 = FloatVector.zero(SPECIES);
      FloatVector c01 = FloatVector.zero(SPECIES);
      FloatVector c02 = FloatVector.zero(SPECIES);
      FloatVector c03 = FloatVector.zero(SPECIES);
      FloatVector c10 = FloatVector.zero(SPECIES);
      FloatVector c11 = FloatVector.zero(SPECIES);
      FloatVector c12 = FloatVector.zero(SPECIES);
      FloatVector c13 = FloatVector.zero(SPECIES);
      FloatVector c20 = FloatVector.zero(SPECIES);
      FloatVector c21 = FloatVector.zero(SPECIES);
      FloatVector c22 = FloatVector.zero(SPECIES);
      FloatVector c23 = FloatVector.zero(SPECIES);
      FloatVector c30 = FloatVector.zero(SPECIES);
      FloatVector c31 = FloatVector.zero(SPECIES);
      FloatVector c32 = FloatVector.zero(SPECIES);
      FloatVector c33 = FloatVector.zero(SPECIES);
      for (int k = 0; k < n; k += CHAINS) {
        FloatVector v0 = FloatVector.fromArray(SPECIES, b, y0 + k);
        FloatVector v1 = FloatVector.fromArray(SPECIES, b, y1 + k);
        FloatVector v2 = FloatVector.fromArray(SPECIES, b, y2 + k);
        FloatVector v3 = FloatVector.fromArray(SPECIES, b, y3 + k);
        FloatVector u = FloatVector.fromArray(SPECIES, a, x0 + k);
        c00 = u.fma(v0, c00);
        c01 = u.fma(v1, c01);
        c02 = u.fma(v2, c02);
        c03 = u.fma(v3, c03);
        u = FloatVector.fromArray(SPECIES, a, x1 + k);
        c10 = u.fma(v0, c10);
        c11 = u.fma(v1, c11);
        c12 = u.fma(v2, c12);
        c13 = u.fma(v3, c13);
        u = FloatVector.fromArray(SPECIES, a, x2 + k);
        c20 = u.fma(v0, c20);
        c21 = u.fma(v1, c21);
        c22 = u.fma(v2, c22);
        c23 = u.fma(v3, c23);
        u = FloatVector.fromArray(SPECIES, a, x3 + k);
        c30 = u.fma(v0, c30);
        c31 = u.fma(v1, c31);
        c32 = u.fma(v2, c32);
        c33 = u.fma(v3, c33);
      }
      if (LANES == CHAINS) {
        FloatVector t;
        t = c00.rearrange(DOWN_8).blend(c20, ODD_8);
        c00 = c00.blend(c20.rearrange(UP_8), ODD_8).add(t);
        t = c01.rearrange(DOWN_8).blend(c21, ODD_8);
        c01 = c01.blend(c21.rearrange(UP_8), ODD_8).add(t);
        t = c02.rearrange(DOWN_8).blend(c22, ODD_8);
        c02 = c02.blend(c22.rearrange(UP_8), ODD_8).add(t);
        t = c03.rearrange(DOWN_8).blend(c23, ODD_8);
        c03 = c03.blend(c23.rearrange(UP_8), ODD_8).add(t);
        t = c10.rearrange(DOWN_8).blend(c30, ODD_8);
        c10 = c10.blend(c30.rearrange(UP_8), ODD_8).add(t);
        t = c11.rearrange(DOWN_8).blend(c31, ODD_8);
        c11 = c11.blend(c31.rearrange(UP_8), ODD_8).add(t);
        t = c12.rearrange(DOWN_8).blend(c32, ODD_8);
        c12 = c12.blend(c32.rearrange(UP_8), ODD_8).add(t);
        t = c13.rearrange(DOWN_8).blend(c33, ODD_8);
        c13 = c13.blend(c33.rearrange(UP_8), ODD_8).add(t);
        t = c00.rearrange(DOWN_4).blend(c10, ODD_4);
        c00 = c00.blend(c10.rearrange(UP_4), ODD_4).add(t);
        t = c01.rearrange(DOWN_4).blend(c11, ODD_4);
        c01 = c01.blend(c11.rearrange(UP_4), ODD_4).add(t);
        t = c02.rearrange(DOWN_4).blend(c12, ODD_4);
        c02 = c02.blend(c12.rearrange(UP_4), ODD_4).add(t);
        t = c03.rearrange(DOWN_4).blend(c13, ODD_4);
        c03 = c03.blend(c13.rearrange(UP_4), ODD_4).add(t);
        t = c00.rearrange(DOWN_2).blend(c02, ODD_2);
        c00 = c00.blend(c02.rearrange(UP_2), ODD_2).add(t);
        t = c01.rearrange(DOWN_2).blend(c03, ODD_2);
        c01 = c01.blend(c03.rearrange(UP_2), ODD_2).add(t);
        t = c00.rearrange(DOWN_1).blend(c01, ODD_1);
        c00 = c00.blend(c01.rearrange(UP_1), ODD_1).add(t);
        c00.intoArray(s, 0);
        return;
      }
      c00.intoArray(s, lane);
      c01.intoArray(s, CHAINS + lane);
      c02.intoArray(s, 2 * CHAINS + lane);
      c03.intoArray(s, 3 * CHAINS + lane);
      c10.intoArray(s, 4 * CHAINS + lane);
      c11.intoArray(s, 5 * CHAINS + lane);
      c12.intoArray(s, 6 * CHAINS + lane);
      c13.intoArray(s, 7 * CHAINS + lane);
      c20.intoArray(s, 8 * CHAINS + lane);
      c21.intoArray(s, 9 * CHAINS + lane);
      c22.intoArray(s, 10 * CHAINS + lane);
      c23.intoArray(s, 11 * CHAINS + lane);
      c30.intoArray(s, 12 * CHAINS + lane);
      c31.intoArray(s, 13 * CHAINS + lane);
      c32.intoArray(s, 14 * CHAINS + lane);
      c33.intoArray(s, 15 * CHAINS + lane);
    }
  }

  private void tile2(int i, int j) {
    float[] a = left;
    float[] b = right;
    float[] s = chains;
    int n = height;
    for (int lane = 0; lane < CHAINS; lane += LANES) {
      int x0 = leftAt + i * leftStride + lane;
      int x1 = x0 + leftStride;
      int y0 = rightAt + j * rightStride + lane;
      int y1 = rightAt + Math.min(j + 1, last) * rightStride + lane;
      int y2 = rightAt + Math.min(j + 2, last) * rightStride + lane;
      int y3 = rightAt + Math.min(j + 3, last) * rightStride + lane;
      FloatVector c00 = FloatVector.zero(SPECIES);
      FloatVector c01 = FloatVector.zero(SPECIES);
      FloatVector c02 = FloatVector.zero(SPECIES);
      FloatVector c03 = FloatVector.zero(SPECIES);
      FloatVector c10 = FloatVector.zero(SPECIES);
      FloatVector c11 = FloatVector.zero(SPECIES);
      FloatVector c12 = FloatVector.zero(SPECIES);
      FloatVector c13 = FloatVector.zero(SPECIES);
      for (int k = 0; k < n; k += CHAINS) {
        FloatVector v0 = FloatVector.fromArray(SPECIES, b, y0 + k);
        FloatVector v1 = FloatVector.fromArray(SPECIES, b, y1 + k);
        FloatVector v2 = FloatVector.fromArray(SPECIES, b, y2 + k);
        FloatVector v3 = FloatVector.fromArray(SPECIES, b, y3 + k);
        FloatVector u = FloatVector.fromArray(SPECIES, a, x0 + k);
        c00 = u.fma(v0, c00);
        c01 = u.fma(v1, c01);
        c02 = u.fma(v2, c02);
        c03 = u.fma(v3, c03);
        u = FloatVector.fromArray(SPECIES, a, x1 + k);
        c10 = u.fma(v0, c10);
        c11 = u.fma(v1, c11);
        c12 = u.fma(v2, c12);
        c13 = u.fma(v3, c13);
      }
      c00.intoArray(s, lane);
      c01.intoArray(s, CHAINS + lane);
      c02.intoArray(s, 2 * CHAINS + lane);
      c03.intoArray(s, 3 * CHAINS + lane);
      c10.intoArray(s, 4 * CHAINS + lane);
      c11.intoArray(s, 5 * CHAINS + lane);
      c12.intoArray(s, 6 * CHAINS + lane);
      c13.intoArray(s, 7 * CHAINS + lane);
    }
  }

  private void tile1(int i, int j) {
    float[] a = left;
    float[] b = right;
    float[] s = chains;
    int n = height;
    for (int lane = 0; lane < CHAINS; lane += LANES) {
      int x0 = leftAt + i * leftStride + lane;
      int y0 = rightAt + j * rightStride + lane;
      int y1 = rightAt + Math.min(j + 1, last) * rightStride + lane;
      int y2 = rightAt + Math.min(j + 2, last) * rightStride + lane;
      int y3 = rightAt + Math.min(j + 3, last) * rightStride + lane;
      FloatVector c00 = FloatVector.zero(SPECIES);
      FloatVector c01 = FloatVector.zero(SPECIES);
      FloatVector c02 = FloatVector.zero(SPECIES);
      FloatVector c03 = FloatVector.zero(SPECIES);
      for (int k = 0; k < n; k += CHAINS) {
        FloatVector v0 = FloatVector.fromArray(SPECIES, b, y0 + k);
        FloatVector v1 = FloatVector.fromArray(SPECIES, b, y1 + k);
        FloatVector v2 = FloatVector.fromArray(SPECIES, b, y2 + k);
        FloatVector v3 = FloatVector.fromArray(SPECIES, b, y3 + k);
        FloatVector u = FloatVector.fromArray(SPECIES, a, x0 + k);
        c00 = u.fma(v0, c00);
        c01 = u.fma(v1, c01);
        c02 = u.fma(v2, c02);
        c03 = u.fma(v3, c03);
      }
      c00.intoArray(s, lane);
      c01.intoArray(s, CHAINS + lane);
      c02.intoArray(s, 2 * CHAINS + lane);
      c03.intoArray(s, 3 * CHAINS + lane);
    }
  }
}
