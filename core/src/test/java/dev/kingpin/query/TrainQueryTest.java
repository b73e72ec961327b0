package dev.kingpin.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.Task;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainQueryTest {
  @Test
  void theSameWordsMakeEqualQueries() {
    assertThat(words(TrainQuery.groupBy("a", "b"))).isEqualTo(words(TrainQuery.groupBy("a", "b")));
  }

  private static TrainQuery words(QueryBuilder builder) {
    return builder
        .predict("y")
        .from("x", "z")
        .categorical("c")
        .weight("w")
        .where("x > 1")
        .task(Task.REGRESSION)
        .grid("l2", 0.1, 1)
        .validate(Validation.holdout(0.3))
        .metric(Metric.RMSE)
        .refit(false)
        .only(GroupKey.of("p", null))
        .minRows(5)
        .maxGroups(9)
        .seed(4)
        .build();
  }

  @Test
  void whatIsNotSaidHasADefault() {
    TrainQuery query = TrainQuery.groupBy("a").predict("y").build();
    assertThat(query.learner()).isEqualTo("linear");
    assertThat(query.validation()).isEqualTo(Validation.holdout(0.2));
    assertThat(query.refit()).isTrue();
    assertThat(query.minRows()).isEqualTo(TrainQuery.DEFAULT_MIN_ROWS);
    assertThat(query.only()).isEmpty();
    assertThat(query.grid()).isEmpty();
  }

  @Test
  void aBuiltQueryDoesNotChangeWithItsBuilder() {
    QueryBuilder builder = TrainQuery.groupBy("a").predict("y").grid("l2", 1);
    TrainQuery query = builder.build();
    builder.grid("l2", 2).only(GroupKey.of("k")).predict("z");
    assertThat(query.grid().get("l2")).containsExactly("1");
    assertThat(query.only()).isEmpty();
    assertThat(query.predict()).isEqualTo("y");
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of((UnaryOperator<QueryBuilder>) q -> q.predict(" "), "nothing to predict"),
        Arguments.of((UnaryOperator<QueryBuilder>) q -> q.minRows(1), "Groups of (1) rows"),
        Arguments.of((UnaryOperator<QueryBuilder>) q -> q.maxGroups(0), "At most (0) groups"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void numbersThatMakeNoSenseAreRefused(UnaryOperator<QueryBuilder> words, String message) {
    QueryBuilder builder = words.apply(TrainQuery.groupBy("g").predict("y"));
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(builder::build)
        .withMessageContaining(message)
        .withMessageContaining("Maybe");
  }

  @Test
  void aQueryNeedsATargetAndAColumnToGroupBy() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> TrainQuery.groupBy("g").build())
        .withMessageContaining("nothing to predict");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> TrainQuery.groupBy(new String[0]).predict("y").build())
        .withMessageContaining("no columns to group by");
  }

  // ---------------------------------------------------------------- validation, metric

  @ParameterizedTest
  @CsvSource({
    "holdout:0.2, HOLDOUT, 0.2",
    "HOLDOUT:0.5, HOLDOUT, 0.5",
    "' holdout:1e-3 ', HOLDOUT, 0.001",
    "folds:5, FOLDS, 5",
    "Folds:2, FOLDS, 2",
    "folds:100, FOLDS, 100",
    "last:0.25, LAST, 0.25",
  })
  void validationIsReadFromItsWord(String word, Validation.Kind kind, double amount) {
    assertThat(Validation.of(word)).isEqualTo(new Validation(kind, amount));
    assertThat(Validation.of(Validation.of(word).toString())).isEqualTo(Validation.of(word));
  }

  @Test
  void everyFoldIsHeldOutByOneMask() {
    assertThat(Validation.folds(3).masks())
        .containsExactly(new RowMask(1), new RowMask(2), new RowMask(3));
    assertThat(Validation.holdout(0.2).masks()).containsExactly(new RowMask(1));
    assertThat(Validation.last(0.2).masks()).containsExactly(new RowMask(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0.2",
        "holdout",
        "holdout:",
        "holdout:x",
        "folds:1",
        "folds:2.5",
        "folds:101",
        "last:0",
        "last:1.5",
        "holdout:0",
        "holdout:1",
        "holdout:-0.1",
        "holdout:NaN"
      })
  void anyOtherWordIsRefused(String word) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Validation.of(word))
        .withMessageContaining("Maybe use");
  }

  @Test
  void metricsHaveNames() {
    assertThat(Metric.of("rmse")).isEqualTo(Metric.RMSE);
    assertThat(Metric.of("Log-Loss")).isEqualTo(Metric.LOG_LOSS);
    for (Metric metric : List.of(Metric.values())) {
      assertThat(Metric.of(metric.label())).isEqualTo(metric);
    }
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Metric.of("auk"))
        .withMessageContaining("Metric (auk) is unknown");
  }
}
