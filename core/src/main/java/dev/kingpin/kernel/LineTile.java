package dev.kingpin.kernel;

import static dev.kingpin.kernel.VectorTile.LANES;
import static dev.kingpin.kernel.VectorTile.SPECIES;

import jdk.incubator.vector.FloatVector;

/** Tiles of a single row. */
final class LineTile {

  private LineTile() {}

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
    int end = t.last;
    int o0 = t.outAt;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, o0);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, o0 + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, c, o0 + 2 * LANES);
    FloatVector c03 = FloatVector.fromArray(SPECIES, c, o0 + end);
    int ai = t.leftAt;
    int bi = t.rightAt;
    int as = t.leftStep;
    int bs = t.rightStep;
    int n = t.depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bi + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bi + end);
      FloatVector x = FloatVector.broadcast(SPECIES, a[ai]);
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

  private static void run3(VectorTile t) {
    float[] a = t.left;
    float[] b = t.right;
    float[] c = t.out;
    int end = t.last;
    int o0 = t.outAt;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, o0);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, o0 + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, c, o0 + end);
    int ai = t.leftAt;
    int bi = t.rightAt;
    int as = t.leftStep;
    int bs = t.rightStep;
    int n = t.depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bi + end);
      FloatVector x = FloatVector.broadcast(SPECIES, a[ai]);
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

  private static void run2(VectorTile t) {
    float[] a = t.left;
    float[] b = t.right;
    float[] c = t.out;
    int end = t.last;
    int o0 = t.outAt;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, o0);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, o0 + end);
    int ai = t.leftAt;
    int bi = t.rightAt;
    int as = t.leftStep;
    int bs = t.rightStep;
    int n = t.depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + end);
      FloatVector x = FloatVector.broadcast(SPECIES, a[ai]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      ai += as;
      bi += bs;
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + end);
  }

  private static void run1(VectorTile t) {
    float[] a = t.left;
    float[] b = t.right;
    float[] c = t.out;
    int o0 = t.outAt;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, o0);
    int ai = t.leftAt;
    int bi = t.rightAt;
    int as = t.leftStep;
    int bs = t.rightStep;
    int n = t.depth;
    for (int k = 0; k < n; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector x = FloatVector.broadcast(SPECIES, a[ai]);
      c00 = x.fma(b0, c00);
      ai += as;
      bi += bs;
    }
    c00.intoArray(c, o0);
  }
}
