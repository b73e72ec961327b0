package dev.kingpin.tune;

import dev.kingpin.learner.Config;
import dev.kingpin.learner.FitResult;
import java.util.Comparator;
import java.util.List;

/** Picks the winner of a group. */
public final class Choice {
  /** There is no winner: every fit failed. */
  public static final int NONE = -1;

  private Choice() {}

  /**
   * The position of the best result: the smallest metric; between equals the simpler config, then
   * the earlier one. Without validation rows the simplest config that has a model wins.
   */
  public static int winner(
      List<FitResult> results, List<Config> configs, Comparator<Config> simplerFirst) {
    int best = NONE;
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i).model() == null) {
        continue;
      }
      if (best == NONE || isBetter(results, configs, simplerFirst, i, best)) {
        best = i;
      }
    }
    return best;
  }

  private static boolean isBetter(
      List<FitResult> results,
      List<Config> configs,
      Comparator<Config> simplerFirst,
      int candidate,
      int best) {
    int byMetric = Double.compare(results.get(candidate).metric(), results.get(best).metric());
    return byMetric != 0
        ? byMetric < 0
        : simplerFirst.compare(configs.get(candidate), configs.get(best)) < 0;
  }
}
