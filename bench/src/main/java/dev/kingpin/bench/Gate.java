package dev.kingpin.bench;

import java.util.Locale;

/**
 * Whether two trainings are equally good: times of unequal results tell nothing. Means and the
 * means of each group's best config must agree, and both sides must have a metric for the same
 * groups and configs.
 *
 * @param all means over groups and configs
 * @param best means over groups of the smallest metric of the group
 * @param furthest the group and config with the largest relative difference
 * @param place where that is: group, then config, counted from 0
 * @param apart groups and configs with a larger relative difference than means may have
 * @param unmatched groups and configs for which only one of both has a metric
 */
record Gate(Pair all, Pair best, Pair furthest, String place, int apart, int unmatched) {
  private static final double TOLERANCE = 1e-3;

  /** The same number from both sides. */
  record Pair(double ours, double theirs) {
    double difference() {
      return ours / theirs - 1;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%.6f and the peer's %.6f (%+.1e)", ours, theirs, difference());
    }
  }

  /**
   * Compares metrics.
   *
   * @param ours (groups, configs), NaN where there is none
   * @param theirs (groups, configs), NaN where there is none
   */
  static Gate of(double[] ours, double[] theirs, int configs) {
    Pair furthest = new Pair(1, 1);
    String place = "none";
    int apart = 0;
    int unmatched = Math.abs(ours.length - theirs.length);
    for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
      if (Double.isNaN(ours[i]) != Double.isNaN(theirs[i])) {
        unmatched++;
        continue;
      }
      Pair pair = new Pair(ours[i], theirs[i]);
      apart += Math.abs(pair.difference()) > TOLERANCE ? 1 : 0;
      if (Math.abs(pair.difference()) > Math.abs(furthest.difference())) {
        furthest = pair;
        place = i / configs + "/" + i % configs;
      }
    }
    return new Gate(
        new Pair(mean(ours, 1), mean(theirs, 1)),
        new Pair(mean(ours, configs), mean(theirs, configs)),
        furthest,
        place,
        apart,
        unmatched);
  }

  /** Mean over runs of entries of the smallest entry of each run, leaving out NaN. */
  private static double mean(double[] metrics, int run) {
    double sum = 0;
    int count = 0;
    for (int from = 0; from + run <= metrics.length; from += run) {
      double least = Double.POSITIVE_INFINITY;
      for (int i = from; i < from + run; i++) {
        least = metrics[i] < least ? metrics[i] : least;
      }
      if (least < Double.POSITIVE_INFINITY) {
        sum += least;
        count++;
      }
    }
    return sum / count;
  }

  boolean isPassed() {
    return unmatched == 0
        && Math.abs(all.difference()) <= TOLERANCE
        && Math.abs(best.difference()) <= TOLERANCE;
  }

  /** Two lines. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: mean metric %s, best configs %s%n            furthest fit %s: %s; %d apart, %d"
            + " unmatched",
        isPassed() ? "equal" : "NOT EQUAL",
        all,
        best,
        place,
        furthest,
        apart,
        unmatched);
  }
}
