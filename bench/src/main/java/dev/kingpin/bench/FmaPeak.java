package dev.kingpin.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Multiply-adds in registers only: the most that a core can do. */
final class FmaPeak implements Runnable {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int STEPS = 20_000;
  private static final int CHAINS = 12;

  /** Floating-point operations of one run; a multiply-add counts as two. */
  static final double FLOPS = 2.0 * STEPS * CHAINS * SPECIES.length();

  private final float[] sink = new float[SPECIES.length()];

  @Override
  public void run() {
    FloatVector x = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector y = FloatVector.broadcast(SPECIES, 1f);
    FloatVector c0 = y.mul(0f);
    FloatVector c1 = y.mul(1f);
    FloatVector c2 = y.mul(2f);
    FloatVector c3 = y.mul(3f);
    FloatVector c4 = y.mul(4f);
    FloatVector c5 = y.mul(5f);
    FloatVector c6 = y.mul(6f);
    FloatVector c7 = y.mul(7f);
    FloatVector c8 = y.mul(8f);
    FloatVector c9 = y.mul(9f);
    FloatVector c10 = y.mul(10f);
    FloatVector c11 = y.mul(11f);
    for (int i = 0; i < STEPS; i++) {
      c0 = c0.fma(x, y);
      c1 = c1.fma(x, y);
      c2 = c2.fma(x, y);
      c3 = c3.fma(x, y);
      c4 = c4.fma(x, y);
      c5 = c5.fma(x, y);
      c6 = c6.fma(x, y);
      c7 = c7.fma(x, y);
      c8 = c8.fma(x, y);
      c9 = c9.fma(x, y);
      c10 = c10.fma(x, y);
      c11 = c11.fma(x, y);
    }
    FloatVector sum = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    sum.add(c6).add(c7).add(c8).add(c9).add(c10).add(c11).intoArray(sink, 0);
  }
}
