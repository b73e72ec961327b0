package dev.kingpin.kernel;

import static dev.kingpin.kernel.VectorTile.LANES;
import static dev.kingpin.kernel.VectorTile.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of 1 to 6 rows whose left factor lies row by row: the k of a row are neighbours.
 *
 * <p>With fewer than 6 rows the last one is computed again in place of the missing ones, and the
 * same numbers are stored again.
 */
final class RowTile {

  private RowTile() {}

  /** Adds the product to the result; see {@link VectorTile} for the fields. */
  static void run(VectorTile t, int vectors) {
    switch (vectors) {
      case 1 -> run1(t);
      case 2 -> run2(t);
      case 3 -> run3(t);
      default -> run4(t);
    }
  }

  private static void run4(VectorTile t) {
    float[] a = t.left;
    float[] b = t.right;
    float[] c = t.out;
    int top = t.rows - 1;
    int end = t.last;
    int a0 = t.leftAt;
    int o0 = t.outAt;
    int a1 = t.leftAt + Math.min(1, top) * t.leftRow;
    int o1 = o0 + Math.min(1, top) * t.outRow;
    int a2 = t.leftAt + Math.min(2, top) * t.leftRow;
    int o2 = o0 + Math.min(2, top) * t.outRow;
    int a3 = t.leftAt + Math.min(3, top) * t.leftRow;
    int o3 = o0 + Math.min(3, top) * t.outRow;
    int a4 = t.leftAt + Math.min(4, top) * t.leftRow;
    int o4 = o0 + Math.min(4, top) * t.outRow;
    int a5 = t.leftAt + Math.min(5, top) * t.leftRow;
    int o5 = o0 + Math.min(5, top) * t.outRow;
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
    int bi = t.rightAt;
    int bs = t.rightStep;
    int n = t.depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bi + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bi + end);
      FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(SPECIES, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(SPECIES, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(SPECIES, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = FloatVector.broadcast(SPECIES, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
      x = FloatVector.broadcast(SPECIES, a[a5 + k]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      c53 = x.fma(b3, c53);
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

  private static void run3(VectorTile t) {
    float[] a = t.left;
    float[] b = t.right;
    float[] c = t.out;
    int top = t.rows - 1;
    int end = t.last;
    int a0 = t.leftAt;
    int o0 = t.outAt;
    int a1 = t.leftAt + Math.min(1, top) * t.leftRow;
    int o1 = o0 + Math.min(1, top) * t.outRow;
    int a2 = t.leftAt + Math.min(2, top) * t.leftRow;
    int o2 = o0 + Math.min(2, top) * t.outRow;
    int a3 = t.leftAt + Math.min(3, top) * t.leftRow;
    int o3 = o0 + Math.min(3, top) * t.outRow;
    int a4 = t.leftAt + Math.min(4, top) * t.leftRow;
    int o4 = o0 + Math.min(4, top) * t.outRow;
    int a5 = t.leftAt + Math.min(5, top) * t.leftRow;
    int o5 = o0 + Math.min(5, top) * t.outRow;
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
    int bi = t.rightAt;
    int bs = t.rightStep;
    int n = t.depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bi + end);
      FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(SPECIES, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(SPECIES, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(SPECIES, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(SPECIES, a[a5 + k]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
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

  private static void run2(VectorTile t) {
    float[] a = t.left;
    float[] b = t.right;
    float[] c = t.out;
    int top = t.rows - 1;
    int end = t.last;
    int a0 = t.leftAt;
    int o0 = t.outAt;
    int a1 = t.leftAt + Math.min(1, top) * t.leftRow;
    int o1 = o0 + Math.min(1, top) * t.outRow;
    int a2 = t.leftAt + Math.min(2, top) * t.leftRow;
    int o2 = o0 + Math.min(2, top) * t.outRow;
    int a3 = t.leftAt + Math.min(3, top) * t.leftRow;
    int o3 = o0 + Math.min(3, top) * t.outRow;
    int a4 = t.leftAt + Math.min(4, top) * t.leftRow;
    int o4 = o0 + Math.min(4, top) * t.outRow;
    int a5 = t.leftAt + Math.min(5, top) * t.leftRow;
    int o5 = o0 + Math.min(5, top) * t.outRow;
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
    int bi = t.rightAt;
    int bs = t.rightStep;
    int n = t.depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + end);
      FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(SPECIES, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(SPECIES, a[a5 + k]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
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

  private static void run1(VectorTile t) {
    float[] a = t.left;
    float[] b = t.right;
    float[] c = t.out;
    int top = t.rows - 1;
    int a0 = t.leftAt;
    int o0 = t.outAt;
    int a1 = t.leftAt + Math.min(1, top) * t.leftRow;
    int o1 = o0 + Math.min(1, top) * t.outRow;
    int a2 = t.leftAt + Math.min(2, top) * t.leftRow;
    int o2 = o0 + Math.min(2, top) * t.outRow;
    int a3 = t.leftAt + Math.min(3, top) * t.leftRow;
    int o3 = o0 + Math.min(3, top) * t.outRow;
    int a4 = t.leftAt + Math.min(4, top) * t.leftRow;
    int o4 = o0 + Math.min(4, top) * t.outRow;
    int a5 = t.leftAt + Math.min(5, top) * t.leftRow;
    int o5 = o0 + Math.min(5, top) * t.outRow;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, o0);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, o1);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, o2);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, o3);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, o4);
    FloatVector c50 = FloatVector.fromArray(SPECIES, c, o5);
    int bi = t.rightAt;
    int bs = t.rightStep;
    int n = t.depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + k]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[a1 + k]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[a2 + k]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[a3 + k]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[a4 + k]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[a5 + k]);
      c50 = x.fma(b0, c50);
      bi += bs;
    }
    c00.intoArray(c, o0);
    c10.intoArray(c, o1);
    c20.intoArray(c, o2);
    c30.intoArray(c, o3);
    c40.intoArray(c, o4);
    c50.intoArray(c, o5);
  }
}
