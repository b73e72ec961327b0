package dev.kingpin.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of the matrix products: a tile of the result that stays in registers while k
 * runs.
 *
 * <p>A tile has 6 rows (or 1) and 1 to 4 vectors a row. Each step of k loads one vector of the
 * right factor per column of vectors, spreads one number of the left factor per row, and multiplies
 * and adds them into all entries:
 *
 * <pre>
 *                 right:  b0     b1     b2     b3      row k, at rightAt + k * rightStep
 *   left:   x0            c00    c01    c02    c03
 *           x1            c10    c11    c12    c13
 *           ...
 *           x5            c50    c51    c52    c53     24 sums, 4 vectors and a number: 29 registers
 * </pre>
 *
 * Tiles need not fill their shape, and no mask is needed for that:
 *
 * <ul>
 *   <li>With fewer than 6 rows, the last row is computed again in place of the missing ones, and
 *       the same numbers are stored again.
 *   <li>A width that is no multiple of a vector moves the last vector to the left until it fits. It
 *       then overlaps its neighbour; both loaded the same old sums, so both store the same new
 *       ones.
 * </ul>
 *
 * The loops are written out by hand, with local variables only, so that the compiler keeps every
 * sum in a register.
 */
final class VectorTile {

  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /** Rows of a tile. */
  static final int ROWS = 6;

  /** Vectors a row: AVX2 has 16 registers, all others have 32. */
  static final int MAX_VECTORS =
      LANES == 8 && !System.getProperty("os.arch").equals("aarch64") ? 2 : 4;

  /** Entry (r, k) of the left factor is {@code left[leftAt + r * leftRow + k * leftStep]}. */
  float[] left = new float[0];

  int leftAt;
  int leftRow;
  int leftStep;

  /** Entry (k, j) of the right factor is {@code right[rightAt + k * rightStep + j]}. */
  float[] right = new float[0];

  int rightAt;
  int rightStep;

  /** Entry (r, j) of the result is {@code out[outAt + r * outRow + j]}. */
  float[] out = new float[0];

  int outAt;
  int outRow;

  /** Number of k. */
  int depth;

  /** Rows of this tile, 1 to {@link #ROWS}. */
  private int rows;

  /** Column at which the last vector starts. */
  private int last;

  /**
   * Adds the product to the result.
   *
   * @param height rows, 1 to {@link #ROWS}
   * @param width columns, {@link #LANES} to {@link #MAX_VECTORS} times that
   */
  void run(int height, int width) {
    last = width - LANES;
    int vectors = (width + LANES - 1) / LANES;
    if (height > 2 || (height == 2 && vectors < 3)) {
      rows = height;
      six(vectors);
      return;
    }
    one(vectors);
    if (height == 2) {
      leftAt += leftRow;
      outAt += outRow;
      one(vectors);
    }
  }

  private void six(int vectors) {
    switch (vectors) {
      case 1 -> six1();
      case 2 -> six2();
      case 3 -> six3();
      default -> six4();
    }
  }

  private void one(int vectors) {
    switch (vectors) {
      case 1 -> one1();
      case 2 -> one2();
      case 3 -> one3();
      default -> one4();
    }
  }

