package dev.kingpin.cli;

import dev.kingpin.data.InputException;
import dev.kingpin.learner.Metric;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.Search;
import dev.kingpin.query.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The words that say what is tried in each group. */
final class SearchWords {
  @Option(
      names = "--learner",
      paramLabel = "NAME",
      description = "The model family: linear. Default: linear.")
  private String learner = "linear";

  @Option(
      names = "--grid",
      paramLabel = "NAME=V1,V2",
      description = {
        "Values to try for a setting, such as l2=0.1,1. Repeat for others.",
        "With --search random:N also ranges, such as l2=0.0001..10."
      })
  private List<String> grid = new ArrayList<>();

  @Option(
      names = "--search",
      paramLabel = "HOW",
      description = {
        "grid tries all combinations of the values, random:20 so many of them.",
        "Default: grid."
      })
  private @Nullable String search;

  @Option(
      names = "--validate",
      paramLabel = "HOW",
      description = {
        "On which rows they are compared: holdout:0.2 (so many of each group's",
        "rows), folds:5 (each row once), last:0.2 (the last, by --order-by).",
        "Default: holdout:0.2."
      })
  private @Nullable String validate;

  @Option(
      names = "--order-by",
      paramLabel = "COLUMN",
      description = "A number or date-time that tells which rows of a group are its last.")
  private @Nullable String orderBy;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = {
        "What they are compared by: rmse, mae or r2; for classes log_loss,",
        "accuracy or auc. Default: rmse or log_loss."
      })
  private @Nullable String metric;

  @Option(
      names = "--standard-errors",
      description = "Give models standard errors and p-values, where that is possible.")
  private boolean standardErrors;

  @Option(
      names = "--no-refit",
      description = "Keep the winner as validated; do not train it again on all rows.")
  private boolean noRefit;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides which rows are held out and what is drawn. Default: 0.")
  private long seed;

  /**
   * Adds to a query what these words ask.
   *
   * @throws InputException if they make no sense
   */
  void addTo(QueryBuilder query) {
    query
        .learner(learner)
        .metric(metric == null ? null : Metric.of(metric))
        .orderBy(orderBy)
        .inference(standardErrors)
        .refit(!noRefit)
        .seed(seed);
    if (search != null) {
      query.search(Search.of(search));
    }
    if (validate != null) {
      query.validate(Validation.of(validate));
    }
    grids().forEach((name, values) -> query.grid(name, (Object[]) values));
  }

  private Map<String, String[]> grids() {
    Map<String, String[]> values = new LinkedHashMap<>();
    for (String word : grid) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? "" : word.substring(0, equals).strip().replace('-', '_');
      String[] texts =
          Arrays.stream(word.substring(equals + 1).split(",", -1))
              .map(String::strip)
              .toArray(String[]::new);
      if (name.isEmpty() || List.of(texts).contains("")) {
        throw new InputException(
            "Grid (" + word + ") is not understood. Maybe write --grid l2=0.1,1.");
      }
      if (values.put(name, texts) != null) {
        throw new InputException(
            "Setting (" + name + ") has two grids. Maybe put all its values into one.");
      }
    }
    return values;
  }
}
