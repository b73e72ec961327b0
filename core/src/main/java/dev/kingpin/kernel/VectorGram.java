package dev.kingpin.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of products of columns with one another. The sums of a tile stay in registers while the
 * rows run through: each step loads one or two vectors of neighbouring columns, spreads the entry
 * of each of eight or four columns, and multiplies every pair.
 *
 * <p>The loops are written out by hand for the reason that {@link VectorTile} gives.
 */
final class VectorGram {

  private static final VectorSpecies<Double> SPECIES = VectorProducts.SPECIES;
  private static final int LANES = SPECIES.length();

  /** Height of the tallest tile that the registers hold, and of a lower one. */
  private static final int TALL = VectorTile.MAX_VECTORS == 4 ? 8 : 4;

  private static final int LOW = 4;

  private final double[] values;
  private final int offset;
  private final int stride;
  private final int rows;
  private final double[] sums; // (stride, stride)

  private VectorGram(DoubleMatrix x, double[] sums) {
    values = x.values();
    offset = x.offset();
    stride = x.stride();
    rows = x.rows();
    this.sums = sums;
  }

  static void add(DoubleMatrix x, double[] sums) {
    VectorGram gram = new VectorGram(x, sums);
    for (int i = 0, height; i < x.columns(); i += height) {
      height = x.columns() - i > LOW ? TALL : LOW;
      gram.add(height, i);
    }
  }

  /** The products of so many columns from i on with those after them. */
  private void add(int height, int i) {
    int j = i / LANES * LANES;
    for (; j <= stride - 2 * LANES; j += 2 * LANES) {
      if (height == LOW) {
        low2(i, j);
      } else {
        tall2(i, j);
      }
    }
    if (j < stride) {
      if (height == LOW) {
        low1(i, j);
      } else {
        tall1(i, j);
      }
    }
  }

