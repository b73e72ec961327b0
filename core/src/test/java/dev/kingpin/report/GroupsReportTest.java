package dev.kingpin.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Outcome;
import dev.kingpin.store.RunHeader;
import dev.kingpin.store.TrainedGroup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class GroupsReportTest {
  private static final List<TrainedGroup> GROUPS =
      List.of(
          Runs.trained("ATL", 5000, 1, 33, 32.5, 30.0, 31.0),
          Runs.constant("BOS", 40),
          Runs.failed("GST", 1, Outcome.Reason.TOO_FEW_ROWS, "1 row, 30 are needed"),
          Runs.failed("LWB", 3, Outcome.Reason.TOO_FEW_ROWS, "3 rows, 30 are needed"),
          Runs.trained("SEA", 1000, 2, 20, Double.NaN, 22.0, 20.5));

  private static GroupsReport report(GroupsView view) {
    return GroupsReport.of(Runs.header("origin"), GROUPS, view);
  }

  @Test
  void tellsWhatBecameOfTheGroups() {
    assertThat(report(GroupsView.ALL).text(Page.plain()))
        .isEqualTo(
            """
            delay by origin: a linear model for each of 5 groups of flights.csv
              settings   3 tried, compared by rmse on 20% of each group's rows
              groups     2 trained, 1 constant, 2 failed (2 too few rows)
              rows       6,000 in trained groups, 44 in others, 60 skipped (no target, or no weight)
              worth it?  rmse 28.6 with the models, 31.2 with each group's mean: 8.3% lower
                         on 1,200 validation rows; better in 1 of 2 groups, median rmse 25.3

            origin  status     rows  winner  rmse  mean   gain  reason
            ------  --------  -----  ------  ----  ----  -----  ---------------------
            ATL     trained   5,000  l2=0.1  30.0  33.0   9.1%
            SEA     trained   1,000  l2=10   20.5  20.0  -2.5%
            BOS     constant     40                             all targets are 7
            LWB     failed        3                             3 rows, 30 are needed
            GST     failed        1                             1 row, 30 are needed
            """);
  }

  @Test
  void weighsGroupsByTheirValidationRows() {
    GroupsSummary summary = report(GroupsView.ALL).summary();
    double rmse = Math.sqrt((1000 * 30.0 * 30.0 + 200 * 20.5 * 20.5) / 1200);
    assertThat(summary.overallMetric()).isCloseTo(rmse, within(1e-12));
    RunHeader header = Runs.header(Metric.LOG_LOSS, List.of(Runs.config("0")), "origin");
    List<TrainedGroup> groups =
        List.of(Runs.trained("A", 500, 0, 0.7, 0.6), Runs.trained("B", 1500, 0, 0.5, 0.2));
    GroupsReport report = GroupsReport.of(header, groups, GroupsView.ALL);
    assertThat(report.summary().overallMetric()).isCloseTo(0.3, within(1e-12));
    assertThat(report.summary().overallConstantMetric()).isCloseTo(0.55, within(1e-12));
    assertThat(report.account(Page.plain()))
        .contains("one (l1=0 l2=0), judged by log_loss on 20%")
        .contains("log_loss 0.300 with the models, 0.550 with each group's base rate: 45.5% lower");
  }

  @Test
  void saysSoWhenTheModelsWereNotWorthIt() {
    List<TrainedGroup> groups = List.of(Runs.trained("A", 500, 0, 10, 11.0, 12.0, 13.0));
    assertThat(GroupsReport.of(Runs.header("k"), groups, GroupsView.ALL).account(Page.plain()))
        .contains("rmse 11.0 with the models, 10.0 with each group's mean: 10.0% higher, so no\n")
        .contains("better in 0 of 1 group, median");
  }

  @Test
  void hasWordsForARunWithoutModels() {
    List<TrainedGroup> groups =
        List.of(Runs.failed("A", 9, Outcome.Reason.NO_TARGET, "no row has a target"));
    assertThat(GroupsReport.of(Runs.header("k"), groups, GroupsView.ALL).account(Page.plain()))
        .contains("0 trained, 1 failed (1 no target)")
        .contains("no group has a model to compare");
  }

  @ParameterizedTest
  @CsvSource({
    "rows, ATL SEA BOS LWB GST",
    "key, ATL BOS GST LWB SEA",
    "metric, SEA ATL BOS GST LWB",
    "gain, ATL SEA BOS GST LWB"
  })
  void sorts(String sort, String keys) {
    GroupsReport report = report(new GroupsView(null, GroupsView.Sort.of(sort), 0));
    assertThat(report.lines().stream().map(l -> l.key().toString()))
        .containsExactly(keys.split(" "));
  }

  @Test
  void limitsTheListButNotTheAccount() {
    GroupsReport report = report(new GroupsView("failed", GroupsView.Sort.ROWS, 1));
    assertThat(report.text(Page.plain()))
        .contains("2 trained, 1 constant, 2 failed")
        .endsWith(
            """

            origin  status  rows  reason
            ------  ------  ----  ---------------------
            LWB     failed     3  3 rows, 30 are needed
            ... and 1 more group
            """);
  }

  @Test
  void refusesUnknownWords() {
    assertThatThrownBy(() -> new GroupsView("faild", GroupsView.Sort.KEY, 0))
        .isInstanceOf(InputException.class)
        .hasMessage("Status (faild) is unknown. Maybe you meant (failed)?");
    assertThatThrownBy(() -> GroupsView.Sort.of("size"))
        .hasMessage(
            "Sort order (size) is unknown. Maybe use one of these: rows, key, metric, gain.");
    assertThatThrownBy(() -> new GroupsView(null, GroupsView.Sort.KEY, -1))
        .hasMessageContaining("(-1)");
  }

  @Test
  void parsesBackAsJson() {
    JsonNode tree = new ObjectMapper().readTree(Json.write(report(GroupsView.ALL).tree()));

    assertThat(tree.at("/model/group_by/0").asString()).isEqualTo("origin");
    assertThat(tree.at("/model/data_hash").asString()).isEqualTo("000000000000beef");
    assertThat(tree.at("/summary/failed_by_reason/too_few_rows").asInt()).isEqualTo(2);
    JsonNode atl = tree.at("/groups/0");
    assertThat(atl.at("/key/origin").asString()).isEqualTo("ATL");
    assertThat(atl.at("/winner/l2").isNumber()).isTrue();
    assertThat(atl.at("/metric").asDouble()).isEqualTo(30.0);
    JsonNode bos = tree.at("/groups/2");
    assertThat(bos.at("/metric").isNull()).isTrue();
    assertThat(bos.at("/winner").isNull()).isTrue();
    assertThat(bos.at("/reason").asString()).isEqualTo("constant_target");
  }

  @Test
  void nullKeysAreNullInJsonAndWordsInText() {
    List<TrainedGroup> groups =
        List.of(
            Runs.group(
                GroupKey.of(null, "2"),
                9,
                new Outcome.Failed(Outcome.Reason.NO_FIT, "columns depend on each other")));
    GroupsReport report = GroupsReport.of(Runs.header("a", "b"), groups, GroupsView.ALL);
    assertThat(report.table(Page.plain())).contains("\nNULL  2  failed     9  columns");
    assertThat(Json.write(report.tree())).contains("\"key\":{\"a\":null,\"b\":\"2\"}");
  }
}
