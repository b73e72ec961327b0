package dev.kingpin.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** As {@link VectorDots}, in double precision. */
final class VectorWideDots {

  private static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorTile.SPECIES.vectorShape());
  private static final int LANES = SPECIES.length();
  private static final int CHAINS = ColumnKernels.WIDE_CHAINS;

  /** Columns of the right factor in a tile. */
  private static final int WIDTH = 4;

  /** Columns of the left factor in the largest tile that the registers hold. */
  private static final int TALLEST = VectorTile.MAX_VECTORS == 4 ? 4 : 2;

  private final double[] left;
  private final int leftAt;
  private final int leftStride;
  private final double[] right;
  private final int rightAt;
  private final int rightStride;
  private final int height;
  private final int last;
  private final double[] chains = new double[4 * WIDTH * CHAINS];

  private VectorWideDots(WideColumns a, WideColumns b) {
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

  static void gram(WideColumns a, double[] out) {
    VectorWideDots dots = new VectorWideDots(a, a);
    int columns = a.count();
    for (int i = 0, rows; i < columns; i += rows) {
      rows = rows(columns - i);
      for (int j = i; j < columns; j += WIDTH) {
        dots.tile(rows, i, j);
        for (int r = 0; r < rows; r++) {
          int to = ColumnKernels.diagonal(i + r, columns) - i - r;
          for (int c = Math.max(j, i + r); c < Math.min(j + WIDTH, columns); c++) {
            out[to + c] = ScalarColumns.fold(dots.chains, (r * WIDTH + c - j) * CHAINS);
          }
        }
      }
    }
  }

  /** Leaves the chains of a tile in {@link #chains}: (rows, {@link #WIDTH}, chains). */
  private void tile(int rows, int i, int j) {
    switch (rows) {
      case 4 -> tile4(i, j);
      case 2 -> tile2(i, j);
      default -> tile1(i, j);
    }
  }

  private void tile4(int i, int j) {
    double[] a = left;
    double[] b = right;
    double[] s = chains;
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
      DoubleVector c00 = DoubleVector.zero(SPECIES);
      DoubleVector c01 = DoubleVector.zero(SPECIES);
      DoubleVector c02 = DoubleVector.zero(SPECIES);
      DoubleVector c03 = DoubleVector.zero(SPECIES);
      DoubleVector c10 = DoubleVector.zero(SPECIES);
      DoubleVector c11 = DoubleVector.zero(SPECIES);
      DoubleVector c12 = DoubleVector.zero(SPECIES);
      DoubleVector c13 = DoubleVector.zero(SPECIES);
      DoubleVector c20 = DoubleVector.zero(SPECIES);
      DoubleVector c21 = DoubleVector.zero(SPECIES);
      DoubleVector c22 = DoubleVector.zero(SPECIES);
      DoubleVector c23 = DoubleVector.zero(SPECIES);
      DoubleVector c30 = DoubleVector.zero(SPECIES);
      DoubleVector c31 = DoubleVector.zero(SPECIES);
      DoubleVector c32 = DoubleVector.zero(SPECIES);
      DoubleVector c33 = DoubleVector.zero(SPECIES);
      for (int k = 0; k < n; k += CHAINS) {
        DoubleVector v0 = DoubleVector.fromArray(SPECIES, b, y0 + k);
        DoubleVector v1 = DoubleVector.fromArray(SPECIES, b, y1 + k);
        DoubleVector v2 = DoubleVector.fromArray(SPECIES, b, y2 + k);
        DoubleVector v3 = DoubleVector.fromArray(SPECIES, b, y3 + k);
        DoubleVector u = DoubleVector.fromArray(SPECIES, a, x0 + k);
        c00 = u.fma(v0, c00);
        c01 = u.fma(v1, c01);
        c02 = u.fma(v2, c02);
        c03 = u.fma(v3, c03);
        u = DoubleVector.fromArray(SPECIES, a, x1 + k);
        c10 = u.fma(v0, c10);
        c11 = u.fma(v1, c11);
        c12 = u.fma(v2, c12);
        c13 = u.fma(v3, c13);
        u = DoubleVector.fromArray(SPECIES, a, x2 + k);
        c20 = u.fma(v0, c20);
        c21 = u.fma(v1, c21);
        c22 = u.fma(v2, c22);
        c23 = u.fma(v3, c23);
        u = DoubleVector.fromArray(SPECIES, a, x3 + k);
        c30 = u.fma(v0, c30);
        c31 = u.fma(v1, c31);
        c32 = u.fma(v2, c32);
        c33 = u.fma(v3, c33);
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
    double[] a = left;
    double[] b = right;
    double[] s = chains;
    int n = height;
    for (int lane = 0; lane < CHAINS; lane += LANES) {
      int x0 = leftAt + i * leftStride + lane;
      int x1 = x0 + leftStride;
      int y0 = rightAt + j * rightStride + lane;
      int y1 = rightAt + Math.min(j + 1, last) * rightStride + lane;
      int y2 = rightAt + Math.min(j + 2, last) * rightStride + lane;
      int y3 = rightAt + Math.min(j + 3, last) * rightStride + lane;
      DoubleVector c00 = DoubleVector.zero(SPECIES);
      DoubleVector c01 = DoubleVector.zero(SPECIES);
      DoubleVector c02 = DoubleVector.zero(SPECIES);
      DoubleVector c03 = DoubleVector.zero(SPECIES);
      DoubleVector c10 = DoubleVector.zero(SPECIES);
      DoubleVector c11 = DoubleVector.zero(SPECIES);
      DoubleVector c12 = DoubleVector.zero(SPECIES);
      DoubleVector c13 = DoubleVector.zero(SPECIES);
      for (int k = 0; k < n; k += CHAINS) {
        DoubleVector v0 = DoubleVector.fromArray(SPECIES, b, y0 + k);
        DoubleVector v1 = DoubleVector.fromArray(SPECIES, b, y1 + k);
        DoubleVector v2 = DoubleVector.fromArray(SPECIES, b, y2 + k);
        DoubleVector v3 = DoubleVector.fromArray(SPECIES, b, y3 + k);
        DoubleVector u = DoubleVector.fromArray(SPECIES, a, x0 + k);
        c00 = u.fma(v0, c00);
        c01 = u.fma(v1, c01);
        c02 = u.fma(v2, c02);
        c03 = u.fma(v3, c03);
        u = DoubleVector.fromArray(SPECIES, a, x1 + k);
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
    double[] a = left;
    double[] b = right;
    double[] s = chains;
    int n = height;
    for (int lane = 0; lane < CHAINS; lane += LANES) {
      int x0 = leftAt + i * leftStride + lane;
      int y0 = rightAt + j * rightStride + lane;
      int y1 = rightAt + Math.min(j + 1, last) * rightStride + lane;
      int y2 = rightAt + Math.min(j + 2, last) * rightStride + lane;
      int y3 = rightAt + Math.min(j + 3, last) * rightStride + lane;
      DoubleVector c00 = DoubleVector.zero(SPECIES);
      DoubleVector c01 = DoubleVector.zero(SPECIES);
      DoubleVector c02 = DoubleVector.zero(SPECIES);
      DoubleVector c03 = DoubleVector.zero(SPECIES);
      for (int k = 0; k < n; k += CHAINS) {
        DoubleVector v0 = DoubleVector.fromArray(SPECIES, b, y0 + k);
        DoubleVector v1 = DoubleVector.fromArray(SPECIES, b, y1 + k);
        DoubleVector v2 = DoubleVector.fromArray(SPECIES, b, y2 + k);
        DoubleVector v3 = DoubleVector.fromArray(SPECIES, b, y3 + k);
        DoubleVector u = DoubleVector.fromArray(SPECIES, a, x0 + k);
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
