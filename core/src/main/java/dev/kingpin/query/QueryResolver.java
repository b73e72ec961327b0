package dev.kingpin.query;

import dev.kingpin.data.Column;
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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks a query against a table's columns and makes every choice that was left open. */
public final class QueryResolver {
  private final TrainQuery query;
  private final Schema schema;
  private final List<String> notes = new ArrayList<>();
  private final Set<Expression> forced = new LinkedHashSet<>(); // columns to take as categories

  private QueryResolver(TrainQuery query, Schema schema) {
    this.query = query;
    this.schema = schema;
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
              + ") cannot be both predicted and grouped by: it is the same within each group.");
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
              + task.name().toLowerCase(java.util.Locale.ROOT)
              + ". Maybe use "
              + Metric.defaultFor(task).label()
              + ", or set --task.");
    }
    EncodeRequest encoding = encoding(groupBy, target, task);
    return new ResolvedQuery(
        query, encoding, task, metric, learner, GridValues.of(query, learner), notes);
  }

  private NamedExpression target() {
    NamedExpression target = bind(ExpressionParser.parse(query.predict()));
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
      boolean text = typeOf(target.expression()) == ColumnType.TEXT;
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
    return switch (typeOf(target.expression())) {
      case NUMBER, DATETIME -> Task.REGRESSION;
      case BOOLEAN, TEXT -> Task.CLASSIFICATION;
    };
  }

  private EncodeRequest encoding(List<String> groupBy, NamedExpression target, Task task) {
    List<NamedExpression> numeric = new ArrayList<>();
    List<NamedExpression> categorical = new ArrayList<>();
    query.categorical().forEach(n -> forced.add(new Expression.ColumnRef(schema.get(n).name())));
    for (NamedExpression feature : features(groupBy, target)) {
      if (typeOf(feature.expression()) == ColumnType.TEXT
          || forced.contains(feature.expression())) {
        categorical.add(feature);
      } else {
        numeric.add(feature);
      }
    }
    for (Expression column : forced) {
      if (categorical.stream().noneMatch(f -> f.expression().equals(column))) {
        categorical.add(new NamedExpression(((Expression.ColumnRef) column).name(), column));
      }
    }
    if (numeric.isEmpty() && categorical.isEmpty()) {
      throw new InputException(
          "There is no feature left to learn from in "
              + schema.table()
              + ". Maybe name some with"
              + " --from.");
    }
    List<NamedExpression> all = new ArrayList<>(numeric);
    all.addAll(categorical);
    checkNames(all);
    checkLeaks(all, target);
    for (GroupKey key : query.only()) {
      if (key.values().size() != groupBy.size()) {
        throw new InputException(
            String.format(
                java.util.Locale.ROOT,
                "Group (%s) has %d values, but groups are made by %d columns (%s). Maybe divide"
                    + " values by commas.",
                key,
                key.values().size(),
                groupBy.size(),
                String.join(",", groupBy)));
      }
    }
    return new EncodeRequest(
        groupBy,
        target,
        task == Task.CLASSIFICATION,
        numeric,
        categorical,
        query.weight() == null ? null : numberColumn(query.weight(), "Weights"),
        query.orderBy() == null ? null : orderColumn(query.orderBy(), target),
        query.where(),
        query.only(),
        false,
        query.maxGroups());
  }

  private static void checkNames(List<NamedExpression> features) {
    Set<String> names = new LinkedHashSet<>();
    for (NamedExpression feature : features) {
      if (!names.add(feature.name())) {
        throw new InputException(
            "Two features are called ("
                + feature.name()
                + "). Maybe give one another name: '"
                + feature.expression()
                + " AS other'.");
      }
    }
  }

  /** No feature may read all that the target is made of. */
  private static void checkLeaks(List<NamedExpression> features, NamedExpression target) {
    Set<String> made = new LinkedHashSet<>();
    target.expression().collectColumns(made);
    for (NamedExpression feature : features) {
      Set<String> read = new LinkedHashSet<>();
      feature.expression().collectColumns(read);
      if (read.containsAll(made)) {
        throw new InputException(
            "Feature ("
                + feature.name()
                + ") reads what is predicted ("
                + target.name()
                + "), which new rows do not have. Maybe leave it out.");
      }
    }
  }

  private List<NamedExpression> features(List<String> groupBy, NamedExpression target) {
    if (query.from() != null) {
      List<NamedExpression> features = new ArrayList<>();
      for (NamedExpression asked : ExpressionParser.parseList(query.from())) {
        features.addAll(expanded(bind(asked)));
      }
      return features;
    }
    Set<String> taken = new LinkedHashSet<>(groupBy);
    target.expression().collectColumns(taken);
    if (query.weight() != null) {
      taken.add(schema.get(query.weight()).name());
    }
    if (query.orderBy() != null) {
      taken.add(schema.get(query.orderBy()).name());
    }
    List<NamedExpression> features = new ArrayList<>();
    for (Column column : schema.columns()) {
      if (!taken.contains(column.name())) {
        Expression ref = new Expression.ColumnRef(column.name());
        features.addAll(expanded(new NamedExpression(column.name(), ref)));
      }
    }
    return features;
  }

  private List<NamedExpression> expanded(NamedExpression feature) {
    boolean isDate = typeOf(feature.expression()) == ColumnType.DATETIME;
    return isDate && !forced.contains(feature.expression())
        ? calendar((Expression.ColumnRef) feature.expression())
        : List.of(feature);
  }

  /** What is learned from a date-time that is named without a function. */
  private List<NamedExpression> calendar(Expression.ColumnRef column) {
    notes.add(
        "Date-time column ("
            + column.name()
            + ") is used as hour, weekday and month. Maybe name"
            + " other functions with --from, such as 'days("
            + column.name()
            + ")'.");
    List<NamedExpression> features = new ArrayList<>();
    for (String function : List.of("hour", "weekday", "month")) {
      features.add(
          new NamedExpression(
              function + "(" + column + ")", new Expression.Call(function, List.of(column))));
    }
    return features;
  }

  /** Finds the columns of an expression and checks their types. */
  private NamedExpression bind(NamedExpression asked) {
    Expression bound = bind(asked.expression());
    String name =
        asked.expression() instanceof Expression.ColumnRef ref && asked.name().equals(ref.name())
            ? ((Expression.ColumnRef) bound).name()
            : asked.name();
    return new NamedExpression(name, bound);
  }

  private Expression bind(Expression expression) {
    if (expression instanceof Expression.ColumnRef ref) {
      return new Expression.ColumnRef(schema.get(ref.name()).name());
    }
    if (expression instanceof Expression.Call call) {
      List<Expression> arguments = call.arguments().stream().map(this::bind).toList();
      for (Expression argument : arguments) {
        checkArgument(call, argument);
      }
      return new Expression.Call(call.word(), arguments);
    }
    return expression;
  }

  private void checkArgument(Expression.Call call, Expression argument) {
    ColumnType type = typeOf(argument);
    boolean wantsDate = call.takesDateTime();
    if (wantsDate && type != ColumnType.DATETIME) {
      throw new InputException(
          "Function ("
              + call.word()
              + ") needs a date-time, but ("
              + argument
              + ") of "
              + schema.table()
              + " is a "
              + type.name().toLowerCase(java.util.Locale.ROOT)
              + ".");
    }
    if (!wantsDate && (type == ColumnType.DATETIME || type == ColumnType.TEXT)) {
      throw new InputException(
          "("
              + call.word()
              + ") needs numbers, but ("
              + argument
              + ") of "
              + schema.table()
              + " is a "
              + type.name().toLowerCase(java.util.Locale.ROOT)
              + ". Maybe use"
              + (type == ColumnType.TEXT ? " the column as it is." : " days(" + argument + ")."));
    }
  }

  private ColumnType typeOf(Expression expression) {
    if (expression instanceof Expression.ColumnRef ref) {
      return schema.get(ref.name()).type();
    }
    return expression.isComparison() ? ColumnType.BOOLEAN : ColumnType.NUMBER;
  }

  private String orderColumn(String name, NamedExpression target) {
    Column column = schema.get(name);
    if (column.type() != ColumnType.NUMBER && column.type() != ColumnType.DATETIME) {
      throw new InputException(
          "Rows are ordered by numbers or date-times, but column ("
              + column.name()
              + ") of "
              + schema.table()
              + " is a "
              + column.type().name().toLowerCase(java.util.Locale.ROOT)
              + ". Maybe "
              + (column.type() == ColumnType.TEXT
                  ? "write its values as 2024-05-31 or 2024-05-31 23:59:00."
                  : "name a column of times."));
    }
    if (target.expression().equals(new Expression.ColumnRef(column.name()))) {
      throw new InputException(
          "Column ("
              + column.name()
              + ") is predicted, so it cannot tell which rows are the last. Maybe name a column of"
              + " times with order-by.");
    }
    return column.name();
  }

  private String numberColumn(String name, String what) {
    Column column = schema.get(name);
    if (column.type() != ColumnType.NUMBER && column.type() != ColumnType.BOOLEAN) {
      throw new InputException(
          what
              + " must be numbers, but column ("
              + column.name()
              + ") of "
              + schema.table()
              + " is a "
              + column.type().name().toLowerCase(java.util.Locale.ROOT)
              + ".");
    }
    return column.name();
  }
}
