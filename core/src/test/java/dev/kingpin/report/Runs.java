package dev.kingpin.report;

import dev.kingpin.data.Expression;
import dev.kingpin.data.Feature;
import dev.kingpin.data.Features;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.RowBlock;
import dev.kingpin.data.TargetInfo;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Rivals;
import dev.kingpin.learner.Scores;
import dev.kingpin.learner.Task;
import dev.kingpin.query.AnswerWith;
import dev.kingpin.query.Search;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.store.RunHeader;
import dev.kingpin.store.TrainedGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs to report on. */
final class Runs {
  private Runs() {}

  /** A run of three settings that differ in l2 only. */
  static RunHeader header(String... groupBy) {
    return header(Metric.RMSE, List.of(config("0"), config("0.1"), config("10")), groupBy);
  }

  static RunHeader header(Metric metric, List<Config> configs, String... groupBy) {
    TrainQuery query = TrainQuery.groupBy(groupBy).predict("delay").seed(42).build();
    return header(query, metric, configs, configs.size());
  }

  /** A run in which whoever is best answers. */
  static RunHeader header(AnswerWith answers, String... groupBy) {
    TrainQuery query = TrainQuery.groupBy(groupBy).predict("delay").answerWith(answers).build();
    return header(query, Metric.RMSE, List.of(config("0")), 1);
  }

  /** A run of configs that were drawn at random. */
  static RunHeader drawn(List<Config> configs, int combinations) {
    Search search = Search.random(configs.size());
    TrainQuery query = TrainQuery.groupBy("k").predict("delay").search(search).build();
    return header(query, Metric.RMSE, configs, combinations);
  }

  private static RunHeader header(
      TrainQuery query, Metric metric, List<Config> configs, int combinations) {
    Feature.Numeric hour = new Feature.Numeric("hour", new Expression.ColumnRef("hour"), 0);
    return new RunHeader(
        "0.1.0",
        "flights.csv",
        query,
        metric.task(),
        metric,
        new Features(List.of(hour), List.of()),
        new TargetInfo(
            "delay",
            new Expression.ColumnRef("delay"),
            0,
            metric.task() == Task.CLASSIFICATION ? List.of("no", "yes") : List.of()),
        0,
        configs,
        combinations,
        12_345,
        0xbeefL);
  }

  static Config config(String l2) {
    return new Config(new TreeMap<>(Map.of("l1", "0", "l2", l2)));
  }

  static TrainedGroup trained(
      String key, long rows, int winner, double constant, Double... metrics) {
    Rivals rivals = new Rivals(constant, Double.NaN, Double.NaN);
    return trained(GroupKey.of(key), rows, rivals, winner, metrics);
  }

  static TrainedGroup trained(
      GroupKey key, long rows, Rivals rivals, int winner, Double... metrics) {
    Scores scores = Scores.of(List.of(metrics));
    return group(key, rows, new Outcome.Trained(winner, scores, rivals, model()));
  }

  /** A group of too few rows, for which a family answers. */
  static TrainedGroup fallback(GroupKey key, long rows, int shared) {
    String message = rows + " rows, 30 are needed";
    return group(
        key, rows, new Outcome.Fallback(Outcome.Reason.TOO_FEW_ROWS, message, key.prefix(shared)));
  }

  static TrainedGroup constant(String key, long rows) {
    return group(GroupKey.of(key), rows, new Outcome.Constant("all targets are 7", model()));
  }

  static TrainedGroup failed(String key, long rows, Outcome.Reason reason, String message) {
    return group(GroupKey.of(key), rows, new Outcome.Failed(reason, message));
  }

  static TrainedGroup group(GroupKey key, long rows, Outcome outcome) {
    long validation = outcome instanceof Outcome.Trained ? rows / 5 : 0;
    return new TrainedGroup(key, rows, validation, rows / 100, outcome);
  }

  static Model model() {
    Map<String, Object> weekday = new LinkedHashMap<>();
    weekday.put("Mon", 1.5);
    weekday.put("Tue", -12.25);
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("intercept", 103.25);
    parts.put("hour", -0.000123456789);
    parts.put("weekday", weekday);
    parts.put("iterations", 1234);
    parts.put("link", "identity");
    return new Model() {
      @Override
      public void predict(RowBlock block, double[] predictions) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Map<String, Object> describe() {
        return parts;
      }
    };
  }
}
