package dev.kingpin.tune;

import dev.kingpin.learner.Config;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Scores;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Picks the winner of a group. */
public final class Choice {
  /** There is no winner: every config failed. */
  public static final int NONE = -1;

  private final Metric metric;
  private final List<Config> configs;
  private final Comparator<Config> simplerFirst;

  public Choice(Metric metric, List<Config> configs, Comparator<Config> simplerFirst) {
    this.metric = metric;
    this.configs = List.copyOf(configs);
    this.simplerFirst = simplerFirst;
  }

  /**
   * The position of the best config: the best metric; between equals the simpler config, then the
   * earlier one. Without validation rows the simplest config that has a model wins.
   *
   * @param scores of all configs
   * @param trained configs that have models
   */
  public int winner(Scores scores, BitSet trained) {
    int best = NONE;
    for (int i = trained.nextSetBit(0); i >= 0; i = trained.nextSetBit(i + 1)) {
      if (best == NONE || isBetter(scores, i, best)) {
        best = i;
      }
    }
    return best;
  }

  private boolean isBetter(Scores scores, int candidate, int best) {
    int byMetric = metric.compare(scores.deciding(candidate), scores.deciding(best));
    return byMetric != 0
        ? byMetric < 0
        : simplerFirst.compare(configs.get(candidate), configs.get(best)) < 0;
  }
}
