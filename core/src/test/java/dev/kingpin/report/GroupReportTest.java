package dev.kingpin.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.GroupKey;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Rivals;
import dev.kingpin.learner.Scores;
import dev.kingpin.store.RunHeader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class GroupReportTest {
  private static final GroupReport SEA =
      new GroupReport(
          Runs.header("origin"), Runs.trained("SEA", 1000, 2, 30, Double.NaN, 22.0, 20.5));

  @Test
  void showsSettingsModelAndOrigin() {
    assertThat(SEA.text(Page.plain(), false))
        .isEqualTo(
            """
            SEA  (delay by origin)

            status      trained
            rows        1,000 usable, 200 of them for validation, 10 more skipped
            rmse        20.5
                        31.7% lower than the group's mean (30.0)
            learner     linear
            trained on  flights.csv (12,345 rows, data 000000000000beef, seed 42)
            by          Kingpin 0.1.0

            l1    l2    rmse
            --  ----  ------
             0  10    20.500  winner
             0   0.1  22.000
             0   0    failed

            intercept     103.25
            hour           -0.00012346
            weekday
              Mon           1.5000
              Tue         -12.250
            iterations  1,234
            link                        identity
            """);
  }

  @Test
  void comparesWithParentAndGlobalModel() {
    GroupKey key = GroupKey.of("AA", "x");
    GroupReport report =
        new GroupReport(
            Runs.header(Metric.RMSE, List.of(Runs.config("0")), "carrier", "route"),
            Runs.trained(key, 100, new Rivals(4, 2, 8), 0, 3.0));
    assertThat(report.text(Page.plain(), false))
        .startsWith("AA,x  (delay by carrier, route)\n")
        .contains(
            """
            rmse        3.00
                        25.0% lower than the group's mean (4.00)
                        50.0% higher than its parent (2.00)
                        62.5% lower than the global model (8.00)
            """);
  }

  @Test
  void showsFamiliesLikeGroups() {
    RunHeader header = Runs.header(Metric.RMSE, List.of(Runs.config("0")), "carrier", "route");
    Rivals rivals = new Rivals(4, Double.NaN, Double.NaN);
    GroupReport parent =
        new GroupReport(header, Runs.trained(GroupKey.of("AA"), 100, rivals, 0, 3.0));
    GroupReport global = new GroupReport(header, Runs.trained(GroupKey.of(), 100, rivals, 0, 3.0));
    assertThat(parent.text(Page.plain(), false)).startsWith("AA,*  (delay by carrier, route)\n");
    assertThat(global.text(Page.plain(), false))
        .startsWith("all rows  (delay by carrier, route)")
        .contains("25.0% lower than the mean (4.00)");
    assertThat(Json.write(parent.tree())).contains("\"key\":{\"carrier\":\"AA\"}");
    assertThat(Json.write(global.tree())).contains("\"key\":{}");
  }

  @Test
  void settingsThatConfigsLeaveOutAreShownAsWhatTheyStandFor() {
    List<Config> configs =
        List.of(
            new Config(new TreeMap<>(Map.of("l1", "0.1"))),
            new Config(new TreeMap<>(Map.of("l2", "1"))),
            new Config(new TreeMap<>(Map.of("learning_rate", "0.3", "solver", "sgd"))));
    RunHeader header = Runs.header(Metric.RMSE, configs, "k");
    Scores scores = new Scores(1, new double[] {3, 4, 5});
    Outcome.Trained trained = new Outcome.Trained(0, scores, Rivals.NONE, Runs.model());
    GroupReport report = new GroupReport(header, Runs.group(GroupKey.of("a"), 100, trained));
    assertThat(report.text(Page.plain(), true))
        .contains(
            """
             l1  l2  learning_rate  solver    rmse
            ---  --  -------------  ------  ------
            0.1                       auto  3.0000  winner
            0     1                   auto  4.0000
            0                  0.3     sgd  5.0000
            """);
  }

  @Test
  void showsAllMetricsThatAreKeptOfEveryConfig() {
    Scores scores = new Scores(3, new double[] {5, 4, 0.1, 3, Double.NaN, 0.25});
    List<Config> configs = List.of(Runs.config("0"), Runs.config("1"));
    RunHeader header = Runs.header(Metric.RMSE, configs, "k");
    Outcome.Trained trained = new Outcome.Trained(1, scores, Rivals.NONE, Runs.model());
    GroupReport report = new GroupReport(header, Runs.group(GroupKey.of("a"), 100, trained));
    assertThat(report.text(Page.plain(), true))
        .contains(
            """
            l1  l2    rmse     mae       r2
            --  --  ------  ------  -------
             0   1  3.0000       -  0.25000  winner
             0   0  5.0000  4.0000  0.10000
            """);
    assertThat(Json.write(report.tree()))
        .contains("\"metrics\":{\"rmse\":5.0,\"mae\":4.0,\"r2\":0.1}");
  }

  @Test
  void numbersAboutAValueStandBesideIt() {
    Map<String, Object> intercept = new LinkedHashMap<>();
    intercept.put("value", 2.5);
    intercept.put("standard_error", 0.125);
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("intercept", intercept);
    parts.put("coefficients", Map.of("hour", Map.of("value", -10.0, "standard_error", 2.0)));
    parts.put("rounds", 12);
    assertThat(new Description(parts).text(Page.plain()))
        .isEqualTo(
            """
                             value  standard error
                          --------  --------------
            intercept       2.5000         0.12500
            coefficients
              hour        -10.000          2.0000
            rounds         12
            """);
  }

  @Test
  void showsTheBestFiveSettingsUnlessAskedForAll() {
    List<Config> configs = IntStream.range(0, 8).mapToObj(i -> Runs.config("" + i)).toList();
    Double[] metrics =
        Stream.of(8, 7, 6, 5, 4, 3, 2, 1).map(Integer::doubleValue).toArray(Double[]::new);
    RunHeader header = Runs.header(Metric.RMSE, configs, "k");
    GroupReport report = new GroupReport(header, Runs.trained("a", 100, 7, 9, metrics));
    assertThat(report.text(Page.plain(), false)).contains("... and 3 more; --configs shows all\n");
    assertThat(report.text(Page.plain(), true)).contains("8.0000").doesNotContain("--configs");
  }

  @Test
  void saysWhyThereIsNoModel() {
    GroupReport report =
        new GroupReport(
            Runs.header("origin"),
            Runs.failed("GST", 1, Outcome.Reason.TOO_FEW_ROWS, "1 row, 30 are needed"));
    assertThat(report.text(Page.plain(), false))
        .contains("status      failed\nreason      1 row, 30 are needed\nrows        1 usable\n")
        .doesNotContain("winner");
  }

  @Test
  void parsesBackAsJson() {
    JsonNode tree = new ObjectMapper().readTree(Json.write(SEA.tree()));
    assertThat(tree.at("/key/origin").asString()).isEqualTo("SEA");
    assertThat(tree.at("/configs/0/metric").isNull()).isTrue();
    assertThat(tree.at("/configs/2/winner").asBoolean()).isTrue();
    assertThat(tree.at("/learned/weekday/Tue").asDouble()).isEqualTo(-12.25);
    assertThat(tree.at("/learned/iterations").isIntegralNumber()).isTrue();
    assertThat(tree.at("/learned/link").asString()).isEqualTo("identity");
  }
}
