package dev.kingpin.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows to columns by tiles of 16 by 16 that stay in registers: in four rounds, lanes 8, 4, 2 and 1
 * apart of two rows as far apart change places (Eklundh, "A Fast Computer Method for Matrix
 * Transposing", 1972). Only for vectors of 16 lanes.
 */
final class VectorTranspose {

  private static final VectorSpecies<Float> SPECIES = VectorTile.SPECIES;
  static final int SIDE = 16;

  static final VectorShuffle<Float> UP_8 = rotation(-8);
  static final VectorShuffle<Float> DOWN_8 = rotation(8);
  static final VectorMask<Float> ODD_8 = odd(8);
  static final VectorShuffle<Float> UP_4 = rotation(-4);
  static final VectorShuffle<Float> DOWN_4 = rotation(4);
  static final VectorMask<Float> ODD_4 = odd(4);
  static final VectorShuffle<Float> UP_2 = rotation(-2);
  static final VectorShuffle<Float> DOWN_2 = rotation(2);
  static final VectorMask<Float> ODD_2 = odd(2);
  static final VectorShuffle<Float> UP_1 = rotation(-1);
  static final VectorShuffle<Float> DOWN_1 = rotation(1);
  static final VectorMask<Float> ODD_1 = odd(1);

  private VectorTranspose() {}

  /** Whether there are tiles for the vectors of this machine. */
  static boolean isPossible() {
    return VectorTile.LANES == SIDE;
  }

  /** Lane l takes what lane l + by has, around the end. */
  private static VectorShuffle<Float> rotation(int by) {
    int lanes = SPECIES.length();
    return VectorShuffle.fromOp(SPECIES, l -> Math.floorMod(l + by, lanes));
  }

  /** The lanes whose number has this bit. */
  private static VectorMask<Float> odd(int bit) {
    boolean[] lanes = new boolean[SPECIES.length()];
    for (int l = 0; l < lanes.length; l++) {
      lanes[l] = (l & bit) != 0;
    }
    return VectorMask.fromArray(SPECIES, lanes, 0);
  }

  /**
   * Row r of the tile starts at {@code from[starts[i + r] + j]}; its columns become rows i to i +
   * 15 of the columns from j on.
   */
  static void tile(float[] from, int[] starts, int i, int j, Columns columns) {
    float[] to = columns.values();
    int at = columns.start(j) + i;
    int stride = columns.stride();
    FloatVector r0 = FloatVector.fromArray(SPECIES, from, starts[i] + j);
    FloatVector r1 = FloatVector.fromArray(SPECIES, from, starts[i + 1] + j);
    FloatVector r2 = FloatVector.fromArray(SPECIES, from, starts[i + 2] + j);
    FloatVector r3 = FloatVector.fromArray(SPECIES, from, starts[i + 3] + j);
    FloatVector r4 = FloatVector.fromArray(SPECIES, from, starts[i + 4] + j);
    FloatVector r5 = FloatVector.fromArray(SPECIES, from, starts[i + 5] + j);
    FloatVector r6 = FloatVector.fromArray(SPECIES, from, starts[i + 6] + j);
    FloatVector r7 = FloatVector.fromArray(SPECIES, from, starts[i + 7] + j);
    FloatVector r8 = FloatVector.fromArray(SPECIES, from, starts[i + 8] + j);
    FloatVector r9 = FloatVector.fromArray(SPECIES, from, starts[i + 9] + j);
    FloatVector r10 = FloatVector.fromArray(SPECIES, from, starts[i + 10] + j);
    FloatVector r11 = FloatVector.fromArray(SPECIES, from, starts[i + 11] + j);
    FloatVector r12 = FloatVector.fromArray(SPECIES, from, starts[i + 12] + j);
    FloatVector r13 = FloatVector.fromArray(SPECIES, from, starts[i + 13] + j);
    FloatVector r14 = FloatVector.fromArray(SPECIES, from, starts[i + 14] + j);
    FloatVector r15 = FloatVector.fromArray(SPECIES, from, starts[i + 15] + j);
    FloatVector t;
    // Lanes 8 apart change places.
    t = r0.blend(r8.rearrange(UP_8), ODD_8);
    r8 = r0.rearrange(DOWN_8).blend(r8, ODD_8);
    r0 = t;
    t = r1.blend(r9.rearrange(UP_8), ODD_8);
    r9 = r1.rearrange(DOWN_8).blend(r9, ODD_8);
    r1 = t;
    t = r2.blend(r10.rearrange(UP_8), ODD_8);
    r10 = r2.rearrange(DOWN_8).blend(r10, ODD_8);
    r2 = t;
    t = r3.blend(r11.rearrange(UP_8), ODD_8);
    r11 = r3.rearrange(DOWN_8).blend(r11, ODD_8);
    r3 = t;
    t = r4.blend(r12.rearrange(UP_8), ODD_8);
    r12 = r4.rearrange(DOWN_8).blend(r12, ODD_8);
    r4 = t;
    t = r5.blend(r13.rearrange(UP_8), ODD_8);
    r13 = r5.rearrange(DOWN_8).blend(r13, ODD_8);
    r5 = t;
    t = r6.blend(r14.rearrange(UP_8), ODD_8);
    r14 = r6.rearrange(DOWN_8).blend(r14, ODD_8);
    r6 = t;
    t = r7.blend(r15.rearrange(UP_8), ODD_8);
    r15 = r7.rearrange(DOWN_8).blend(r15, ODD_8);
    r7 = t;
    // Lanes 4 apart change places.
    t = r0.blend(r4.rearrange(UP_4), ODD_4);
    r4 = r0.rearrange(DOWN_4).blend(r4, ODD_4);
    r0 = t;
    t = r1.blend(r5.rearrange(UP_4), ODD_4);
    r5 = r1.rearrange(DOWN_4).blend(r5, ODD_4);
    r1 = t;
    t = r2.blend(r6.rearrange(UP_4), ODD_4);
    r6 = r2.rearrange(DOWN_4).blend(r6, ODD_4);
    r2 = t;
    t = r3.blend(r7.rearrange(UP_4), ODD_4);
    r7 = r3.rearrange(DOWN_4).blend(r7, ODD_4);
    r3 = t;
    t = r8.blend(r12.rearrange(UP_4), ODD_4);
    r12 = r8.rearrange(DOWN_4).blend(r12, ODD_4);
    r8 = t;
    t = r9.blend(r13.rearrange(UP_4), ODD_4);
    r13 = r9.rearrange(DOWN_4).blend(r13, ODD_4);
    r9 = t;
    t = r10.blend(r14.rearrange(UP_4), ODD_4);
    r14 = r10.rearrange(DOWN_4).blend(r14, ODD_4);
    r10 = t;
    t = r11.blend(r15.rearrange(UP_4), ODD_4);
    r15 = r11.rearrange(DOWN_4).blend(r15, ODD_4);
    r11 = t;
    // Lanes 2 apart change places.
    t = r0.blend(r2.rearrange(UP_2), ODD_2);
    r2 = r0.rearrange(DOWN_2).blend(r2, ODD_2);
    r0 = t;
    t = r1.blend(r3.rearrange(UP_2), ODD_2);
    r3 = r1.rearrange(DOWN_2).blend(r3, ODD_2);
    r1 = t;
    t = r4.blend(r6.rearrange(UP_2), ODD_2);
    r6 = r4.rearrange(DOWN_2).blend(r6, ODD_2);
    r4 = t;
    t = r5.blend(r7.rearrange(UP_2), ODD_2);
    r7 = r5.rearrange(DOWN_2).blend(r7, ODD_2);
    r5 = t;
    t = r8.blend(r10.rearrange(UP_2), ODD_2);
    r10 = r8.rearrange(DOWN_2).blend(r10, ODD_2);
    r8 = t;
    t = r9.blend(r11.rearrange(UP_2), ODD_2);
    r11 = r9.rearrange(DOWN_2).blend(r11, ODD_2);
    r9 = t;
    t = r12.blend(r14.rearrange(UP_2), ODD_2);
    r14 = r12.rearrange(DOWN_2).blend(r14, ODD_2);
    r12 = t;
    t = r13.blend(r15.rearrange(UP_2), ODD_2);
    r15 = r13.rearrange(DOWN_2).blend(r15, ODD_2);
    r13 = t;
    // Lanes 1 apart change places.
    t = r0.blend(r1.rearrange(UP_1), ODD_1);
    r1 = r0.rearrange(DOWN_1).blend(r1, ODD_1);
    r0 = t;
    t = r2.blend(r3.rearrange(UP_1), ODD_1);
    r3 = r2.rearrange(DOWN_1).blend(r3, ODD_1);
    r2 = t;
    t = r4.blend(r5.rearrange(UP_1), ODD_1);
    r5 = r4.rearrange(DOWN_1).blend(r5, ODD_1);
    r4 = t;
    t = r6.blend(r7.rearrange(UP_1), ODD_1);
    r7 = r6.rearrange(DOWN_1).blend(r7, ODD_1);
    r6 = t;
    t = r8.blend(r9.rearrange(UP_1), ODD_1);
    r9 = r8.rearrange(DOWN_1).blend(r9, ODD_1);
    r8 = t;
    t = r10.blend(r11.rearrange(UP_1), ODD_1);
    r11 = r10.rearrange(DOWN_1).blend(r11, ODD_1);
    r10 = t;
    t = r12.blend(r13.rearrange(UP_1), ODD_1);
    r13 = r12.rearrange(DOWN_1).blend(r13, ODD_1);
    r12 = t;
    t = r14.blend(r15.rearrange(UP_1), ODD_1);
    r15 = r14.rearrange(DOWN_1).blend(r15, ODD_1);
    r14 = t;
    r0.intoArray(to, at);
    r1.intoArray(to, at + stride);
    r2.intoArray(to, at + 2 * stride);
    r3.intoArray(to, at + 3 * stride);
    r4.intoArray(to, at + 4 * stride);
    r5.intoArray(to, at + 5 * stride);
    r6.intoArray(to, at + 6 * stride);
    r7.intoArray(to, at + 7 * stride);
    r8.intoArray(to, at + 8 * stride);
    r9.intoArray(to, at + 9 * stride);
    r10.intoArray(to, at + 10 * stride);
    r11.intoArray(to, at + 11 * stride);
    r12.intoArray(to, at + 12 * stride);
    r13.intoArray(to, at + 13 * stride);
    r14.intoArray(to, at + 14 * stride);
    r15.intoArray(to, at + 15 * stride);
  }
}
