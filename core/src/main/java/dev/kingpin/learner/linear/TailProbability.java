package dev.kingpin.learner.linear;

/**
 * The chance that Student's t, or a normal variable, is at least so far from 0, to about twelve
 * digits.
 *
 * <p>It is the regularised incomplete beta function I(x; n / 2, 1 / 2) at x = n / (n + t²), summed
 * as a continued fraction by the method of Lentz (Thompson and Barnett, J. Comput. Phys. 64, 1986).
 * The normal tail is erfc, by its series or its continued fraction (Abramowitz and Stegun, 7.1.6
 * and 7.1.14).
 */
final class TailProbability {
  private static final double SMALLEST = 1e-300;
  private static final double PRECISION = 1e-15;
  private static final int MOST_TERMS = 20_000;

  /** From here on Student's t is taken for normal: tails differ by t^4 / 4n of themselves. */
  private static final double MANY_DEGREES = 1e8;

  private static final double SERIES_END = 2;
  private static final double SERIES_START = 200;
  private static final int FRACTION_TERMS = 120;

  private TailProbability() {}

  /**
   * P(|T| &gt;= |t|) for a T with so many degrees of freedom.
   *
   * @param degrees at least 1; infinity for the normal distribution
   */
  static double ofStudent(double t, double degrees) {
    if (Double.isNaN(t) || !(degrees >= 1)) {
      return Double.NaN;
    }
    if (degrees >= MANY_DEGREES || Double.isInfinite(t)) {
      return ofNormal(t);
    }
    double a = degrees / 2;
    double square = t * t;
    double x = degrees / (degrees + square);
    double y = square / (degrees + square);
    double front =
        gammaRatio(a)
            / Math.sqrt(Math.PI)
            * Math.sqrt(y)
            * StrictMath.exp(power(a, square / degrees));
    if (x < (a + 1) / (a + 2.5)) {
      return front * fraction(a, 0.5, x) / a;
    }
    return 1 - front * fraction(0.5, a, y) * 2;
  }

  /** The logarithm of x^a for x = 1 / (1 + ratio). */
  private static double power(double a, double ratio) {
    return -a * StrictMath.log1p(ratio);
  }

  /** Gamma(a + 1/2) / Gamma(a): an asymptotic series beyond 200, and a recurrence down to a. */
  private static double gammaRatio(double a) {
    double factor = 1;
    double at = a;
    while (at < SERIES_START) {
      factor *= at / (at + 0.5);
      at++;
    }
    double u = 1 / (8 * at);
    double series = 1 - u * (1 - u / 2 * (1 + u * 5 * (1 - u * 21 / 20)));
    return factor * Math.sqrt(at) * series;
  }

  /** The continued fraction of the incomplete beta function (Abramowitz and Stegun, 26.5.8). */
  private static double fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / notZero(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; m <= MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / notZero(1 + even * d);
      c = notZero(1 + even / c);
      value *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / notZero(1 + odd * d);
      c = notZero(1 + odd / c);
      value *= d * c;
      if (Math.abs(d * c - 1) < PRECISION) {
        break;
      }
    }
    return value;
  }

  private static double notZero(double value) {
    return Math.abs(value) < SMALLEST ? SMALLEST : value;
  }

  /** P(|Z| &gt;= |z|) for a standard normal Z: erfc(|z| / sqrt 2). */
  static double ofNormal(double z) {
    double x = Math.abs(z) / Math.sqrt(2);
    double density = StrictMath.exp(-x * x) / Math.sqrt(Math.PI);
    if (x < SERIES_END) {
      double term = x;
      double sum = x;
      for (int n = 1; term > PRECISION * sum; n++) {
        term *= 2 * x * x / (2 * n + 1);
        sum += term;
      }
      return 1 - 2 * density * sum;
    }
    double value = x;
    for (int n = FRACTION_TERMS; n >= 1; n--) {
      value = x + n / 2.0 / value;
    }
    return density == 0 ? 0 : density / value;
  }
}
