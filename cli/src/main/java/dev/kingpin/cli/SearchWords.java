package dev.kingpin.cli;

import dev.kingpin.data.InputException;
import dev.kingpin.learner.Metric;
import dev.kingpin.query.QueryBuilder;
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
      description = "Values to try for a setting, such as l2=0.1,1. Repeat for more settings.")
  private List<String> grid = new ArrayList<>();

  @Option(
      names = "--validate",
      paramLabel = "HOW",
      description = "How settings are compared. Default: holdout:0.2.")
  private @Nullable String validate;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "What they are compared by: rmse or log_loss.")
  private @Nullable String metric;

  @Option(
      names = "--no-refit",
      description = "Keep the winner as validated; do not train it again on all rows.")
  private boolean noRefit;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides which rows are held out. Default: 0.")
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
        .refit(!noRefit)
        .seed(seed);
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
