package dev.kingpin.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The symmetric product in double precision, in tiles of 8 rows by one vector: eight chains of
 * fused multiply-adds keep two units busy at a latency of four.
 */
final class VectorSyrk {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int TILE_ROWS = 8;

  private VectorSyrk() {}

  /** Whether a product of so many columns falls into whole tiles. */
  static boolean fits(int columns) {
    return columns % TILE_ROWS == 0 && TILE_ROWS % LANES == 0;
  }

  static void run(DoubleMatrix x, DoubleMatrix c) {
    for (int i = 0; i < x.columns(); i += TILE_ROWS) {
      for (int j = i; j < x.columns(); j += LANES) {
        tile(x, i, j, c);
      }
    }
  }

  private static void tile(DoubleMatrix x, int i, int j, DoubleMatrix c) {
    double[] a = x.values();
    double[] to = c.values();
    int s = c.stride();
    int at = c.offset() + i * s + j;
    DoubleVector c0 = DoubleVector.fromArray(SPECIES, to, at);
    DoubleVector c1 = DoubleVector.fromArray(SPECIES, to, at + s);
    DoubleVector c2 = DoubleVector.fromArray(SPECIES, to, at + 2 * s);
    DoubleVector c3 = DoubleVector.fromArray(SPECIES, to, at + 3 * s);
    DoubleVector c4 = DoubleVector.fromArray(SPECIES, to, at + 4 * s);
    DoubleVector c5 = DoubleVector.fromArray(SPECIES, to, at + 5 * s);
    DoubleVector c6 = DoubleVector.fromArray(SPECIES, to, at + 6 * s);
    DoubleVector c7 = DoubleVector.fromArray(SPECIES, to, at + 7 * s);
    int row = x.offset();
    for (int k = 0; k < x.rows(); k++, row += x.stride()) {
      DoubleVector b = DoubleVector.fromArray(SPECIES, a, row + j);
      c0 = DoubleVector.broadcast(SPECIES, a[row + i]).fma(b, c0);
      c1 = DoubleVector.broadcast(SPECIES, a[row + i + 1]).fma(b, c1);
      c2 = DoubleVector.broadcast(SPECIES, a[row + i + 2]).fma(b, c2);
      c3 = DoubleVector.broadcast(SPECIES, a[row + i + 3]).fma(b, c3);
      c4 = DoubleVector.broadcast(SPECIES, a[row + i + 4]).fma(b, c4);
      c5 = DoubleVector.broadcast(SPECIES, a[row + i + 5]).fma(b, c5);
      c6 = DoubleVector.broadcast(SPECIES, a[row + i + 6]).fma(b, c6);
      c7 = DoubleVector.broadcast(SPECIES, a[row + i + 7]).fma(b, c7);
    }
    c0.intoArray(to, at);
    c1.intoArray(to, at + s);
    c2.intoArray(to, at + 2 * s);
    c3.intoArray(to, at + 3 * s);
    c4.intoArray(to, at + 4 * s);
    c5.intoArray(to, at + 5 * s);
    c6.intoArray(to, at + 6 * s);
    c7.intoArray(to, at + 7 * s);
  }
}
