package dev.kingpin.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The symmetric product in double precision, in tiles of 8 rows by 1 to 3 vectors whose sums stay
 * in registers; see {@link VectorTile} for the way of a tile. One object a call.
 *
 * <p>The number of columns is a multiple of 8, so that tiles have no edges and start on the
 * diagonal. The loops over k go in blocks, so that a block of rows stays in the first-level cache
 * while all tiles use it.
 */
final class VectorSyrk {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int TILE_ROWS = 8;

  /** Vectors a row: with fewer than 32 registers only one. */
  private static final int TILE_VECTORS = VectorTile.MAX_VECTORS == 4 ? 3 : 1;

  /** Doubles of a block of rows: 32 KiB. */
  private static final int BLOCK = 4096;

  private static final int MIN_DEPTH = 16;

  private final double[] x;
  private final int rowStep;
  private final int columns;
  private final double[] out;
  private final int outAt;
  private final int outRow;

  /** The block of rows at hand: where it starts, and how many rows it has. */
  private int rowAt;

  private int depth;

  private VectorSyrk(DoubleMatrix x, DoubleMatrix c) {
    this.x = x.values();
    rowStep = x.stride();
    columns = x.columns();
    out = c.values();
    outAt = c.offset();
    outRow = c.stride();
  }

  /** Whether a product of so many columns falls into whole tiles. */
  static boolean fits(int columns) {
    return columns % TILE_ROWS == 0 && TILE_ROWS % LANES == 0;
  }

  static void run(DoubleMatrix x, DoubleMatrix c) {
    VectorSyrk syrk = new VectorSyrk(x, c);
    int deepest = Math.max(MIN_DEPTH, BLOCK / Math.max(1, x.stride()));
    for (int k = 0; k < x.rows(); k += deepest) {
      syrk.rowAt = x.offset() + k * x.stride();
      syrk.depth = Math.min(deepest, x.rows() - k);
      syrk.block();
    }
  }

  private void block() {
    for (int i = 0; i < columns; i += TILE_ROWS) {
      int vectors;
      for (int j = i; j < columns; j += vectors * LANES) {
        vectors = Math.min(TILE_VECTORS, (columns - j) / LANES);
        switch (vectors) {
          case 1 -> tile1(i, j);
          case 2 -> tile2(i, j);
          default -> tile3(i, j);
        }
      }
    }
  }

