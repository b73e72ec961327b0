package dev.kingpin.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.IS_NEGATIVE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Elementary} and the logistic loop for whole vectors, step by step the same.
 *
 * <p>Each loop stands alone: a helper that takes or returns vectors would cost an object a call as
 * soon as the compiler declines to inline it. What needs an exponential therefore makes two passes,
 * the first of them {@link #mirroredExp}.
 */
final class VectorElementwise {

  private static final VectorSpecies<Float> SPECIES = VectorTile.SPECIES;
  private static final int LANES = VectorTile.LANES;
  private static final int MAGIC_BITS = Float.floatToRawIntBits(Elementary.MAGIC);

  private VectorElementwise() {}

  static void exp(float[] in, float[] out, int n) {
    wholeExp(in, out, n);
    for (int i = n - n % LANES; i < n; i++) {
      out[i] = Elementary.exp(in[i]);
    }
  }

  /** The exponentials of all whole vectors. */
  private static void wholeExp(float[] in, float[] out, int n) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, i);
      x = x.blend(Elementary.EXP_MIN, x.compare(LT, Elementary.EXP_MIN));
      x = x.blend(Elementary.EXP_MAX, x.compare(GT, Elementary.EXP_MAX));
      FloatVector shifted =
          x.fma(
              FloatVector.broadcast(SPECIES, Elementary.LOG2_E),
              FloatVector.broadcast(SPECIES, Elementary.MAGIC));
      FloatVector k = shifted.sub(Elementary.MAGIC);
      FloatVector r = k.fma(FloatVector.broadcast(SPECIES, -Elementary.LN2), x);
      r = k.fma(FloatVector.broadcast(SPECIES, -Elementary.LN2_REST), r);
      FloatVector poly = FloatVector.broadcast(SPECIES, Elementary.EXP_5);
      poly = poly.lanewise(FMA, r, Elementary.EXP_4);
      poly = poly.lanewise(FMA, r, Elementary.EXP_3);
      poly = poly.lanewise(FMA, r, Elementary.EXP_2);
      poly = poly.lanewise(FMA, r, Elementary.EXP_1);
      poly = poly.lanewise(FMA, r, Elementary.EXP_0);
      FloatVector value = poly.fma(r.mul(r), r).add(1f);
      IntVector exponent = shifted.reinterpretAsInts().sub(MAGIC_BITS);
      IntVector half = exponent.lanewise(ASHR, 1);
      IntVector rest = exponent.sub(half);
      half = half.add(Elementary.BIAS).lanewise(LSHL, Elementary.MANTISSA_BITS);
      rest = rest.add(Elementary.BIAS).lanewise(LSHL, Elementary.MANTISSA_BITS);
      value.mul(half.reinterpretAsFloats()).mul(rest.reinterpretAsFloats()).intoArray(out, i);
    }
  }

  /**
   * The exponentials of minus the absolute value, for all whole vectors; they take the sign of the
   * input.
   */
  private static void mirroredExp(float[] in, float[] out, int from, int n) {
    for (int i = from; i <= from + n - LANES; i += LANES) {
      FloatVector z = FloatVector.fromArray(SPECIES, in, i);
      FloatVector x = z.abs().neg();
      x = x.blend(Elementary.EXP_MIN, x.compare(LT, Elementary.EXP_MIN));
      x = x.blend(Elementary.EXP_MAX, x.compare(GT, Elementary.EXP_MAX));
      FloatVector shifted =
          x.fma(
              FloatVector.broadcast(SPECIES, Elementary.LOG2_E),
              FloatVector.broadcast(SPECIES, Elementary.MAGIC));
      FloatVector k = shifted.sub(Elementary.MAGIC);
      FloatVector r = k.fma(FloatVector.broadcast(SPECIES, -Elementary.LN2), x);
      r = k.fma(FloatVector.broadcast(SPECIES, -Elementary.LN2_REST), r);
      FloatVector poly = FloatVector.broadcast(SPECIES, Elementary.EXP_5);
      poly = poly.lanewise(FMA, r, Elementary.EXP_4);
      poly = poly.lanewise(FMA, r, Elementary.EXP_3);
      poly = poly.lanewise(FMA, r, Elementary.EXP_2);
      poly = poly.lanewise(FMA, r, Elementary.EXP_1);
      poly = poly.lanewise(FMA, r, Elementary.EXP_0);
      FloatVector value = poly.fma(r.mul(r), r).add(1f);
      IntVector exponent = shifted.reinterpretAsInts().sub(MAGIC_BITS);
      IntVector half = exponent.lanewise(ASHR, 1);
      IntVector rest = exponent.sub(half);
      half = half.add(Elementary.BIAS).lanewise(LSHL, Elementary.MANTISSA_BITS);
      rest = rest.add(Elementary.BIAS).lanewise(LSHL, Elementary.MANTISSA_BITS);
      value = value.mul(half.reinterpretAsFloats()).mul(rest.reinterpretAsFloats());
      value.blend(value.neg(), z.compare(LT, 0f)).intoArray(out, i);
    }
  }

  static void log(float[] in, float[] out, int n) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, i);
      VectorMask<Float> tiny = x.compare(LT, Float.MIN_NORMAL);
      FloatVector lifted = x.blend(x.mul(Elementary.LIFT), tiny);
      IntVector bits =
          lifted.reinterpretAsInts().add(Elementary.ONE_BITS - Elementary.SQRT_HALF_BITS);
      // A small integer in the low bits of a large float is that float plus the integer.
      FloatVector k =
          bits.lanewise(ASHR, Elementary.MANTISSA_BITS)
              .add(MAGIC_BITS - Elementary.BIAS)
              .reinterpretAsFloats()
              .sub(Elementary.MAGIC);
      k = k.blend(k.sub(Elementary.LIFT_BITS), tiny);
      FloatVector f =
          bits.and(Elementary.MANTISSA_MASK)
              .add(Elementary.SQRT_HALF_BITS)
              .reinterpretAsFloats()
              .sub(1f);
      FloatVector s = f.div(f.add(2f));
      FloatVector t = s.mul(s);
      FloatVector poly = FloatVector.broadcast(SPECIES, Elementary.LOG_3);
      poly = poly.lanewise(FMA, t, Elementary.LOG_2);
      poly = poly.lanewise(FMA, t, Elementary.LOG_1);
      poly = poly.lanewise(FMA, t, Elementary.LOG_0);
      FloatVector half = f.mul(0.5f).mul(f);
      FloatVector rest = s.fma(poly.fma(t, half), k.mul(Elementary.LN2_SHORT_REST));
      FloatVector value =
          k.fma(FloatVector.broadcast(SPECIES, Elementary.LN2_SHORT), f.sub(half.sub(rest)));
      value = value.blend(x, x.compare(GT, Float.MAX_VALUE));
      value = value.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
      value = value.blend(Float.NaN, x.compare(GE, 0f).not());
      value.intoArray(out, i);
    }
    for (int i = n - n % LANES; i < n; i++) {
      out[i] = Elementary.log(in[i]);
    }
  }

  static void sigmoid(float[] in, float[] out, int n) {
    for (int i = n - n % LANES; i < n; i++) {
      out[i] = Elementary.sigmoid(in[i]);
    }
    mirroredExp(in, out, 0, n);
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector signed = FloatVector.fromArray(SPECIES, out, i);
      FloatVector e = signed.abs();
      FloatVector numerator = FloatVector.broadcast(SPECIES, 1f).blend(e, signed.test(IS_NEGATIVE));
      numerator.div(e.add(1f)).intoArray(out, i);
    }
  }

  static void logistic(LogisticRows rows) {
    int n = rows.length();
    int start = rows.at();
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector zero = FloatVector.zero(SPECIES);
    mirroredExp(rows.scores(), rows.losses(), start, n);
    for (int i = 0; i <= n - LANES; i += LANES) {
      int at = start + i;
      FloatVector z = FloatVector.fromArray(SPECIES, rows.scores(), at);
      FloatVector y = FloatVector.fromArray(SPECIES, rows.targets(), i);
      FloatVector w = FloatVector.fromArray(SPECIES, rows.weights(), rows.weightsAt() + i);
      FloatVector e = FloatVector.fromArray(SPECIES, rows.losses(), at).abs();
      FloatVector large = one.div(e.add(1f));
      FloatVector small = e.mul(large);
      VectorMask<Float> positive = z.compare(GE, 0f);
      FloatVector p = small.blend(large, positive);
      FloatVector q = large.blend(small, positive);
      w.mul(p.fma(one.sub(y), q.mul(y).neg())).intoArray(rows.residuals(), at);
      FloatVector curvature = p.mul(q);
      curvature = curvature.blend(rows.floor(), curvature.compare(LT, rows.floor()));
      w.mul(curvature).intoArray(rows.curvatures(), at);
      FloatVector margin = y.neg().fma(z, zero.blend(z, z.compare(GT, 0f)));
      FloatVector s = e.div(e.add(2f));
      FloatVector t = s.mul(s);
      FloatVector poly = FloatVector.broadcast(SPECIES, Elementary.LOG1P_4);
      poly = poly.lanewise(FMA, t, Elementary.LOG1P_3);
      poly = poly.lanewise(FMA, t, Elementary.LOG1P_2);
      poly = poly.lanewise(FMA, t, Elementary.LOG1P_1);
      poly = poly.lanewise(FMA, t, Elementary.LOG1P_0);
      FloatVector log1p = s.mul(t).fma(poly, s.add(s));
      w.mul(margin.add(log1p)).intoArray(rows.losses(), at);
    }
    ScalarKernels.logistic(rows, n - n % LANES);
  }
}
