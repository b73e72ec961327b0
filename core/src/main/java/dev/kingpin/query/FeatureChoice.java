package dev.kingpin.query;

import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.Expression;
import dev.kingpin.data.ExpressionParser;
import dev.kingpin.data.InputException;
import dev.kingpin.data.NamedExpression;
import dev.kingpin.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which features a query learns from, and which of them are categories. */
final class FeatureChoice {
  private final TrainQuery query;
  private final Schema schema;
  private final Binder binder;
  private final Set<Expression> forced = new LinkedHashSet<>(); // columns to take as categories
  final List<NamedExpression> numeric = new ArrayList<>();
  final List<NamedExpression> categorical = new ArrayList<>();
  final List<String> notes = new ArrayList<>();

  private FeatureChoice(TrainQuery query, Schema schema, Binder binder) {
    this.query = query;
    this.schema = schema;
    this.binder = binder;
    query.categorical().forEach(n -> forced.add(new Expression.ColumnRef(schema.get(n).name())));
  }

  /**
   * Chooses the features.
   *
   * @param groupBy columns that make the groups
   * @throws InputException if there are none, two of one name, or one that reads the target
   */
  static FeatureChoice of(
      TrainQuery query, Schema schema, List<String> groupBy, NamedExpression target) {
    FeatureChoice choice = new FeatureChoice(query, schema, new Binder(schema));
    choice.sort(choice.features(groupBy, target));
    choice.check(target);
    return choice;
  }

  private void sort(List<NamedExpression> features) {
    for (NamedExpression feature : features) {
      boolean isText = binder.typeOf(feature.expression()) == ColumnType.TEXT;
      boolean isCategory = isText || forced.contains(feature.expression());
      (isCategory ? categorical : numeric).add(feature);
    }
    for (Expression column : forced) {
      if (categorical.stream().noneMatch(f -> f.expression().equals(column))) {
        categorical.add(new NamedExpression(((Expression.ColumnRef) column).name(), column));
      }
    }
  }

  private void check(NamedExpression target) {
    if (numeric.isEmpty() && categorical.isEmpty()) {
      throw new InputException(
          "There is no feature left to learn from in "
              + schema.table()
              + ". Maybe name some with --from.");
    }
    List<NamedExpression> all = new ArrayList<>(numeric);
    all.addAll(categorical);
    checkNames(all);
    checkLeaks(all, target);
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
        features.addAll(expanded(binder.bind(asked)));
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
    boolean isDate = binder.typeOf(feature.expression()) == ColumnType.DATETIME;
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
}
