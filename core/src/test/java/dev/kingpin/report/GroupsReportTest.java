package dev.kingpin.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Rivals;
import dev.kingpin.query.AnswerWith;
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
  void oneGroupIsNotEach() {
    assertThat(
            GroupsReport.of(Runs.header("origin"), GROUPS.subList(0, 1), GroupsView.ALL)
                .account(Page.plain()))
        .startsWith("delay by origin: a linear model for 1 group of flights.csv\n");
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
              worth it?  rmse 28.6 with own models, 31.2 with each group's mean: 8.3% lower
                         on 1,200 validation rows of 2 groups

                         answered by        rmse  gain  best in
                         -----------------  ----  ----  -------
                         own models         28.6        1 group
                         each group's mean  31.2  8.3%  1 group

            origin  status     rows  winner  rmse  mean   gain  best  reason
            ------  --------  -----  ------  ----  ----  -----  ----  ---------------------
            ATL     trained   5,000  l2=0.1  30.0  33.0   9.1%  own
            SEA     trained   1,000  l2=10   20.5  20.0  -2.5%  mean
            BOS     constant     40                                   all targets are 7
            LWB     failed        3                                   3 rows, 30 are needed
            GST     failed        1                                   1 row, 30 are needed
            """);
  }

  @Test
  void weighsGroupsByTheirValidationRows() {
    GroupsSummary summary = report(GroupsView.ALL).summary();
    double rmse = Math.sqrt((1000 * 30.0 * 30.0 + 200 * 20.5 * 20.5) / 1200);
    assertThat(summary.metric(Contender.OWN)).isCloseTo(rmse, within(1e-12));
    RunHeader header = Runs.header(Metric.LOG_LOSS, List.of(Runs.config("0")), "origin");
    List<TrainedGroup> groups =
        List.of(Runs.trained("A", 500, 0, 0.7, 0.6), Runs.trained("B", 1500, 0, 0.5, 0.2));
    GroupsReport report = GroupsReport.of(header, groups, GroupsView.ALL);
    assertThat(report.summary().metric(Contender.OWN)).isCloseTo(0.3, within(1e-12));
    assertThat(report.summary().metric(Contender.CONSTANT)).isCloseTo(0.55, within(1e-12));
    assertThat(report.account(Page.plain()))
        .contains("one (l1=0 l2=0), judged by log_loss on 20%")
        .contains("log_loss 0.300 with own models, 0.550 with each group's base rate: 45.5% lower");
  }

  private static final List<TrainedGroup> FAMILIES =
      List.of(
          Runs.trained(GroupKey.of("AA", "x"), 500, new Rivals(10, 8, 9), 0, 7.0),
          Runs.trained(GroupKey.of("AA", "y"), 500, new Rivals(10, 5, 9), 0, 7.0),
          Runs.trained(GroupKey.of("BB", "x"), 500, new Rivals(10, Double.NaN, 6), 0, 7.0),
          Runs.trained(GroupKey.of("BB", "y"), 500, new Rivals(10, 7, 9), 0, 7.0),
          Runs.fallback(GroupKey.of("AA", "z"), 9, 1),
          Runs.fallback(GroupKey.of("CC", "z"), 8, 0),
          Runs.failed("CC", 7, Outcome.Reason.NO_FIT, "overflow"));

  @Test
  void comparesEachGroupWithItsParentAndTheGlobalModelOnTheSameRows() {
    RunHeader header = Runs.header(Metric.MAE, List.of(Runs.config("0")), "carrier", "route");
    assertThat(GroupsReport.of(header, FAMILIES.subList(0, 6), GroupsView.ALL).text(Page.plain()))
        .endsWith(
            """
              groups     4 trained, 1 answered by parents, 1 by the global model (2 too few rows), 0 failed
              rows       2,000 in trained groups, 17 in others, 20 skipped (no target, or no weight)
              worth it?  mae 7.00 with own models, 6.50 with parents: 7.7% higher, so no
                         on 400 validation rows of 4 groups

                         answered by          mae   gain   best in
                         -----------------  -----  -----  --------
                         own models          7.00         2 groups
                         parents             6.50  -7.7%  2 groups
                         the global model    8.25  15.2%   1 group
                         each group's mean  10.0   30.0%  0 groups

            carrier  route  status    rows   mae  mean  parent  global   gain  best    reason
            -------  -----  --------  ----  ----  ----  ------  ------  -----  ------  -------------------------------------
            AA       x      trained    500  7.00  10.0    8.00    9.00  30.0%  own
            AA       y      trained    500  7.00  10.0    5.00    9.00  30.0%  parent
            BB       x      trained    500  7.00  10.0       -    6.00  30.0%  global
            BB       y      trained    500  7.00  10.0    7.00    9.00  30.0%  tie
            AA       z      fallback     9                                             9 rows, 30 are needed; AA,* answers
            CC       z      fallback     8                                             8 rows, 30 are needed; global answers
            """);
  }

  @Test
  void tellsWhoAnswersIfTheBestDoes() {
    RunHeader header = Runs.header(AnswerWith.BEST, "carrier", "route");
    GroupsReport report = GroupsReport.of(header, FAMILIES, GroupsView.ALL);
    assertThat(report.account(Page.plain()))
        .contains("by the global model (2 too few rows), 1 failed (1 no fit)\n")
        .contains(
            "answers    whoever did best on the validation rows: own models in 2, parents in 1, the"
                + " global model in 1\n");
    assertThat(report.lines())
        .extracting(GroupLine::level)
        .containsExactly("group", "parent", "global", "group", "parent", "global", "none");
  }

  @ParameterizedTest
  @CsvSource({
    "R2, 0.4, 0.1, r2 0.400 with own models, 0.100 with the global model: 33.3% less error",
    "ACCURACY, 0.7, 0.8, accuracy 0.700 with own models, 0.800 with the global model: 50.0% more"
  })
  void largerMayBeBetter(Metric metric, double own, double global, String words) {
    List<TrainedGroup> groups =
        List.of(Runs.trained(GroupKey.of("A"), 500, new Rivals(0, Double.NaN, global), 0, own));
    RunHeader header = Runs.header(metric, List.of(Runs.config("0")), "k");
    GroupsReport report = GroupsReport.of(header, groups, GroupsView.ALL);
    assertThat(report.account(Page.plain())).contains(words);
    assertThat(report.lines().get(0).best()).isEqualTo(own > global ? "own" : "global");
    assertThat(report.lines().get(0).gain()).isCloseTo(own, within(1e-12));
  }

  @Test
  void whereNothingAddsUpTheMedianIsShown() {
    RunHeader header = Runs.header(Metric.R2, List.of(Runs.config("0")), "k");
    List<TrainedGroup> groups =
        List.of(
            Runs.trained("A", 90_000, 0, 0, 0.9),
            Runs.trained("B", 500, 0, 0, -0.3),
            Runs.trained("C", 500, 0, 0, 0.2));
    GroupsReport report = GroupsReport.of(header, groups, GroupsView.ALL);
    assertThat(report.account(Page.plain()))
        .contains("r2 0.200 with own models, 0 with each group's mean: 20.0% less error\n")
        .contains("on 18,200 validation rows of 3 groups; medians over groups\n");
    assertThat(report.lines()).extracting(GroupLine::metric).containsExactly(0.9, -0.3, 0.2);
    GroupsView byMetric = new GroupsView(null, GroupsView.Sort.METRIC, 0);
    assertThat(GroupsReport.of(header, groups, byMetric).lines())
        .extracting(GroupLine::metric)
        .containsExactly(0.9, 0.2, -0.3);
  }

  @Test
  void saysHowManyOfHowManyConfigsWereDrawn() {
    List<Config> two = List.of(Runs.config("0"), Runs.config("1"));
    assertThat(drawn(two, 64)).contains("settings   2 of 64 drawn at random, compared by rmse on");
    assertThat(drawn(two, 0)).contains("settings   2 drawn at random, compared by rmse on 20%");
    assertThat(drawn(two, 2)).contains("settings   2 tried, compared by rmse on 20%");
  }

  private static String drawn(List<Config> configs, int combinations) {
    RunHeader header = Runs.drawn(configs, combinations);
    return GroupsReport.of(header, List.of(), GroupsView.ALL).account(Page.plain());
  }

  @Test
  void saysSoWhenTheModelsWereNotWorthIt() {
    List<TrainedGroup> groups = List.of(Runs.trained("A", 500, 0, 10, 11.0, 12.0, 13.0));
    assertThat(GroupsReport.of(Runs.header("k"), groups, GroupsView.ALL).account(Page.plain()))
        .contains("rmse 11.0 with own models, 10.0 with each group's mean: 10.0% higher, so no\n")
        .contains("on 100 validation rows of 1 group\n");
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
