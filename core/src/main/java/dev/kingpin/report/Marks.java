package dev.kingpin.report;

import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Rivals;
import java.util.ArrayList;
import java.util.List;

/**
 * What contenders score on the same validation rows of a group; NaN for those that are not there.
 *
 * @param metric that they are compared by
 * @param own the group's model
 * @param parent the model of the nearest family, if that is not the global one
 * @param global the model of all rows
 * @param constant the mean or base rate of the group
 */
public record Marks(Metric metric, double own, double parent, double global, double constant) {
  /** A gain that is no more than this is the rounding of sums. */
  private static final double ROUNDING = 1e-9;

  static Marks none(Metric metric) {
    return new Marks(metric, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  static Marks of(Metric metric, Outcome.Trained trained) {
    Rivals rivals = trained.rivals();
    return new Marks(metric, trained.metric(), rivals.parent(), rivals.global(), rivals.constant());
  }

  /** What a contender scores. */
  public double of(Contender contender) {
    return switch (contender) {
      case OWN -> own;
      case PARENT -> parent;
      case GLOBAL -> global;
      case CONSTANT -> constant;
    };
  }

  /** Those whom nobody beats: several if they do equally well. */
  public List<Contender> best() {
    List<Contender> ranked = ranked();
    return ranked.stream().filter(c -> metric.compare(of(c), of(ranked.get(0))) == 0).toList();
  }

  /** All who score, the best first. */
  List<Contender> ranked() {
    List<Contender> ranked = new ArrayList<>(List.of(Contender.values()));
    ranked.removeIf(c -> Double.isNaN(of(c)));
    ranked.sort((a, b) -> metric.compare(of(a), of(b)));
    return ranked;
  }

  /** The share of a contender's error that the group's own model takes off; NaN if unknown. */
  public double gainOver(Contender other) {
    return gain(metric, own, of(other));
  }

  /** Whether the group's own model does better than its constant, by more than rounding. */
  boolean beatsConstant() {
    return gainOver(Contender.CONSTANT) > ROUNDING;
  }

  /**
   * The share of an error that is taken off. The error is the metric itself, or what it lacks of 1
   * if larger values are better: wrong answers, unexplained variance, pairs in the wrong order.
   */
  static double gain(Metric metric, double better, double other) {
    double error = metric.largerIsBetter() ? 1 - other : other;
    double left = metric.largerIsBetter() ? 1 - better : better;
    return error > 0 ? 1 - left / error : Double.NaN;
  }
}
