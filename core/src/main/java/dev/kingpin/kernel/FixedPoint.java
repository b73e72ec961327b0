package dev.kingpin.kernel;

/**
 * Sums whose order does not matter: block values are rounded once to multiples of a power of two
 * and then added as 64-bit integers.
 *
 * <p>The scale comes from bounds that hold for all data of the sum, so every part of the sum, on
 * whichever machine, uses the same one. An overflow cannot happen while the bounds hold.
 */
public final class FixedPoint {

  /** Block values stay below 2^51, the reach of {@link Kernels#quantise}. */
  private static final int BLOCK_BITS = 51;

  /** Totals stay below 2^62, which leaves a bit for the rounding of the blocks. */
  private static final int TOTAL_BITS = 62;

  private static final int MAX_EXPONENT = 1000;

  private FixedPoint() {}

  /**
   * The finest scale that is safe for the bounds.
   *
   * @param blockBound bound of the absolute value of every single block value
   * @param totalBound bound of the absolute value of every sum of block values
   * @return the largest power of two (up to 2^1000) with {@code blockBound * scale < 2^51} and
   *     {@code totalBound * scale < 2^62}; NaN if a bound is negative, infinite or NaN
   */
  public static double scale(double blockBound, double totalBound) {
    if (!isBound(blockBound) || !isBound(totalBound)) {
      return Double.NaN;
    }
    int block = BLOCK_BITS - 1 - Math.getExponent(blockBound);
    int total = TOTAL_BITS - 1 - Math.getExponent(totalBound);
    return Math.scalb(1.0, Math.min(MAX_EXPONENT, Math.min(block, total)));
  }

  /**
   * The sum as a real number, rounded once.
   *
   * @param sum a sum of quantised values
   * @param scale the scale they were quantised with, a power of two
   */
  public static double toDouble(long sum, double scale) {
    return sum / scale;
  }

  private static boolean isBound(double bound) {
    return bound >= 0 && bound <= Double.MAX_VALUE;
  }
}
