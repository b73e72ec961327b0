package dev.kingpin.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.EncodeRequest;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.data.NamedExpression;
import dev.kingpin.data.Schema;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Task;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class QueryResolverTest {
  private static final Schema FLIGHTS =
      new Schema(
          "flights.csv",
          List.of(
              new Column("Origin", ColumnType.TEXT),
              new Column("carrier", ColumnType.TEXT),
              new Column("date", ColumnType.DATETIME),
              new Column("distance", ColumnType.NUMBER),
              new Column("air time", ColumnType.NUMBER),
              new Column("night", ColumnType.BOOLEAN),
              new Column("weight", ColumnType.NUMBER),
              new Column("delay", ColumnType.NUMBER)));

  private static ResolvedQuery resolve(UnaryOperator<QueryBuilder> words) {
    QueryBuilder builder = TrainQuery.groupBy("origin").predict("delay");
    return QueryResolver.resolve(words.apply(builder).build(), FLIGHTS);
  }

  private static List<String> numeric(ResolvedQuery query) {
    return query.encoding().numeric().stream().map(NamedExpression::toString).toList();
  }

  private static List<String> categorical(ResolvedQuery query) {
    return query.encoding().categorical().stream().map(NamedExpression::toString).toList();
  }

  // ---------------------------------------------------------------- choices

  @Test
  void allOtherColumnsAreFeaturesByDefault() {
    ResolvedQuery query = resolve(q -> q);
    assertThat(numeric(query))
        .containsExactly(
            "hour(date)",
            "weekday(date)",
            "month(date)",
            "distance",
            "\"air time\"",
            "night",
            "weight");
    assertThat(categorical(query)).containsExactly("carrier");
    assertThat(query.notes()).hasSize(1);
    assertThat(query.notes().get(0))
        .contains("(date) is used as hour, weekday and month")
        .contains("Maybe");
  }

  @Test
  void columnsWithAPartToPlayAreNoFeatures() {
    ResolvedQuery query = resolve(q -> q.weight("WEIGHT").predict("delay + distance > 15 AS late"));
    assertThat(numeric(query)).doesNotContain("weight", "delay", "distance").contains("night");
    assertThat(query.encoding().weight()).isEqualTo("weight");
    assertThat(query.encoding().groupBy()).containsExactly("Origin");
  }

  @Test
  void featuresAreThoseNamedInTheirOrder() {
    ResolvedQuery query =
        resolve(q -> q.from("Night, CARRIER AS company", "log(distance) AS far", "days(DATE)"));
    assertThat(numeric(query))
        .containsExactly("night", "log(distance) AS far", "days(date) AS \"days(DATE)\"");
    assertThat(categorical(query)).containsExactly("carrier AS company");
    assertThat(query.notes()).isEmpty();
  }

  @Test
  void columnsAreCategoriesIfTheUserSaysSo() {
    ResolvedQuery query = resolve(q -> q.categorical("NIGHT", "date", "distance"));
    assertThat(categorical(query)).containsExactly("carrier", "date", "distance", "night");
    assertThat(numeric(query)).containsExactly("\"air time\"", "weight");
    assertThat(query.notes()).isEmpty();
  }

  @Test
  void aCategoryNamedBesideTheFeaturesIsOneMore() {
    ResolvedQuery query = resolve(q -> q.from("distance").categorical("night"));
    assertThat(numeric(query)).containsExactly("distance");
    assertThat(categorical(query)).containsExactly("night");
  }

  @ParameterizedTest
  @CsvSource({
    "delay, REGRESSION, RMSE",
    "date, REGRESSION, RMSE",
    "night, CLASSIFICATION, LOG_LOSS",
    "carrier, CLASSIFICATION, LOG_LOSS",
    "delay > 15 AS late, CLASSIFICATION, LOG_LOSS",
    "delay / 60, REGRESSION, RMSE",
  })
  void theTypeOfTheTargetDecidesTheTask(String target, Task task, Metric metric) {
    ResolvedQuery query = resolve(q -> q.predict(target).from("distance"));
    assertThat(query.task()).isEqualTo(task);
    assertThat(query.metric()).isEqualTo(metric);
    EncodeRequest encoding = query.encoding();
    assertThat(encoding.classes()).isEqualTo(task == Task.CLASSIFICATION);
  }

  @Test
  void theUserMayDecideTheTask() {
    assertThat(resolve(q -> q.task(Task.CLASSIFICATION)).metric()).isEqualTo(Metric.LOG_LOSS);
    assertThat(resolve(q -> q.predict("night").task(Task.REGRESSION)).metric())
        .isEqualTo(Metric.RMSE);
  }

  @Test
  void settingsHaveTheirDefaultsUnlessValuesAreNamed() {
    assertThat(resolve(q -> q).grid().get("l2").stream().map(Double::valueOf))
        .containsExactly(0.0, 0.0001, 0.001, 0.01, 0.1, 1.0);
    assertThat(resolve(q -> q.grid("l2", "0.10", 0.1, 1e-1, " 2 ", "1e3")).grid().get("l2"))
        .containsExactly("0.1", "2", "1000");
  }

  // ---------------------------------------------------------------- refusals

  private static Arguments refused(UnaryOperator<QueryBuilder> words, String... parts) {
    return Arguments.of(words, List.of(parts));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refused(q -> q.predict("dely"), "Column (dely) is not in flights.csv", "you meant (delay)"),
        refused(q -> q.from("distanse"), "Column (distanse)", "(distance)"),
        refused(q -> q.categorical("nigt"), "Column (nigt)", "(night)"),
        refused(q -> q.weight("wait"), "Column (wait)"),
        refused(q -> q.weight("carrier"), "Weights must be numbers", "(carrier)", "text"),
        refused(
            last("carrier"),
            "Rows are ordered by numbers or date-times, but column (carrier) of flights.csv is a"
                + " text. Maybe write its values as 2024-05-31"),
        refused(last("night"), "column (night)", "boolean. Maybe name a column of times"),
        refused(last("dote"), "Column (dote)", "you meant (date)"),
        refused(last("delay"), "Column (delay) is predicted, so it cannot tell which rows are"),
        refused(q -> q.weight("date"), "Weights must be numbers", "(date)", "datetime"),
        refused(q -> q.predict("origin"), "(Origin) cannot be both predicted and grouped by"),
        refused(q -> q.predict("3"), "Target (3) reads no column"),
        refused(q -> q.predict("delay, night"), "Expected one column or expression"),
        refused(q -> q.learner("liner"), "Learner (liner) is unknown", "you meant (linear)"),
        refused(q -> q.learner("forest"), "use one of these: linear"),
        refused(q -> q.metric(Metric.LOG_LOSS), "Metric (log_loss)", "regression", "rmse"),
        refused(q -> q.predict("night").metric(Metric.RMSE), "Metric (rmse)", "classification"),
        refused(
            q -> q.predict("carrier").task(Task.REGRESSION),
            "Column (carrier) of flights.csv holds texts",
            "--task classification"),
        refused(
            q -> q.predict("delay * 2").task(Task.CLASSIFICATION),
            "Target (delay * 2) is a computed number",
            "'(delay * 2) > 10 AS high'"),
        refused(q -> q.grid("l22", 1), "Setting (l22) is unknown to learner (linear)", "(l2)"),
        refused(q -> q.grid("depth", 1), "Setting (depth)", "use one of these: l"),
        refused(q -> q.grid("l2", -1), "Value (-1) of setting (l2)", "from 0 to 1000000000000"),
        refused(q -> q.grid("l2", 1, "x"), "Value (x) of setting (l2)", "Maybe use 0,0.0001"),
        refused(q -> q.grid("l2", "NaN"), "Value (NaN) of setting (l2)"),
        refused(q -> q.grid("l2", 1e13), "Value (1.0E13) of setting (l2)"),
        refused(q -> q.grid("l2"), "Setting (l2) has no values"),
        refused(q -> q.from("hour(distance)"), "(hour) needs a date-time", "(distance)", "number"),
        refused(q -> q.from("hour(carrier)"), "(hour) needs a date-time", "text"),
        refused(q -> q.from("date * 2"), "(*) needs numbers", "(date)", "Maybe use days(date)"),
        refused(q -> q.from("log(carrier)"), "(log) needs numbers", "the column as it is"),
        refused(q -> q.predict("date > 1"), "(>) needs numbers", "(date)"),
        refused(q -> q.from("distance, distance"), "Two features are called (distance)"),
        refused(q -> q.from("carrier, carrier"), "Two features are called (carrier)"),
        refused(
            q -> q.from("distance, log(distance) AS distance"),
            "Two features are called (distance)",
            "'log(distance) AS other'"),
        refused(q -> q.from("night AS carrier, carrier"), "Two features are called (carrier)"),
        refused(q -> q.from("delay"), "Feature (delay) reads what is predicted (delay)"),
        refused(q -> q.from("distance, log(delay) AS l"), "Feature (l) reads what is predicted"),
        refused(q -> q.from("delay + distance AS s"), "Feature (s) reads what is predicted"),
        refused(q -> q.categorical("delay"), "Feature (delay) reads what is predicted"),
        refused(
            q -> q.predict("delay > 15 AS late").from("delay"),
            "Feature (delay) reads what is predicted (late)"),
        refused(
            q -> q.predict("delay - distance").from("delay / distance AS r"), "Feature (r) reads"),
        refused(
            q -> q.only(GroupKey.of("SEA", "AA")),
            "Group (SEA,AA) has 2 values, but groups are made by 1 columns (Origin)"));
  }

  private static UnaryOperator<QueryBuilder> last(String column) {
    return q -> q.validate(Validation.last(0.2)).orderBy(column);
  }

  @Test
  void theColumnThatOrdersRowsIsAFeatureOnlyIfNamed() {
    ResolvedQuery query = resolve(last("Distance"));
    assertThat(numeric(query)).doesNotContain("distance").contains("weight");
    assertThat(query.encoding().orderBy()).isEqualTo("distance");
    assertThat(numeric(resolve(q -> last("distance").apply(q).from("distance"))))
        .containsExactly("distance");
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void wordsThatMakeNoSenseAreRefusedWithAdvice(
      UnaryOperator<QueryBuilder> words, List<String> parts) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> resolve(words))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).contains("Maybe"));
  }

  @Test
  void oneOfSeveralColumnsOfATargetMayBeLearnedFrom() {
    assertThat(numeric(resolve(q -> q.predict("delay - distance AS d").from("distance"))))
        .containsExactly("distance");
  }

  @Test
  void aTableWithoutFeaturesIsRefused() {
    Schema schema =
        new Schema(
            "t.csv", List.of(new Column("g", ColumnType.TEXT), new Column("y", ColumnType.NUMBER)));
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(
            () -> QueryResolver.resolve(TrainQuery.groupBy("g").predict("y").build(), schema))
        .withMessageContaining("no feature left to learn from in t.csv");
  }

  @Test
  void aGroupByColumnMustExist() {
    TrainQuery query = TrainQuery.groupBy("orign").predict("delay").build();
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> QueryResolver.resolve(query, FLIGHTS))
        .withMessageContaining("Column (orign)")
        .withMessageContaining("(Origin)");
  }
}
