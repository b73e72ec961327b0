package dev.kingpin.query;

import dev.kingpin.data.ColumnType;
import dev.kingpin.data.EncodeRequest;
import dev.kingpin.data.Expression;
import dev.kingpin.data.ExpressionParser;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.data.NamedExpression;
import dev.kingpin.data.Schema;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Learners;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Task;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks a query against a table's columns and makes every choice that was left open. */
public final class QueryResolver {
  private final TrainQuery query;
  private final Schema schema;
  private final Binder binder;

  private QueryResolver(TrainQuery query, Schema schema) {
    this.query = query;
    this.schema = schema;
    binder = new Binder(schema);
  }

  /**
   * Resolves a query.
   *
   * @throws InputException if a name is unknown or words contradict one another
   */
  public static ResolvedQuery resolve(TrainQuery query, Schema schema) {
    return new QueryResolver(query, schema).resolve();
  }

  private ResolvedQuery resolve() {
    List<String> groupBy = query.groupBy().stream().map(n -> schema.get(n).name()).toList();
    NamedExpression target = target();
    if (groupBy.contains(target.name())) {
      throw new InputException(
          "Column ("
              + target.name()
              + ") cannot be both predicted and grouped by: it is the same within each group."
              + " Maybe predict another one.");
    }
    Learner learner = Learners.of(query.learner());
    Task task = task(target);
    Metric metric = query.metric() == null ? Metric.defaultFor(task) : query.metric();
    if (metric.task() != task || !learner.tasks().contains(task)) {
      throw new InputException(
          "Metric ("
              + metric.label()
              + ") does not suit the target ("
              + target.name()
              + "), which calls for "
              + task.name().toLowerCase(Locale.ROOT)
              + ". Maybe use "
              + Metric.defaultFor(task).label()
              + ", or set --task.");
    }
    FeatureChoice features = FeatureChoice.of(query, schema, groupBy, target);
    EncodeRequest encoding = encoding(groupBy, target, task == Task.CLASSIFICATION, features);
    return new ResolvedQuery(
        query, encoding, task, metric, learner, GridValues.of(query, learner), features.notes);
  }

  private NamedExpression target() {
    NamedExpression target = binder.bind(ExpressionParser.parse(query.predict()));
    Set<String> columns = new LinkedHashSet<>();
    target.expression().collectColumns(columns);
    if (columns.isEmpty()) {
      throw new InputException(
          "Target (" + target.name() + ") reads no column. Maybe name one with predict.");
    }
    return target;
  }

  private Task task(NamedExpression target) {
    if (query.task() == Task.CLASSIFICATION
        && target.expression() instanceof Expression.Call call
        && !call.isComparison()) {
      throw new InputException(
          "Target ("
              + target.name()
              + ") is a computed number, which is no class. Maybe predict a comparison such as '"
              + call
              + " > 10 AS high'.");
    }
    if (query.task() != null) {
      boolean text = binder.typeOf(target.expression()) == ColumnType.TEXT;
      if (query.task() == Task.REGRESSION && text) {
        throw new InputException(
            "Column ("
                + target.name()
                + ") of "
                + schema.table()
                + " holds texts, which regression cannot predict. Maybe use --task"
                + " classification.");
      }
      return query.task();
    }
    return switch (binder.typeOf(target.expression())) {
      case NUMBER, DATETIME -> Task.REGRESSION;
      case BOOLEAN, TEXT -> Task.CLASSIFICATION;
    };
  }

  private EncodeRequest encoding(
      List<String> groupBy, NamedExpression target, boolean classes, FeatureChoice features) {
    query.only().forEach(key -> checkLength(key, groupBy));
    return new EncodeRequest(
        groupBy,
        target,
        classes,
        features.numeric,
        features.categorical,
        query.weight() == null ? null : binder.numberColumn(query.weight(), "Weights"),
        query.orderBy() == null ? null : binder.orderColumn(query.orderBy(), target),
        query.where(),
        query.only(),
        false,
        query.maxGroups());
  }

  private static void checkLength(GroupKey key, List<String> groupBy) {
    if (key.values().size() != groupBy.size()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "Group (%s) has %d values, but groups are made by %d columns (%s). Maybe divide"
                  + " values by commas.",
              key,
              key.values().size(),
              groupBy.size(),
              String.join(",", groupBy)));
    }
  }
}
