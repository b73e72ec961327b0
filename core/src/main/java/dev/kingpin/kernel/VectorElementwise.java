package dev.kingpin.kernel;

import static dev.kingpin.kernel.Elementary.BIAS;
import static dev.kingpin.kernel.Elementary.MANTISSA_BITS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Elementary} and the logistic loop for whole vectors, step by step the same. */
final class VectorElementwise {

  private static final VectorSpecies<Float> SPECIES = VectorTile.SPECIES;
  private static final int LANES = VectorTile.LANES;

  private VectorElementwise() {}

  static void exp(float[] in, float[] out, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      exp(FloatVector.fromArray(SPECIES, in, i)).intoArray(out, i);
    }
    for (; i < n; i++) {
      out[i] = Elementary.exp(in[i]);
    }
  }

  static void log(float[] in, float[] out, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      log(FloatVector.fromArray(SPECIES, in, i)).intoArray(out, i);
    }
    for (; i < n; i++) {
      out[i] = Elementary.log(in[i]);
    }
  }

  static void sigmoid(float[] in, float[] out, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, i);
      FloatVector e = exp(x.abs().neg());
      FloatVector numerator = e.blend(1f, x.compare(VectorOperators.GE, 0f));
      numerator.div(e.add(1f)).intoArray(out, i);
    }
    for (; i < n; i++) {
      out[i] = Elementary.sigmoid(in[i]);
    }
  }

  static void logistic(LogisticRows rows) {
    int i = 0;
    for (; i <= rows.length() - LANES; i += LANES) {
      logistic(rows, i);
    }
    ScalarKernels.logistic(rows, i);
  }

  private static void logistic(LogisticRows rows, int at) {
    FloatVector z = FloatVector.fromArray(SPECIES, rows.scores(), at);
    FloatVector y = FloatVector.fromArray(SPECIES, rows.targets(), at);
    FloatVector w = FloatVector.fromArray(SPECIES, rows.weights(), at);
    FloatVector e = exp(z.abs().neg());
    FloatVector large = FloatVector.broadcast(SPECIES, 1f).div(e.add(1f));
    FloatVector small = e.mul(large);
    VectorMask<Float> positive = z.compare(VectorOperators.GE, 0f);
    FloatVector p = small.blend(large, positive);
    FloatVector q = large.blend(small, positive);
    FloatVector away = FloatVector.broadcast(SPECIES, 1f).sub(y);
    w.mul(p.fma(away, q.mul(y).neg())).intoArray(rows.residuals(), at);
    FloatVector curvature = p.mul(q);
    VectorMask<Float> low = curvature.compare(VectorOperators.LT, rows.floor());
    w.mul(curvature.blend(rows.floor(), low)).intoArray(rows.curvatures(), at);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector margin = y.neg().fma(z, zero.blend(z, z.compare(VectorOperators.GT, 0f)));
    w.mul(margin.add(log1p(e))).intoArray(rows.losses(), at);
  }

  private static FloatVector exp(FloatVector x) {
    FloatVector clamped =
        x.blend(Elementary.EXP_MIN, x.compare(VectorOperators.LT, Elementary.EXP_MIN));
    clamped =
        clamped.blend(Elementary.EXP_MAX, clamped.compare(VectorOperators.GT, Elementary.EXP_MAX));
    FloatVector shifted = fma(clamped, Elementary.LOG2_E, Elementary.MAGIC);
    FloatVector n = shifted.sub(Elementary.MAGIC);
    FloatVector r = n.fma(all(-Elementary.LN2_REST), n.fma(all(-Elementary.LN2), clamped));
    FloatVector poly = fma(r, Elementary.EXP_5, Elementary.EXP_4);
    poly = poly.fma(r, all(Elementary.EXP_3));
    poly = poly.fma(r, all(Elementary.EXP_2));
    poly = poly.fma(r, all(Elementary.EXP_1));
    poly = poly.fma(r, all(Elementary.EXP_0));
    FloatVector value = poly.fma(r.mul(r), r).add(1f);
    IntVector exponent = shifted.reinterpretAsInts().sub(Float.floatToRawIntBits(Elementary.MAGIC));
    IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
    return value.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
  }

  private static FloatVector log(FloatVector x) {
    VectorMask<Float> tiny = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
    FloatVector lifted = x.blend(x.mul(Elementary.LIFT), tiny);
    IntVector bits =
        lifted.reinterpretAsInts().add(Elementary.ONE_BITS - Elementary.SQRT_HALF_BITS);
    IntVector exponent = bits.lanewise(VectorOperators.ASHR, MANTISSA_BITS).sub(BIAS);
    FloatVector k = toFloat(exponent);
    k = k.blend(k.sub(Elementary.LIFT_BITS), tiny);
    FloatVector f =
        bits.and(Elementary.MANTISSA_MASK)
            .add(Elementary.SQRT_HALF_BITS)
            .reinterpretAsFloats()
            .sub(1f);
    FloatVector s = f.div(f.add(2f));
    FloatVector t = s.mul(s);
    FloatVector poly = fma(t, Elementary.LOG_3, Elementary.LOG_2);
    poly = poly.fma(t, all(Elementary.LOG_1));
    poly = poly.fma(t, all(Elementary.LOG_0));
    FloatVector half = f.mul(0.5f).mul(f);
    FloatVector rest = s.fma(poly.fma(t, half), k.mul(Elementary.LN2_SHORT_REST));
    FloatVector value = k.fma(all(Elementary.LN2_SHORT), f.sub(half.sub(rest)));
    return logOutsideRange(x, value);
  }

  private static FloatVector logOutsideRange(FloatVector x, FloatVector value) {
    FloatVector v = value.blend(x, x.compare(VectorOperators.GT, Float.MAX_VALUE));
    v = v.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
    return v.blend(Float.NaN, x.compare(VectorOperators.GE, 0f).not());
  }

  private static FloatVector log1p(FloatVector x) {
    FloatVector s = x.div(x.add(2f));
    FloatVector t = s.mul(s);
    FloatVector poly = fma(t, Elementary.LOG1P_4, Elementary.LOG1P_3);
    poly = poly.fma(t, all(Elementary.LOG1P_2));
    poly = poly.fma(t, all(Elementary.LOG1P_1));
    poly = poly.fma(t, all(Elementary.LOG1P_0));
    return s.mul(t).fma(poly, s.add(s));
  }

  /** 2^exponent for exponents in the normal range. */
  private static FloatVector powerOfTwo(IntVector exponent) {
    return exponent.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS).reinterpretAsFloats();
  }

  /** Small integers as floats, exactly: they become the low bits of a large float. */
  private static FloatVector toFloat(IntVector small) {
    IntVector bits = small.add(Float.floatToRawIntBits(Elementary.MAGIC));
    return bits.reinterpretAsFloats().sub(Elementary.MAGIC);
  }

  private static FloatVector fma(FloatVector x, float factor, float summand) {
    return x.fma(all(factor), all(summand));
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
