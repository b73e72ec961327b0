package dev.kingpin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.learner.Outcome;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.query.ResolvedQuery;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import dev.kingpin.store.MemoryModels;
import dev.kingpin.tune.Grid;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rehearsal trains all its groups by the way of the query, whatever is asked. */
class RehearsalTest {
  private static final Recipe RECIPE =
      Recipe.of(700, 5, 300).numeric(3).levels(3).missing(0.05).withWeights().parents(2);

  private static QueryBuilder query() {
    return TrainQuery.groupBy("p", "g").predict("y").grid("l2", 0.01, 1);
  }

  private static Stream<QueryBuilder> queries() {
    return Stream.of(
        query(),
        query().weight("w").grid("shrink", 0, 20),
        query().validate(Validation.folds(3)),
        query().predict("w > 1 AS heavy").from("x0", "x1"),
        query().validate(Validation.last(0.2)).orderBy("w"));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void everyGroupGetsAModel(QueryBuilder asked) {
    MemoryTable table = TestTables.make(RECIPE, 8);
    ResolvedQuery query = QueryResolver.resolve(asked.build(), table.schema());

    TrainRun run = Rehearsal.run(query, Grid.candidates(query));
    MemoryModels models = new MemoryModels(run.header(), run.keys(), run.families());
    run.train(models);

    List<Outcome> outcomes =
        models.keys().stream().map(k -> models.find(k).orElseThrow().outcome()).toList();
    assertThat(outcomes).hasSize(20).hasOnlyElementsOfType(Outcome.Trained.class);
  }
}