  private void tile3(int i, int j) {
    double[] a = x;
    double[] c = out;
    int b0 = rowAt + j;
    int a0 = rowAt + i;
    int step = rowStep;
    int n = depth;
    int o0 = outAt + i * outRow + j;
    int o1 = o0 + outRow;
    int o2 = o1 + outRow;
    int o3 = o2 + outRow;
    int o4 = o3 + outRow;
    int o5 = o4 + outRow;
    int o6 = o5 + outRow;
    int o7 = o6 + outRow;
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, c, o0);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, c, o0 + LANES);
    DoubleVector c02 = DoubleVector.fromArray(SPECIES, c, o0 + 2 * LANES);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, o1);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, c, o1 + LANES);
    DoubleVector c12 = DoubleVector.fromArray(SPECIES, c, o1 + 2 * LANES);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, c, o2);
    DoubleVector c21 = DoubleVector.fromArray(SPECIES, c, o2 + LANES);
    DoubleVector c22 = DoubleVector.fromArray(SPECIES, c, o2 + 2 * LANES);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, c, o3);
    DoubleVector c31 = DoubleVector.fromArray(SPECIES, c, o3 + LANES);
    DoubleVector c32 = DoubleVector.fromArray(SPECIES, c, o3 + 2 * LANES);
    DoubleVector c40 = DoubleVector.fromArray(SPECIES, c, o4);
    DoubleVector c41 = DoubleVector.fromArray(SPECIES, c, o4 + LANES);
    DoubleVector c42 = DoubleVector.fromArray(SPECIES, c, o4 + 2 * LANES);
    DoubleVector c50 = DoubleVector.fromArray(SPECIES, c, o5);
    DoubleVector c51 = DoubleVector.fromArray(SPECIES, c, o5 + LANES);
    DoubleVector c52 = DoubleVector.fromArray(SPECIES, c, o5 + 2 * LANES);
    DoubleVector c60 = DoubleVector.fromArray(SPECIES, c, o6);
    DoubleVector c61 = DoubleVector.fromArray(SPECIES, c, o6 + LANES);
    DoubleVector c62 = DoubleVector.fromArray(SPECIES, c, o6 + 2 * LANES);
    DoubleVector c70 = DoubleVector.fromArray(SPECIES, c, o7);
    DoubleVector c71 = DoubleVector.fromArray(SPECIES, c, o7 + LANES);
    DoubleVector c72 = DoubleVector.fromArray(SPECIES, c, o7 + 2 * LANES);
    for (int k = 0; k < n; k++) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, a, b0);
      DoubleVector v1 = DoubleVector.fromArray(SPECIES, a, b0 + LANES);
      DoubleVector v2 = DoubleVector.fromArray(SPECIES, a, b0 + 2 * LANES);
      DoubleVector y = DoubleVector.broadcast(SPECIES, a[a0]);
      c00 = y.fma(v0, c00);
      c01 = y.fma(v1, c01);
      c02 = y.fma(v2, c02);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 1]);
      c10 = y.fma(v0, c10);
      c11 = y.fma(v1, c11);
      c12 = y.fma(v2, c12);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 2]);
      c20 = y.fma(v0, c20);
      c21 = y.fma(v1, c21);
      c22 = y.fma(v2, c22);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 3]);
      c30 = y.fma(v0, c30);
      c31 = y.fma(v1, c31);
      c32 = y.fma(v2, c32);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 4]);
      c40 = y.fma(v0, c40);
      c41 = y.fma(v1, c41);
      c42 = y.fma(v2, c42);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 5]);
      c50 = y.fma(v0, c50);
      c51 = y.fma(v1, c51);
      c52 = y.fma(v2, c52);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 6]);
      c60 = y.fma(v0, c60);
      c61 = y.fma(v1, c61);
      c62 = y.fma(v2, c62);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 7]);
      c70 = y.fma(v0, c70);
      c71 = y.fma(v1, c71);
      c72 = y.fma(v2, c72);
      a0 += step;
      b0 += step;
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + LANES);
    c02.intoArray(c, o0 + 2 * LANES);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + LANES);
    c12.intoArray(c, o1 + 2 * LANES);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + LANES);
    c22.intoArray(c, o2 + 2 * LANES);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + LANES);
    c32.intoArray(c, o3 + 2 * LANES);
    c40.intoArray(c, o4);
    c41.intoArray(c, o4 + LANES);
    c42.intoArray(c, o4 + 2 * LANES);
    c50.intoArray(c, o5);
    c51.intoArray(c, o5 + LANES);
    c52.intoArray(c, o5 + 2 * LANES);
    c60.intoArray(c, o6);
    c61.intoArray(c, o6 + LANES);
    c62.intoArray(c, o6 + 2 * LANES);
    c70.intoArray(c, o7);
    c71.intoArray(c, o7 + LANES);
    c72.intoArray(c, o7 + 2 * LANES);
  }

  private void tile2(int i, int j) {
    double[] a = x;
    double[] c = out;
    int b0 = rowAt + j;
    int a0 = rowAt + i;
    int step = rowStep;
    int n = depth;
    int o0 = outAt + i * outRow + j;
    int o1 = o0 + outRow;
    int o2 = o1 + outRow;
    int o3 = o2 + outRow;
    int o4 = o3 + outRow;
    int o5 = o4 + outRow;
    int o6 = o5 + outRow;
    int o7 = o6 + outRow;
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, c, o0);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, c, o0 + LANES);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, o1);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, c, o1 + LANES);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, c, o2);
    DoubleVector c21 = DoubleVector.fromArray(SPECIES, c, o2 + LANES);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, c, o3);
    DoubleVector c31 = DoubleVector.fromArray(SPECIES, c, o3 + LANES);
    DoubleVector c40 = DoubleVector.fromArray(SPECIES, c, o4);
    DoubleVector c41 = DoubleVector.fromArray(SPECIES, c, o4 + LANES);
    DoubleVector c50 = DoubleVector.fromArray(SPECIES, c, o5);
    DoubleVector c51 = DoubleVector.fromArray(SPECIES, c, o5 + LANES);
    DoubleVector c60 = DoubleVector.fromArray(SPECIES, c, o6);
    DoubleVector c61 = DoubleVector.fromArray(SPECIES, c, o6 + LANES);
    DoubleVector c70 = DoubleVector.fromArray(SPECIES, c, o7);
    DoubleVector c71 = DoubleVector.fromArray(SPECIES, c, o7 + LANES);
    for (int k = 0; k < n; k++) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, a, b0);
      DoubleVector v1 = DoubleVector.fromArray(SPECIES, a, b0 + LANES);
      DoubleVector y = DoubleVector.broadcast(SPECIES, a[a0]);
      c00 = y.fma(v0, c00);
      c01 = y.fma(v1, c01);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 1]);
      c10 = y.fma(v0, c10);
      c11 = y.fma(v1, c11);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 2]);
      c20 = y.fma(v0, c20);
      c21 = y.fma(v1, c21);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 3]);
      c30 = y.fma(v0, c30);
      c31 = y.fma(v1, c31);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 4]);
      c40 = y.fma(v0, c40);
      c41 = y.fma(v1, c41);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 5]);
      c50 = y.fma(v0, c50);
      c51 = y.fma(v1, c51);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 6]);
      c60 = y.fma(v0, c60);
      c61 = y.fma(v1, c61);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 7]);
      c70 = y.fma(v0, c70);
      c71 = y.fma(v1, c71);
      a0 += step;
      b0 += step;
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + LANES);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + LANES);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + LANES);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + LANES);
    c40.intoArray(c, o4);
    c41.intoArray(c, o4 + LANES);
    c50.intoArray(c, o5);
    c51.intoArray(c, o5 + LANES);
    c60.intoArray(c, o6);
    c61.intoArray(c, o6 + LANES);
    c70.intoArray(c, o7);
    c71.intoArray(c, o7 + LANES);
  }

  private void tile1(int i, int j) {
    double[] a = x;
    double[] c = out;
    int b0 = rowAt + j;
    int a0 = rowAt + i;
    int step = rowStep;
    int n = depth;
    int o0 = outAt + i * outRow + j;
    int o1 = o0 + outRow;
    int o2 = o1 + outRow;
    int o3 = o2 + outRow;
    int o4 = o3 + outRow;
    int o5 = o4 + outRow;
    int o6 = o5 + outRow;
    int o7 = o6 + outRow;
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, c, o0);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, o1);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, c, o2);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, c, o3);
    DoubleVector c40 = DoubleVector.fromArray(SPECIES, c, o4);
    DoubleVector c50 = DoubleVector.fromArray(SPECIES, c, o5);
    DoubleVector c60 = DoubleVector.fromArray(SPECIES, c, o6);
    DoubleVector c70 = DoubleVector.fromArray(SPECIES, c, o7);
    for (int k = 0; k < n; k++) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, a, b0);
      DoubleVector y = DoubleVector.broadcast(SPECIES, a[a0]);
      c00 = y.fma(v0, c00);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 1]);
      c10 = y.fma(v0, c10);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 2]);
      c20 = y.fma(v0, c20);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 3]);
      c30 = y.fma(v0, c30);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 4]);
      c40 = y.fma(v0, c40);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 5]);
      c50 = y.fma(v0, c50);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 6]);
      c60 = y.fma(v0, c60);
      y = DoubleVector.broadcast(SPECIES, a[a0 + 7]);
      c70 = y.fma(v0, c70);
      a0 += step;
      b0 += step;
    }
    c00.intoArray(c, o0);
    c10.intoArray(c, o1);
    c20.intoArray(c, o2);
    c30.intoArray(c, o3);
    c40.intoArray(c, o4);
    c50.intoArray(c, o5);
    c60.intoArray(c, o6);
    c70.intoArray(c, o7);
  }
}