  /** Eight columns times two vectors. */
  private void tall2(int i, int j) {
    double[] x = values;
    double[] s = sums;
    int wide = stride;
    int to = i * wide + j;
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, to);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, to + LANES);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, to + wide);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, to + wide + LANES);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, to + 2 * wide);
    DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, to + 2 * wide + LANES);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, to + 3 * wide);
    DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, to + 3 * wide + LANES);
    DoubleVector c40 = DoubleVector.fromArray(SPECIES, s, to + 4 * wide);
    DoubleVector c41 = DoubleVector.fromArray(SPECIES, s, to + 4 * wide + LANES);
    DoubleVector c50 = DoubleVector.fromArray(SPECIES, s, to + 5 * wide);
    DoubleVector c51 = DoubleVector.fromArray(SPECIES, s, to + 5 * wide + LANES);
    DoubleVector c60 = DoubleVector.fromArray(SPECIES, s, to + 6 * wide);
    DoubleVector c61 = DoubleVector.fromArray(SPECIES, s, to + 6 * wide + LANES);
    DoubleVector c70 = DoubleVector.fromArray(SPECIES, s, to + 7 * wide);
    DoubleVector c71 = DoubleVector.fromArray(SPECIES, s, to + 7 * wide + LANES);
    int p = offset + i;
    int q = offset + j;
    for (int k = 0; k < rows; k++) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, x, q);
      DoubleVector v1 = DoubleVector.fromArray(SPECIES, x, q + LANES);
      DoubleVector u = DoubleVector.broadcast(SPECIES, x[p]);
      c00 = u.fma(v0, c00);
      c01 = u.fma(v1, c01);
      u = DoubleVector.broadcast(SPECIES, x[p + 1]);
      c10 = u.fma(v0, c10);
      c11 = u.fma(v1, c11);
      u = DoubleVector.broadcast(SPECIES, x[p + 2]);
      c20 = u.fma(v0, c20);
      c21 = u.fma(v1, c21);
      u = DoubleVector.broadcast(SPECIES, x[p + 3]);
      c30 = u.fma(v0, c30);
      c31 = u.fma(v1, c31);
      u = DoubleVector.broadcast(SPECIES, x[p + 4]);
      c40 = u.fma(v0, c40);
      c41 = u.fma(v1, c41);
      u = DoubleVector.broadcast(SPECIES, x[p + 5]);
      c50 = u.fma(v0, c50);
      c51 = u.fma(v1, c51);
      u = DoubleVector.broadcast(SPECIES, x[p + 6]);
      c60 = u.fma(v0, c60);
      c61 = u.fma(v1, c61);
      u = DoubleVector.broadcast(SPECIES, x[p + 7]);
      c70 = u.fma(v0, c70);
      c71 = u.fma(v1, c71);
      p += wide;
      q += wide;
    }
    c00.intoArray(s, to);
    c01.intoArray(s, to + LANES);
    c10.intoArray(s, to + wide);
    c11.intoArray(s, to + wide + LANES);
    c20.intoArray(s, to + 2 * wide);
    c21.intoArray(s, to + 2 * wide + LANES);
    c30.intoArray(s, to + 3 * wide);
    c31.intoArray(s, to + 3 * wide + LANES);
    c40.intoArray(s, to + 4 * wide);
    c41.intoArray(s, to + 4 * wide + LANES);
    c50.intoArray(s, to + 5 * wide);
    c51.intoArray(s, to + 5 * wide + LANES);
    c60.intoArray(s, to + 6 * wide);
    c61.intoArray(s, to + 6 * wide + LANES);
    c70.intoArray(s, to + 7 * wide);
    c71.intoArray(s, to + 7 * wide + LANES);
  }

  /** Eight columns times one vector. */
  private void tall1(int i, int j) {
    double[] x = values;
    double[] s = sums;
    int wide = stride;
    int to = i * wide + j;
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, to);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, to + wide);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, to + 2 * wide);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, to + 3 * wide);
    DoubleVector c40 = DoubleVector.fromArray(SPECIES, s, to + 4 * wide);
    DoubleVector c50 = DoubleVector.fromArray(SPECIES, s, to + 5 * wide);
    DoubleVector c60 = DoubleVector.fromArray(SPECIES, s, to + 6 * wide);
    DoubleVector c70 = DoubleVector.fromArray(SPECIES, s, to + 7 * wide);
    int p = offset + i;
    int q = offset + j;
    for (int k = 0; k < rows; k++) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, x, q);
      DoubleVector u = DoubleVector.broadcast(SPECIES, x[p]);
      c00 = u.fma(v0, c00);
      u = DoubleVector.broadcast(SPECIES, x[p + 1]);
      c10 = u.fma(v0, c10);
      u = DoubleVector.broadcast(SPECIES, x[p + 2]);
      c20 = u.fma(v0, c20);
      u = DoubleVector.broadcast(SPECIES, x[p + 3]);
      c30 = u.fma(v0, c30);
      u = DoubleVector.broadcast(SPECIES, x[p + 4]);
      c40 = u.fma(v0, c40);
      u = DoubleVector.broadcast(SPECIES, x[p + 5]);
      c50 = u.fma(v0, c50);
      u = DoubleVector.broadcast(SPECIES, x[p + 6]);
      c60 = u.fma(v0, c60);
      u = DoubleVector.broadcast(SPECIES, x[p + 7]);
      c70 = u.fma(v0, c70);
      p += wide;
      q += wide;
    }
    c00.intoArray(s, to);
    c10.intoArray(s, to + wide);
    c20.intoArray(s, to + 2 * wide);
    c30.intoArray(s, to + 3 * wide);
    c40.intoArray(s, to + 4 * wide);
    c50.intoArray(s, to + 5 * wide);
    c60.intoArray(s, to + 6 * wide);
    c70.intoArray(s, to + 7 * wide);
  }

  /** Four columns times two vectors. */
  private void low2(int i, int j) {
    double[] x = values;
    double[] s = sums;
    int wide = stride;
    int to = i * wide + j;
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, to);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, to + LANES);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, to + wide);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, to + wide + LANES);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, to + 2 * wide);
    DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, to + 2 * wide + LANES);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, to + 3 * wide);
    DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, to + 3 * wide + LANES);
    int p = offset + i;
    int q = offset + j;
    for (int k = 0; k < rows; k++) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, x, q);
      DoubleVector v1 = DoubleVector.fromArray(SPECIES, x, q + LANES);
      DoubleVector u = DoubleVector.broadcast(SPECIES, x[p]);
      c00 = u.fma(v0, c00);
      c01 = u.fma(v1, c01);
      u = DoubleVector.broadcast(SPECIES, x[p + 1]);
      c10 = u.fma(v0, c10);
      c11 = u.fma(v1, c11);
      u = DoubleVector.broadcast(SPECIES, x[p + 2]);
      c20 = u.fma(v0, c20);
      c21 = u.fma(v1, c21);
      u = DoubleVector.broadcast(SPECIES, x[p + 3]);
      c30 = u.fma(v0, c30);
      c31 = u.fma(v1, c31);
      p += wide;
      q += wide;
    }
    c00.intoArray(s, to);
    c01.intoArray(s, to + LANES);
    c10.intoArray(s, to + wide);
    c11.intoArray(s, to + wide + LANES);
    c20.intoArray(s, to + 2 * wide);
    c21.intoArray(s, to + 2 * wide + LANES);
    c30.intoArray(s, to + 3 * wide);
    c31.intoArray(s, to + 3 * wide + LANES);
  }

  /** Four columns times one vector. */
  private void low1(int i, int j) {
    double[] x = values;
    double[] s = sums;
    int wide = stride;
    int to = i * wide + j;
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, to);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, to + wide);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, to + 2 * wide);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, to + 3 * wide);
    int p = offset + i;
    int q = offset + j;
    for (int k = 0; k < rows; k++) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, x, q);
      DoubleVector u = DoubleVector.broadcast(SPECIES, x[p]);
      c00 = u.fma(v0, c00);
      u = DoubleVector.broadcast(SPECIES, x[p + 1]);
      c10 = u.fma(v0, c10);
      u = DoubleVector.broadcast(SPECIES, x[p + 2]);
      c20 = u.fma(v0, c20);
      u = DoubleVector.broadcast(SPECIES, x[p + 3]);
      c30 = u.fma(v0, c30);
      p += wide;
      q += wide;
    }
    c00.intoArray(s, to);
    c10.intoArray(s, to + wide);
    c20.intoArray(s, to + 2 * wide);
    c30.intoArray(s, to + 3 * wide);
  }
}
