package dev.kingpin.learner.linear;

/**
 * How likely a statistic is at least as far from zero as one that was seen, if it has the standard
 * normal or Student's distribution: two-sided p-values, with small relative errors far out in the
 * tails too.
 *
 * <p>Both come from series near zero and from continued fractions beyond. The incomplete beta
 * function, which gives Student's, needs no logarithm of the gamma function: one of its parameters
 * is always a half, so a ratio of gamma functions is enough, and large ones do not cancel. With
 * many degrees of freedom Student's t is brought to a normal statistic (Hill, "Algorithm 395:
 * Student's t-distribution", 1970).
 */
final class TailProbability {
  /** 1 / sqrt(2 pi). */
  private static final double NORMAL_DENSITY = 0.3989422804014327;

  /** sqrt(pi). */
  private static final double ROOT_PI = 1.772453850905516;

  private static final double NORMAL_TAIL = 2;
  private static final double MANY_DEGREES = 1e4;
  private static final int NORMAL_TERMS = 200;
  private static final int MAX_BETA_TERMS = 2_000;
  private static final double ROUNDING = 1e-16;

  private TailProbability() {}

  /**
   * The standard normal distribution.
   *
   * @return in [0, 1]; NaN for NaN
   */
  static double normal(double z) {
    double size = Math.min(Math.abs(z), 1e3); // beyond, the probability is 0
    double square = size * size;
    double lost = Math.fma(size, size, -square);
    double density = NORMAL_DENSITY * StrictMath.exp(-square / 2) * (1 - lost / 2);
    return size < NORMAL_TAIL ? 1 - 2 * density * centre(size) : 2 * density / fraction(size);
  }

  /** Over the density, the probability between 0 and z: z + z³/3 + z⁵/(3·5) + ... */
  private static double centre(double z) {
    double sum = 0;
    double term = z;
    for (int odd = 3; term > ROUNDING * sum; odd += 2) {
      sum += term;
      term *= z * z / odd;
    }
    return sum;
  }

  /** The density over the probability beyond z: z + 1/(z + 2/(z + 3/(z + ...))). */
  private static double fraction(double z) {
    double tail = z;
    for (int k = NORMAL_TERMS; k > 0; k--) {
      tail = z + k / tail;
    }
    return tail;
  }

  /**
   * Student's t-distribution.
   *
   * @param degrees of freedom, above 0, not always whole; infinity is the normal distribution
   * @return in [0, 1]; NaN for NaN and for degrees that are not above 0
   */
  static double student(double t, double degrees) {
    if (!(degrees > 0)) {
      return Double.NaN;
    }
    if (degrees > MANY_DEGREES) {
      return normal(asNormal(t, degrees));
    }
    double root = t / Math.sqrt(degrees);
    double odds = root * root;
    if (odds == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double a = degrees / 2;
    double x = 1 / (1 + odds);
    double y = odds / (1 + odds);
    double front = StrictMath.exp(-a * StrictMath.log1p(odds)) * Math.sqrt(y);
    front *= gammaRatio(a) / ROOT_PI;
    return x < (a + 1) / (a + 2.5)
        ? front / a * betaFraction(x, a, 0.5)
        : 1 - front / 0.5 * betaFraction(y, 0.5, a);
  }

  /** A normal statistic with nearly the same probabilities. */
  private static double asNormal(double t, double degrees) {
    if (degrees == Double.POSITIVE_INFINITY || t * t == Double.POSITIVE_INFINITY) {
      return t;
    }
    double a = degrees - 0.5;
    double b = 48 * a * a;
    double square = a * StrictMath.log1p(t * t / degrees);
    double last = ((-0.4 * square - 3.3) * square - 24) * square - 85.5;
    double correction = (last / (0.8 * square * square + 100 + b) + square + 3) / b;
    return (1 + correction) * Math.sqrt(square);
  }

  /** Gamma(a + 1/2) / Gamma(a): Stirling's series, after a recurrence to where it is exact. */
  private static double gammaRatio(double a) {
    double factor = 1;
    double large = a;
    while (large < 20) {
      factor *= large / (large + 0.5);
      large++;
    }
    double r = 1 / large;
    double s = r * r;
    double log = r * (-1.0 / 8 + s * (1.0 / 192 + s * (-1.0 / 640 + s * (17.0 / 14336))));
    return factor * Math.sqrt(large) * StrictMath.exp(log);
  }

  /**
   * The continued fraction of the incomplete beta function, by Lentz's method (Press et al.,
   * "Numerical Recipes", section on the incomplete beta function). Fast for x below (a + 1) / (a +
   * b + 2).
   */
  private static double betaFraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / (1 - (a + b) * x / (a + 1));
    double product = d;
    for (int m = 1; m <= MAX_BETA_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / (1 + even * d);
      c = 1 + even / c;
      product *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / (1 + odd * d);
      c = 1 + odd / c;
      product *= d * c;
      if (Math.abs(d * c - 1) <= 2 * ROUNDING) {
        break;
      }
    }
    return product;
  }
}
