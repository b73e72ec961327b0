package dev.kingpin.query;

import dev.kingpin.data.GroupKey;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Task;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked: a model for every group of a table. Immutable. The Java builder and the command
 * line give equal values for equal wishes; nothing here depends on the table yet.
 *
 * @param groupBy columns whose values make the groups, at least one
 * @param predict the target: a column, or an expression with a name
 * @param from features as the user wrote them, or null for all other columns
 * @param categorical columns to treat as categories whatever their type
 * @param weight column with row weights, or null
 * @param where a condition in the source's language, or null
 * @param task what is predicted, or null to decide by the target's type
 * @param learner name of the model family
 * @param grid values to try, by setting; settings that are not named get the learner's defaults
 * @param search which of these values are tried together
 * @param validation on which rows configs are compared
 * @param orderBy column that tells which rows of a group are the last, or null
 * @param metric what configs are compared by, or null for the task's usual one
 * @param inference whether models carry standard errors and p-values
 * @param refit whether the winner is trained again on all rows
 * @param fallback who answers for groups without a model
 * @param answerWith who answers for groups with a model
 * @param only groups to train; empty for all
 * @param minRows groups with fewer usable rows get no model
 * @param maxGroups most groups allowed, or null for the rule of thumb
 * @param seed of the row split
 */
public record TrainQuery(
    List<String> groupBy,
    String predict,
    @Nullable String from,
    List<String> categorical,
    @Nullable String weight,
    @Nullable String where,
    @Nullable Task task,
    String learner,
    Map<String, List<String>> grid,
    Search search,
    Validation validation,
    @Nullable String orderBy,
    @Nullable Metric metric,
    boolean inference,
    boolean refit,
    Fallback fallback,
    AnswerWith answerWith,
    Set<GroupKey> only,
    int minRows,
    @Nullable Integer maxGroups,
    long seed) {
  /** Groups with fewer rows get no model unless the user says otherwise. */
  public static final int DEFAULT_MIN_ROWS = 30;

  public TrainQuery {
    groupBy = List.copyOf(groupBy);
    categorical = List.copyOf(categorical);
    grid = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(grid));
    only = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(only));
  }

  /** A query that groups by these columns. */
  public static QueryBuilder groupBy(String... columns) {
    return new QueryBuilder(List.of(columns));
  }
}
