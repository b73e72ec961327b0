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
    double[] finite = new double[count];
    int present = 0;
    int left = count;
    for (double[] some : values) {
      int end = Math.min(some.length, left);
      for (int i = 0; i < end; i++) {
        if (Double.isFinite(some[i])) {
          finite[present++] = some[i];
        }
      }
      left -= end;
    }
    return of(finite, present);
  }

  private static double of(double[] values, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    double mean = count == 0 ? 0 : sum / count;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
    boolean far = Math.abs(mean) > FAR * deviation && deviation > 0;
    return far && Double.isFinite((float) mean) ? (float) mean : 0;
  }
}