  private void six4() {
    float[] a = left;
    float[] b = right;
    float[] c = out;
    int top = rows - 1;
    int end = last;
    int a0 = leftAt;
    int o0 = outAt;
    int a1 = leftAt + Math.min(1, top) * leftRow;
    int o1 = outAt + Math.min(1, top) * outRow;
    int a2 = leftAt + Math.min(2, top) * leftRow;
    int o2 = outAt + Math.min(2, top) * outRow;
    int a3 = leftAt + Math.min(3, top) * leftRow;
    int o3 = outAt + Math.min(3, top) * outRow;
    int a4 = leftAt + Math.min(4, top) * leftRow;
    int o4 = outAt + Math.min(4, top) * outRow;
    int a5 = leftAt + Math.min(5, top) * leftRow;
    int o5 = outAt + Math.min(5, top) * outRow;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, o0);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, o0 + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, c, o0 + 2 * LANES);
    FloatVector c03 = FloatVector.fromArray(SPECIES, c, o0 + end);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, o1);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, o1 + LANES);
    FloatVector c12 = FloatVector.fromArray(SPECIES, c, o1 + 2 * LANES);
    FloatVector c13 = FloatVector.fromArray(SPECIES, c, o1 + end);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, o2);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, o2 + LANES);
    FloatVector c22 = FloatVector.fromArray(SPECIES, c, o2 + 2 * LANES);
    FloatVector c23 = FloatVector.fromArray(SPECIES, c, o2 + end);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, o3);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, o3 + LANES);
    FloatVector c32 = FloatVector.fromArray(SPECIES, c, o3 + 2 * LANES);
    FloatVector c33 = FloatVector.fromArray(SPECIES, c, o3 + end);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, o4);
    FloatVector c41 = FloatVector.fromArray(SPECIES, c, o4 + LANES);
    FloatVector c42 = FloatVector.fromArray(SPECIES, c, o4 + 2 * LANES);
    FloatVector c43 = FloatVector.fromArray(SPECIES, c, o4 + end);
    FloatVector c50 = FloatVector.fromArray(SPECIES, c, o5);
    FloatVector c51 = FloatVector.fromArray(SPECIES, c, o5 + LANES);
    FloatVector c52 = FloatVector.fromArray(SPECIES, c, o5 + 2 * LANES);
    FloatVector c53 = FloatVector.fromArray(SPECIES, c, o5 + end);
    int ai = 0;
    int bi = rightAt;
    int as = leftStep;
    int bs = rightStep;
    int n = depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bi + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bi + end);
      FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + ai]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(SPECIES, a[a1 + ai]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(SPECIES, a[a2 + ai]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(SPECIES, a[a3 + ai]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = FloatVector.broadcast(SPECIES, a[a4 + ai]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
      x = FloatVector.broadcast(SPECIES, a[a5 + ai]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      c53 = x.fma(b3, c53);
      ai += as;
      bi += bs;
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + LANES);
    c02.intoArray(c, o0 + 2 * LANES);
    c03.intoArray(c, o0 + end);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + LANES);
    c12.intoArray(c, o1 + 2 * LANES);
    c13.intoArray(c, o1 + end);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + LANES);
    c22.intoArray(c, o2 + 2 * LANES);
    c23.intoArray(c, o2 + end);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + LANES);
    c32.intoArray(c, o3 + 2 * LANES);
    c33.intoArray(c, o3 + end);
    c40.intoArray(c, o4);
    c41.intoArray(c, o4 + LANES);
    c42.intoArray(c, o4 + 2 * LANES);
    c43.intoArray(c, o4 + end);
    c50.intoArray(c, o5);
    c51.intoArray(c, o5 + LANES);
    c52.intoArray(c, o5 + 2 * LANES);
    c53.intoArray(c, o5 + end);
  }

  private void six3() {
    float[] a = left;
    float[] b = right;
    float[] c = out;
    int top = rows - 1;
    int end = last;
    int a0 = leftAt;
    int o0 = outAt;
    int a1 = leftAt + Math.min(1, top) * leftRow;
    int o1 = outAt + Math.min(1, top) * outRow;
    int a2 = leftAt + Math.min(2, top) * leftRow;
    int o2 = outAt + Math.min(2, top) * outRow;
    int a3 = leftAt + Math.min(3, top) * leftRow;
    int o3 = outAt + Math.min(3, top) * outRow;
    int a4 = leftAt + Math.min(4, top) * leftRow;
    int o4 = outAt + Math.min(4, top) * outRow;
    int a5 = leftAt + Math.min(5, top) * leftRow;
    int o5 = outAt + Math.min(5, top) * outRow;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, o0);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, o0 + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, c, o0 + end);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, o1);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, o1 + LANES);
    FloatVector c12 = FloatVector.fromArray(SPECIES, c, o1 + end);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, o2);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, o2 + LANES);
    FloatVector c22 = FloatVector.fromArray(SPECIES, c, o2 + end);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, o3);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, o3 + LANES);
    FloatVector c32 = FloatVector.fromArray(SPECIES, c, o3 + end);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, o4);
    FloatVector c41 = FloatVector.fromArray(SPECIES, c, o4 + LANES);
    FloatVector c42 = FloatVector.fromArray(SPECIES, c, o4 + end);
    FloatVector c50 = FloatVector.fromArray(SPECIES, c, o5);
    FloatVector c51 = FloatVector.fromArray(SPECIES, c, o5 + LANES);
    FloatVector c52 = FloatVector.fromArray(SPECIES, c, o5 + end);
    int ai = 0;
    int bi = rightAt;
    int as = leftStep;
    int bs = rightStep;
    int n = depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bi + end);
      FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + ai]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a[a1 + ai]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(SPECIES, a[a2 + ai]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(SPECIES, a[a3 + ai]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(SPECIES, a[a4 + ai]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(SPECIES, a[a5 + ai]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      ai += as;
      bi += bs;
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + LANES);
    c02.intoArray(c, o0 + end);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + LANES);
    c12.intoArray(c, o1 + end);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + LANES);
    c22.intoArray(c, o2 + end);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + LANES);
    c32.intoArray(c, o3 + end);
    c40.intoArray(c, o4);
    c41.intoArray(c, o4 + LANES);
    c42.intoArray(c, o4 + end);
    c50.intoArray(c, o5);
    c51.intoArray(c, o5 + LANES);
    c52.intoArray(c, o5 + end);
  }

  private void six2() {
    float[] a = left;
    float[] b = right;
    float[] c = out;
    int top = rows - 1;
    int end = last;
    int a0 = leftAt;
    int o0 = outAt;
    int a1 = leftAt + Math.min(1, top) * leftRow;
    int o1 = outAt + Math.min(1, top) * outRow;
    int a2 = leftAt + Math.min(2, top) * leftRow;
    int o2 = outAt + Math.min(2, top) * outRow;
    int a3 = leftAt + Math.min(3, top) * leftRow;
    int o3 = outAt + Math.min(3, top) * outRow;
    int a4 = leftAt + Math.min(4, top) * leftRow;
    int o4 = outAt + Math.min(4, top) * outRow;
    int a5 = leftAt + Math.min(5, top) * leftRow;
    int o5 = outAt + Math.min(5, top) * outRow;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, o0);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, o0 + end);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, o1);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, o1 + end);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, o2);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, o2 + end);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, o3);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, o3 + end);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, o4);
    FloatVector c41 = FloatVector.fromArray(SPECIES, c, o4 + end);
    FloatVector c50 = FloatVector.fromArray(SPECIES, c, o5);
    FloatVector c51 = FloatVector.fromArray(SPECIES, c, o5 + end);
    int ai = 0;
    int bi = rightAt;
    int as = leftStep;
    int bs = rightStep;
    int n = depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + end);
      FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + ai]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[a1 + ai]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[a2 + ai]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[a3 + ai]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(SPECIES, a[a4 + ai]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(SPECIES, a[a5 + ai]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      ai += as;
      bi += bs;
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + end);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + end);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + end);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + end);
    c40.intoArray(c, o4);
    c41.intoArray(c, o4 + end);
    c50.intoArray(c, o5);
    c51.intoArray(c, o5 + end);
  }

  private void six1() {
    float[] a = left;
    float[] b = right;
    float[] c = out;
    int top = rows - 1;
    int a0 = leftAt;
    int o0 = outAt;
    int a1 = leftAt + Math.min(1, top) * leftRow;
    int o1 = outAt + Math.min(1, top) * outRow;
    int a2 = leftAt + Math.min(2, top) * leftRow;
    int o2 = outAt + Math.min(2, top) * outRow;
    int a3 = leftAt + Math.min(3, top) * leftRow;
    int o3 = outAt + Math.min(3, top) * outRow;
    int a4 = leftAt + Math.min(4, top) * leftRow;
    int o4 = outAt + Math.min(4, top) * outRow;
    int a5 = leftAt + Math.min(5, top) * leftRow;
    int o5 = outAt + Math.min(5, top) * outRow;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, o0);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, o1);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, o2);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, o3);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, o4);
    FloatVector c50 = FloatVector.fromArray(SPECIES, c, o5);
    int ai = 0;
    int bi = rightAt;
    int as = leftStep;
    int bs = rightStep;
    int n = depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + ai]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[a1 + ai]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[a2 + ai]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[a3 + ai]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[a4 + ai]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[a5 + ai]);
      c50 = x.fma(b0, c50);
      ai += as;
      bi += bs;
    }
    c00.intoArray(c, o0);
    c10.intoArray(c, o1);
    c20.intoArray(c, o2);
    c30.intoArray(c, o3);
    c40.intoArray(c, o4);
    c50.intoArray(c, o5);
  }

  private void one4() {
    float[] a = left;
    float[] b = right;
    float[] c = out;
    int end = last;
    int a0 = leftAt;
    int o0 = outAt;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, o0);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, o0 + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, c, o0 + 2 * LANES);
    FloatVector c03 = FloatVector.fromArray(SPECIES, c, o0 + end);
    int ai = 0;
    int bi = rightAt;
    int as = leftStep;
    int bs = rightStep;
    int n = depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bi + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bi + end);
      FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + ai]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      ai += as;
      bi += bs;
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + LANES);
    c02.intoArray(c, o0 + 2 * LANES);
    c03.intoArray(c, o0 + end);
  }

  private void one3() {
    float[] a = left;
    float[] b = right;
    float[] c = out;
    int end = last;
    int a0 = leftAt;
    int o0 = outAt;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, o0);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, o0 + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, c, o0 + end);
    int ai = 0;
    int bi = rightAt;
    int as = leftStep;
    int bs = rightStep;
    int n = depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bi + end);
      FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + ai]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      ai += as;
      bi += bs;
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + LANES);
    c02.intoArray(c, o0 + end);
  }

  private void one2() {
    float[] a = left;
    float[] b = right;
    float[] c = out;
    int end = last;
    int a0 = leftAt;
    int o0 = outAt;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, o0);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, o0 + end);
    int ai = 0;
    int bi = rightAt;
    int as = leftStep;
    int bs = rightStep;
    int n = depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + end);
      FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + ai]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      ai += as;
      bi += bs;
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + end);
  }

  private void one1() {
    float[] a = left;
    float[] b = right;
    float[] c = out;
    int a0 = leftAt;
    int o0 = outAt;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, o0);
    int ai = 0;
    int bi = rightAt;
    int as = leftStep;
    int bs = rightStep;
    int n = depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + ai]);
      c00 = x.fma(b0, c00);
      ai += as;
      bi += bs;
    }
    c00.intoArray(c, o0);
  }
}
