package dev.kingpin.data;

import java.util.List;

/**
 * What is taken off a column before it becomes float32, so that date-times and other large numbers
 * keep their digits. Columns that are not far from zero for their spread keep their values.
 */
final class Offsets {
  private static final double FAR = 16;

  private Offsets() {}

  /**
   * The offset that suits these values: zero, or their mean rounded to a float.
   *
   * @param values one array after the other
   * @param count how many there are in all
   */
  static double of(List<double[]> values, int count) {
    long present = 0;
    double sum = 0;
    for (int i = 0; i < values.size(); i++) {
      double[] some = values.get(i);
      int end = Math.min(some.length, count - i * some.length);
      for (int r = 0; r < end; r++) {
        if (Double.isFinite(some[r])) {
          sum += some[r];
          present++;
        }
      }
    }
    double mean = present == 0 ? 0 : sum / present;
    double deviation = present == 0 ? 0 : Math.sqrt(squares(values, count, mean) / present);
    boolean far = Math.abs(mean) > FAR * deviation && deviation > 0;
    return far && Double.isFinite((float) mean) ? (float) mean : 0;
  }

  private static double squares(List<double[]> values, int count, double mean) {
    double squares = 0;
    for (int i = 0; i < values.size(); i++) {
      double[] some = values.get(i);
      int end = Math.min(some.length, count - i * some.length);
      for (int r = 0; r < end; r++) {
        if (Double.isFinite(some[r])) {
          squares += (some[r] - mean) * (some[r] - mean);
        }
      }
    }
    return squares;
  }
}
