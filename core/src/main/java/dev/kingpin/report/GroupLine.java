package dev.kingpin.report;

import dev.kingpin.data.GroupKey;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Outcome;
import dev.kingpin.store.RunHeader;
import dev.kingpin.store.TrainedGroup;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What overviews say of a group.
 *
 * @param key its group-by values
 * @param status {@code trained}, {@code constant} or {@code failed}
 * @param rows usable rows
 * @param validationRows how many of them configs were judged on
 * @param skippedRows rows without a target or a positive weight
 * @param winner the best config, or null if the group has no tuned model
 * @param metric of the winner on the validation rows, or NaN
 * @param constantMetric of the best constant on the same rows, or NaN
 * @param reason why there is no tuned model, as a word, or null
 * @param message why there is no tuned model, for people, or null
 */
public record GroupLine(
    GroupKey key,
    String status,
    long rows,
    long validationRows,
    long skippedRows,
    @Nullable Config winner,
    double metric,
    double constantMetric,
    @Nullable String reason,
    @Nullable String message) {

  static GroupLine of(RunHeader header, TrainedGroup group) {
    Outcome outcome = group.outcome();
    if (outcome instanceof Outcome.Trained trained) {
      Config winner = header.configs().get(trained.winner());
      return line(group, winner, trained.metric(), trained.rivals().constant(), null, null);
    }
    if (outcome instanceof Outcome.Constant constant) {
      return line(group, null, Double.NaN, Double.NaN, "constant_target", constant.reason());
    }
    if (outcome instanceof Outcome.Fallback fallback) {
      String word = fallback.reason().name().toLowerCase(Locale.ROOT);
      return line(group, null, Double.NaN, Double.NaN, word, fallback.message());
    }
    Outcome.Failed failed = (Outcome.Failed) outcome;
    String reason = failed.reason().name().toLowerCase(Locale.ROOT);
    return line(group, null, Double.NaN, Double.NaN, reason, failed.message());
  }

  private static GroupLine line(
      TrainedGroup group,
      @Nullable Config winner,
      double metric,
      double constantMetric,
      @Nullable String reason,
      @Nullable String message) {
    return new GroupLine(
        group.key(),
        group.outcome().status(),
        group.rows(),
        group.validationRows(),
        group.skippedRows(),
        winner,
        metric,
        constantMetric,
        reason,
        message);
  }

  /** The share of the constant's metric that the model takes off; NaN where there is none. */
  public double gain() {
    return gain(metric, constantMetric);
  }

  static double gain(double metric, double constantMetric) {
    return constantMetric > 0 ? 1 - metric / constantMetric : Double.NaN;
  }

  Map<String, @Nullable Object> tree(RunHeader header) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("key", RunWords.tree(header, key));
    tree.put("status", status);
    tree.put("rows", rows);
    tree.put("validation_rows", validationRows);
    tree.put("skipped_rows", skippedRows);
    tree.put("winner", RunWords.tree(winner));
    tree.put("metric", metric);
    tree.put("constant_metric", constantMetric);
    tree.put("gain", gain());
    tree.put("reason", reason);
    tree.put("message", message);
    return tree;
  }

  Tone tone() {
    return switch (status) {
      case "trained" -> Tone.GOOD;
      case "constant" -> Tone.WARNING;
      default -> Tone.BAD;
    };
  }
}
