package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;

/** Made-up data that is the same on every JVM, and how bits are compared. */
final class Numbers {

  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    0x1p-100f,
    -0x1p-67f,
    0x1p51f,
    -0x1p83f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  private Numbers() {}

  /** Numbers between -1 and 1. */
  static float[] plain(long seed, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (2 * Hash.unit(Hash.hash(seed, i)) - 1);
    }
    return values;
  }

  /** Finite numbers of many magnitudes, zeros of both signs among them. */
  static float[] mixed(long seed, int n) {
    float[] values = plain(seed, n);
    for (int i = 0; i < n; i++) {
      long h = Hash.hash(seed + 1, i);
      if (h % 5 == 0) {
        values[i] = SPECIAL[(int) (h >>> 60) % 11];
      }
    }
    return values;
  }

  /** Any float there is. */
  static float[] any(long seed, int n) {
    float[] values = mixed(seed, n);
    for (int i = 0; i < n; i++) {
      long h = Hash.hash(seed + 2, i);
      if (h % 7 == 0) {
        values[i] = SPECIAL[(int) (h >>> 60) % SPECIAL.length];
      } else if (h % 7 == 1) {
        values[i] = Float.intBitsToFloat((int) (h >>> 32));
      }
    }
    return values;
  }

  static double[] doubles(long seed, int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = 2 * Hash.unit(Hash.hash(seed, i)) - 1;
    }
    return values;
  }

  /** Asserts equal bits; one NaN is as good as another. */
  static void assertSameBits(String what, float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
        throw new AssertionError(
            "%s: entry %d is %s, not %s".formatted(what, i, actual[i], expected[i]));
      }
    }
  }

  static void assertSameBits(String what, double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      if (Double.doubleToLongBits(actual[i]) != Double.doubleToLongBits(expected[i])) {
        throw new AssertionError(
            "%s: entry %d is %s, not %s".formatted(what, i, actual[i], expected[i]));
      }
    }
  }
}
