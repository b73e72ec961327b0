package dev.kingpin.kernel;

/**
 * exp for one double, within 1.1 ulp, from exact operations only: the same bits interpreted,
 * compiled and on every machine; {@link VectorDoubleExp} runs the same steps with the same
 * constants.
 *
 * <p>x = n ln 2 + r with |r| at most ln 2 / 2; exp r is its Taylor series up to r^13, whose rest is
 * below a hundredth of an ulp there; the factor 2^n is applied in two halves, so that a subnormal
 * result is rounded once.
 */
final class DoubleExp {
  /** Adding it rounds a small double to an integer, which then stands in the low bits. */
  static final double MAGIC = 0x1.8p52;

  static final double LOG2_E = 0x1.71547652b82fep0;

  /** ln 2 in 39 bits, so that its product with an exponent is exact, and what is missing. */
  static final double LN2 = 0x1.62e42fefa4p-1;

  static final double LN2_REST = -0x1.8432a1b0e2634p-43;

  /** Beyond these, exp is infinity or rounds to zero. */
  static final double MAX = 710;

  static final double MIN = -746;

  static final double F2 = 1.0 / 2;
  static final double F3 = 1.0 / 6;
  static final double F4 = 1.0 / 24;
  static final double F5 = 1.0 / 120;
  static final double F6 = 1.0 / 720;
  static final double F7 = 1.0 / 5_040;
  static final double F8 = 1.0 / 40_320;
  static final double F9 = 1.0 / 362_880;
  static final double F10 = 1.0 / 3_628_800;
  static final double F11 = 1.0 / 39_916_800;
  static final double F12 = 1.0 / 479_001_600;
  static final double F13 = 1.0 / 6_227_020_800.0;

  static final int BIAS = 1023;
  static final int MANTISSA_BITS = 52;

  private DoubleExp() {}

  /**
   * e to the power of x; infinity beyond about 709.8, 0 below about -745.1, NaN for NaN.
   *
   * @param x any number
   */
  static double exp(double x) {
    double clamped = x < MIN ? MIN : x;
    clamped = clamped > MAX ? MAX : clamped;
    double shifted = Math.fma(clamped, LOG2_E, MAGIC);
    double n = shifted - MAGIC;
    double r = Math.fma(n, -LN2_REST, Math.fma(n, -LN2, clamped));
    double value = Math.fma(series(r), r * r, r) + 1;
    int exponent = (int) Double.doubleToRawLongBits(shifted);
    int half = exponent >> 1;
    return value * powerOfTwo(half) * powerOfTwo(exponent - half);
  }

  /** (exp r - 1 - r) / r². Two chains, of even and odd powers, that run side by side. */
  private static double series(double r) {
    double square = r * r;
    double odd = Math.fma(F13, square, F11);
    double even = Math.fma(F12, square, F10);
    odd = Math.fma(odd, square, F9);
    even = Math.fma(even, square, F8);
    odd = Math.fma(odd, square, F7);
    even = Math.fma(even, square, F6);
    odd = Math.fma(odd, square, F5);
    even = Math.fma(even, square, F4);
    odd = Math.fma(odd, square, F3);
    even = Math.fma(even, square, F2);
    return Math.fma(odd, r, even);
  }

  /** 1 / (1 + exp(-x)), accurate also where it is close to 0. */
  static double sigmoid(double x) {
    double e = exp(-Math.abs(x));
    return (x >= 0 ? 1 : e) / (1 + e);
  }

  /** 2^exponent for an exponent in the normal range. */
  private static double powerOfTwo(int exponent) {
    return Double.longBitsToDouble((long) (exponent + BIAS) << MANTISSA_BITS);
  }
}
