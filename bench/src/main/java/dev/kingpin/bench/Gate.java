package dev.kingpin.bench;

import java.util.Locale;

/**
 * Whether two trainings are equally good: times of unequal results tell nothing.
 *
 * @param ours mean of the metric over all groups and configs
 * @param theirs the same for the peer
 * @param furthest largest relative difference of one group and config
 * @param unmatched groups and configs for which only one of both has a metric
 */
record Gate(double ours, double theirs, double furthest, int unmatched) {
  private static final double TOLERANCE = 1e-3;

  /**
   * Compares metrics.
   *
   * @param ours (groups, configs)
   * @param theirs (groups, configs)
   */
  static Gate of(double[] ours, double[] theirs) {
    double sum = 0;
    double sumOfTheirs = 0;
    double furthest = 0;
    int unmatched = Math.abs(ours.length - theirs.length);
    int count = 0;
    for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
      if (Double.isNaN(ours[i]) != Double.isNaN(theirs[i])) {
        unmatched++;
      } else if (!Double.isNaN(ours[i])) {
        sum += ours[i];
        sumOfTheirs += theirs[i];
        furthest = Math.max(furthest, Math.abs(ours[i] / theirs[i] - 1));
        count++;
      }
    }
    return new Gate(sum / count, sumOfTheirs / count, furthest, unmatched);
  }

  boolean isPassed() {
    return unmatched == 0 && Math.abs(ours / theirs - 1) <= TOLERANCE;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: mean metric %.6f, the peer's %.6f, relative difference %.1e; furthest fit %.1e; %d"
            + " unmatched",
        isPassed() ? "equal" : "NOT EQUAL",
        ours,
        theirs,
        ours / theirs - 1,
        furthest,
        unmatched);
  }
}
