package dev.kingpin.kernel;

/**
 * exp, log and their kin for one float, from exact operations only; the vector twin runs the same
 * steps with the same constants.
 *
 * <p><b>exp.</b> x = n ln 2 + r with |r| at most ln 2 / 2; exp r = 1 + r + r² P(r); the factor 2^n
 * is applied in two halves, so that a subnormal result is rounded once.
 *
 * <p><b>log.</b> x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2). With s = f / (2 + f),
 * log(1 + f) = 2 atanh(s) = 2 s + s³ P(s²), summed so that the large part f stays exact.
 *
 * <p>The polynomials interpolate at Chebyshev nodes of their interval.
 */
final class Elementary {

  /** Adding it rounds a small float to an integer, which then stands in the low bits. */
  static final float MAGIC = 0x1.8p23f;

  static final float LOG2_E = 0x1.715476p0f;

  /** ln 2 as a float, and what is missing. */
  static final float LN2 = 0x1.62e43p-1f;

  static final float LN2_REST = -0x1.05c61p-29f;

  /** ln 2 in 16 bits, so that its product with an exponent is exact, and what is missing. */
  static final float LN2_SHORT = 0x1.62e4p-1f;

  static final float LN2_SHORT_REST = 0x1.7f7d1cp-20f;

  /** Beyond these, exp is infinity or rounds to zero. */
  static final float EXP_MAX = 89f;

  static final float EXP_MIN = -104f;

  static final float EXP_0 = 0.5f;
  static final float EXP_1 = 0x1.555556p-3f;
  static final float EXP_2 = 0x1.5554e4p-5f;
  static final float EXP_3 = 0x1.1110ep-7f;
  static final float EXP_4 = 0x1.6d492p-10f;
  static final float EXP_5 = 0x1.a12a42p-13f;

  static final float LOG_0 = 0x1.555556p-1f;
  static final float LOG_1 = 0x1.9999ecp-2f;
  static final float LOG_2 = 0x1.245c08p-2f;
  static final float LOG_3 = 0x1.dddbaap-3f;

  static final float LOG1P_0 = 0x1.555556p-1f;
  static final float LOG1P_1 = 0x1.9998d4p-2f;
  static final float LOG1P_2 = 0x1.24c926p-2f;
  static final float LOG1P_3 = 0x1.bc8cf8p-3f;
  static final float LOG1P_4 = 0x1.dba26p-3f;

  /** Bits of sqrt(1/2): mantissas are brought to [sqrt(1/2), sqrt(2)). */
  static final int SQRT_HALF_BITS = 0x3f3504f3;

  static final int ONE_BITS = 0x3f800000;
  static final int MANTISSA_MASK = 0x007fffff;
  static final int MANTISSA_BITS = 23;
  static final int BIAS = 127;

  /** Lifts subnormals into the normal range. */
  static final float LIFT = 0x1p25f;

  static final int LIFT_BITS = 25;

  private Elementary() {}

  static float exp(float x) {
    float clamped = x < EXP_MIN ? EXP_MIN : x;
    clamped = clamped > EXP_MAX ? EXP_MAX : clamped;
    float shifted = Math.fma(clamped, LOG2_E, MAGIC);
    float n = shifted - MAGIC;
    float r = Math.fma(n, -LN2_REST, Math.fma(n, -LN2, clamped));
    float poly = Math.fma(EXP_5, r, EXP_4);
    poly = Math.fma(poly, r, EXP_3);
    poly = Math.fma(poly, r, EXP_2);
    poly = Math.fma(poly, r, EXP_1);
    poly = Math.fma(poly, r, EXP_0);
    float value = Math.fma(poly, r * r, r) + 1f;
    int exponent = Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(MAGIC);
    int half = exponent >> 1;
    return value * powerOfTwo(half) * powerOfTwo(exponent - half);
  }

  static float log(float x) {
    if (!(x > 0)) {
      return x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
    }
    if (x > Float.MAX_VALUE) {
      return x;
    }
    boolean tiny = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(tiny ? x * LIFT : x) + (ONE_BITS - SQRT_HALF_BITS);
    float k = (bits >> MANTISSA_BITS) - BIAS - (tiny ? LIFT_BITS : 0);
    float f = Float.intBitsToFloat((bits & MANTISSA_MASK) + SQRT_HALF_BITS) - 1f;
    float s = f / (f + 2f);
    float t = s * s;
    float poly = Math.fma(LOG_3, t, LOG_2);
    poly = Math.fma(poly, t, LOG_1);
    poly = Math.fma(poly, t, LOG_0);
    float half = 0.5f * f * f;
    float rest = Math.fma(s, Math.fma(poly, t, half), k * LN2_SHORT_REST);
    return Math.fma(k, LN2_SHORT, f - (half - rest));
  }

  /** log(1 + x) for x in [0, 1]. */
  static float log1p(float x) {
    float s = x / (x + 2f);
    float t = s * s;
    float poly = Math.fma(LOG1P_4, t, LOG1P_3);
    poly = Math.fma(poly, t, LOG1P_2);
    poly = Math.fma(poly, t, LOG1P_1);
    poly = Math.fma(poly, t, LOG1P_0);
    return Math.fma(s * t, poly, s + s);
  }

  static float sigmoid(float x) {
    float e = exp(-Math.abs(x));
    return (x >= 0 ? 1f : e) / (e + 1f);
  }

  /** 2^exponent for an exponent in the normal range. */
  private static float powerOfTwo(int exponent) {
    return Float.intBitsToFloat((exponent + BIAS) << MANTISSA_BITS);
  }
}
