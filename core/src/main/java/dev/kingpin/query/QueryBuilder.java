package dev.kingpin.query;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the words of a {@link TrainQuery}. */
public final class QueryBuilder {
  private final List<String> groupBy;
  private @Nullable String predict;
  private @Nullable String from;
  private List<String> categorical = List.of();
  private @Nullable String weight;
  private @Nullable String where;
  private @Nullable Task task;
  private String learner = "linear";
  private final Map<String, List<String>> grid = new LinkedHashMap<>();
  private Search search = Search.GRID;
  private Validation validation = Validation.holdout(0.2);
  private @Nullable String orderBy;
  private @Nullable Metric metric;
  private boolean inference;
  private boolean refit = true;
  private Fallback fallback = Fallback.PARENT;
  private AnswerWith answerWith = AnswerWith.OWN;
  private final Set<GroupKey> only = new LinkedHashSet<>();
  private int minRows = TrainQuery.DEFAULT_MIN_ROWS;
  private @Nullable Integer maxGroups;
  private long seed;

  QueryBuilder(List<String> groupBy) {
    this.groupBy = new ArrayList<>(groupBy);
  }

  /** The target: a column, or an expression such as {@code delay > 15 AS late}. */
  public QueryBuilder predict(String target) {
    predict = target;
    return this;
  }

  /** The features: columns or expressions such as {@code hour(date) AS hour}. */
  public QueryBuilder from(String... features) {
    from = String.join(", ", features);
    return this;
  }

  /** Columns that are categories whatever their type. */
  public QueryBuilder categorical(String... columns) {
    categorical = List.of(columns);
    return this;
  }

  /** A column with a non-negative weight for each row. */
  public QueryBuilder weight(@Nullable String column) {
    weight = column;
    return this;
  }

  /** A condition, in the source's language, that rows must meet. */
  public QueryBuilder where(@Nullable String condition) {
    where = condition;
    return this;
  }

  /** What is predicted; by default the target's type decides. */
  public QueryBuilder task(@Nullable Task what) {
    task = what;
    return this;
  }

  /** The model family. */
  public QueryBuilder learner(String name) {
    learner = name;
    return this;
  }

  /** Values to try for a setting. */
  public QueryBuilder grid(String setting, Object... values) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(value.toString());
    }
    grid.put(setting, List.copyOf(texts));
    return this;
  }

  /** Which of the values are tried together; all combinations by default. */
  public QueryBuilder search(Search how) {
    search = how;
    return this;
  }

  /** A column that tells which rows of a group are the last, for {@link Validation#last}. */
  public QueryBuilder orderBy(@Nullable String column) {
    orderBy = column;
    return this;
  }

  /** Who answers for groups without a model of their own; the parent by default. */
  public QueryBuilder fallback(Fallback who) {
    fallback = who;
    return this;
  }

  /** Who answers for groups with a model of their own; that model by default. */
  public QueryBuilder answerWith(AnswerWith who) {
    answerWith = who;
    return this;
  }

  /** Whether models carry standard errors and p-values. */
  public QueryBuilder inference(boolean yes) {
    inference = yes;
    return this;
  }

  /** On which rows configs are compared. */
  public QueryBuilder validate(Validation how) {
    validation = how;
    return this;
  }

  /** What configs are compared by; by default the task decides. */
  public QueryBuilder metric(@Nullable Metric which) {
    metric = which;
    return this;
  }

  /** Whether the winner is trained again on all rows; it is by default. */
  public QueryBuilder refit(boolean yes) {
    refit = yes;
    return this;
  }

  /** Trains only this group, and others that are named so. */
  public QueryBuilder only(GroupKey key) {
    only.add(key);
    return this;
  }

  /** Groups with fewer usable rows get no model. */
  public QueryBuilder minRows(int rows) {
    minRows = rows;
    return this;
  }

  /** The most groups allowed. */
  public QueryBuilder maxGroups(@Nullable Integer groups) {
    maxGroups = groups;
    return this;
  }

  /** Seed of the row split. */
  public QueryBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * The query.
   *
   * @throws InputException if no target was named, or a number makes no sense
   */
  public TrainQuery build() {
    if (predict == null || predict.isBlank()) {
      throw new InputException("There is nothing to predict. Maybe name a column with predict.");
    }
    checkGroups();
    checkOrder();
    checkModels();
    return new TrainQuery(
        groupBy,
        predict,
        from,
        categorical,
        weight,
        where,
        task,
        learner,
        grid,
        search,
        validation,
        orderBy,
        metric,
        inference,
        refit,
        fallback,
        answerWith,
        only,
        minRows,
        maxGroups,
        seed);
  }

  private void checkGroups() {
    if (groupBy.isEmpty()) {
      throw new InputException("There are no columns to group by. Maybe name one with group-by.");
    }
    if (minRows < 2) {
      throw new InputException(
          "Groups of (" + minRows + ") rows cannot be split. Maybe use min-rows 2 or more.");
    }
    if (maxGroups != null && maxGroups < 1) {
      throw new InputException("At most (" + maxGroups + ") groups leaves none. Maybe use 1000.");
    }
  }

  private void checkOrder() {
    if ((validation.kind() == Validation.Kind.LAST) != (orderBy != null)) {
      throw new InputException(
          orderBy == null
              ? "Validation ("
                  + validation
                  + ") needs to know which rows are the last. Maybe add order-by with a column of"
                  + " times."
              : "Column ("
                  + orderBy
                  + ") orders rows, but validation ("
                  + validation
                  + ") chooses them by chance. Maybe use validation last:0.2.");
    }
  }

  private void checkModels() {
    if (inference && !refit) {
      throw new InputException(
          "Standard errors belong to models of all rows. Maybe leave out no-refit.");
    }
    if (answerWith == AnswerWith.BEST && (fallback == Fallback.NONE || fallback == Fallback.FAIL)) {
      throw new InputException(
          "The best answer may be the parent's, but fallback ("
              + fallback.word()
              + ") trains no parents. Maybe use fallback parent.");
    }
  }
}
