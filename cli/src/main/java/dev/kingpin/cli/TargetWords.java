package dev.kingpin.cli;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import dev.kingpin.learner.Task;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.TrainQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The words that say what is trained. */
final class TargetWords {
  @Option(
      names = "--predict",
      paramLabel = "COLUMN",
      description = "The target: a column, or an expression such as 'delay > 15 AS late'.")
  private @Nullable String predict;

  @Option(
      names = "--group-by",
      paramLabel = "A,B",
      split = ",",
      hideParamSyntax = true,
      description = "Columns whose values make the groups.")
  private List<String> groupBy = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "A,B",
      description = {
        "Features: columns or expressions such as 'hour(date) AS hour'.",
        "Default: all other columns."
      })
  private @Nullable String from;

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description = "Only rows that meet a condition in SQL, such as 'distance > 100'.")
  private @Nullable String where;

  @Option(
      names = "--categorical",
      paramLabel = "A,B",
      split = ",",
      hideParamSyntax = true,
      description = "Columns that are categories although they hold numbers.")
  private List<String> categorical = new ArrayList<>();

  @Option(
      names = "--weight",
      paramLabel = "COLUMN",
      description = "A column with a weight for each row.")
  private @Nullable String weight;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "regression or classification. Default: by the target's type.")
  private @Nullable String task;

  @Option(
      names = "--only",
      paramLabel = "KEY",
      description = {
        "Train this group only. Repeat for more groups.",
        "Values of several columns are divided by commas; NULL for missing ones."
      })
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--min-rows",
      paramLabel = "N",
      description = "Groups with fewer usable rows get no model. Default: 30.")
  private int minRows = TrainQuery.DEFAULT_MIN_ROWS;

  @Option(
      names = "--max-groups",
      paramLabel = "N",
      description = {
        "Refuse tables with more groups. Default: 10,000 if groups have",
        "fewer than two rows on average."
      })
  private @Nullable Integer maxGroups;

  /** The words that must be there but are not. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (predict == null || predict.isBlank()) {
      missing.add("--predict COLUMN");
    }
    if (groupBy.isEmpty()) {
      missing.add("--group-by A,B");
    }
    return missing;
  }

  /** The first word given that only a table gives a meaning, or null. */
  @Nullable String given() {
    return predict != null
        ? "--predict COLUMN"
        : !groupBy.isEmpty()
            ? "--group-by A,B"
            : from != null
                ? "--from A,B"
                : where != null
                    ? "--where CONDITION"
                    : !categorical.isEmpty()
                        ? "--categorical A,B"
                        : weight != null ? "--weight COLUMN" : only.isEmpty() ? null : "--only KEY";
  }

  /** What is predicted, or null if no word says so. */
  @Nullable Task task() {
    return task == null ? null : task(task);
  }

  int minRows() {
    return minRows;
  }

  /**
   * A query for what these words ask.
   *
   * @throws InputException if they make no sense
   */
  QueryBuilder query() {
    List<String> columns = stripped(groupBy);
    QueryBuilder query =
        TrainQuery.groupBy(columns.toArray(String[]::new))
            .predict(predict == null ? "" : predict)
            .categorical(stripped(categorical).toArray(String[]::new))
            .weight(weight)
            .where(where)
            .task(task())
            .minRows(minRows)
            .maxGroups(maxGroups);
    if (from != null) {
      query.from(from);
    }
    only.forEach(key -> query.only(KeyText.parse(key, columns)));
    return query;
  }

  private static List<String> stripped(List<String> words) {
    return words.stream().map(String::strip).toList();
  }

  private static Task task(String word) {
    for (Task task : Task.values()) {
      if (task.name().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) {
        return task;
      }
    }
    throw new InputException(
        "Task ("
            + word
            + ") is unknown. "
            + Spelling.advice(word, List.of("regression", "classification")));
  }
}
