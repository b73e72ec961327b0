package dev.kingpin.data;

/**
 * What is taken off a column before it becomes float32, so that date-times and other large numbers
 * keep their digits. Columns that are not far from zero for their spread keep their values.
 */
final class Offsets {
  private static final double FAR = 16;

  private Offsets() {}

  /** The offset that suits these values: zero, or their mean rounded to a float. */
  static double of(double[] values, int count) {
    double sum = 0;
    long present = 0;
    for (int i = 0; i < count; i++) {
      if (Double.isFinite(values[i])) {
        sum += values[i];
        present++;
      }
    }
    double mean = present == 0 ? 0 : sum / present;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      if (Double.isFinite(values[i])) {
        squares += (values[i] - mean) * (values[i] - mean);
      }
    }
    double deviation = present == 0 ? 0 : Math.sqrt(squares / present);
    boolean far = Math.abs(mean) > FAR * deviation && deviation > 0;
    return far && Double.isFinite((float) mean) ? (float) mean : 0;
  }
}
