package dev.kingpin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.MemoryTable;
import dev.kingpin.learner.linear.LinearModels;
import dev.kingpin.plan.Demand;
import dev.kingpin.query.TrainQuery;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PilotTest {
  private static final int ROWS = 6000;

  private static MemoryTable table() {
    MemoryTable table = new MemoryTable("rows");
    table.number("g", IntStream.range(0, ROWS).mapToDouble(i -> i % 5).toArray());
    table.number("x", IntStream.range(0, ROWS).mapToDouble(i -> i % 17).toArray());
    table.number("y", IntStream.range(0, ROWS).mapToDouble(i -> i % 7 + 2 * (i % 17)).toArray());
    return table;
  }

  private static TrainQuery query() {
    return Kingpin.groupBy("g").predict("y").with(LinearModels.grid().l2(0.1, 1)).query();
  }

  @Test
  void groupsAskForTheSameBesideOthersAsAlone() {
    List<Demand> alone = Kingpin.pilot(query(), table(), 3, 1);
    List<Demand> beside = Kingpin.pilot(query(), table(), 3, 3);
    assertThat(alone).hasSize(5).allMatch(d -> d.seconds() > 0);
    assertThat(counts(beside)).isEqualTo(counts(alone));
  }

  @Test
  void groupsOfTooFewRowsAskForNothing() {
    TrainQuery few =
        Kingpin.groupBy("g")
            .predict("y")
            .with(LinearModels.grid().l2(0.1, 1).lbfgs(5))
            .minRows(ROWS)
            .query();
    assertThat(Kingpin.pilot(few, table(), 1, 1)).hasSize(5).allMatch(d -> d.seconds() == 0);
  }

  @Test
  void rowsAreOnlyPutInOrderForChainsThatVisitThem() {
    TrainQuery visiting =
        Kingpin.groupBy("g").predict("y").with(LinearModels.grid().sgd(2).l2(0.1, 1)).query();
    assertThat(Kingpin.pilot(visiting, table(), 1, 1)).allMatch(d -> d.orderSeconds() > 0);
    assertThat(Kingpin.pilot(query(), table(), 1, 1)).allMatch(d -> d.orderSeconds() == 0);
  }

  /** All that does not depend on the clock. */
  private static List<List<Object>> counts(List<Demand> demands) {
    return demands.stream().map(PilotTest::counts).toList();
  }

  private static List<Object> counts(Demand demand) {
    List<List<Double>> steps =
        demand.chains().stream()
            .flatMap(c -> c.steps().stream())
            .map(s -> List.of((double) s.times(), s.requestBytes(), s.partialBytes()))
            .toList();
    return List.of(demand.blocks(), demand.rowBytes(), demand.last().size(), steps);
  }
}
