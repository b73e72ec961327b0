package dev.kingpin.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.learner.Config;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  private static final double NAN = Double.NaN;

  /** Configs of more size are simpler. */
  private static final Comparator<Config> SIMPLER_FIRST =
      Comparator.comparingDouble((Config c) -> c.number("size")).reversed();

  @Test
  void theSmallestErrorWins() {
    for (Metric metric : List.of(Metric.RMSE, Metric.MAE, Metric.LOG_LOSS)) {
      assertThat(winner(metric, 0.3, 0.1, 0.2)).isEqualTo(1);
    }
  }

  @Test
  void theLargestShareWins() {
    for (Metric metric : List.of(Metric.R2, Metric.ACCURACY, Metric.AUC)) {
      assertThat(winner(metric, 0.3, 0.1, 0.2)).isZero();
      assertThat(winner(metric, -7, NAN, -8)).isZero();
    }
  }

  @Test
  void betweenEqualMetricsTheSimplerConfigWins() {
    assertThat(winner(List.of(1, 3, 2), all(3), Metric.RMSE, 0.1, 0.1, 0.1)).isEqualTo(1);
  }

  @Test
  void betweenEqualConfigsTheEarlierWins() {
    assertThat(winner(List.of(2, 2, 2), all(3), Metric.RMSE, 0.2, 0.1, 0.1)).isEqualTo(1);
  }

  @Test
  void withoutValidationRowsTheSimplestConfigWins() {
    for (Metric metric : Metric.values()) {
      assertThat(winner(List.of(1, 2, 3), all(3), metric, NAN, NAN, NAN)).isEqualTo(2);
    }
  }

  @Test
  void aConfigWithoutAModelNeverWins() {
    BitSet second = new BitSet();
    second.set(1);
    assertThat(winner(List.of(1, 1, 1), second, Metric.RMSE, NAN, 9, NAN)).isEqualTo(1);
    assertThat(winner(List.of(3, 1, 2), second, Metric.RMSE, NAN, NAN, NAN)).isEqualTo(1);
    assertThat(winner(List.of(1, 1), new BitSet(), Metric.RMSE, NAN, NAN)).isEqualTo(Choice.NONE);
  }

  @Test
  void aMetricThatIsNoNumberLosesAgainstAnyNumber() {
    assertThat(winner(Metric.RMSE, NAN, 1e300, NAN)).isEqualTo(1);
    assertThat(winner(Metric.R2, NAN, -1e300, NAN)).isEqualTo(1);
  }

  @Test
  void onlyTheFirstMetricDecides() {
    Scores scores = new Scores(2, new double[] {0.2, 0.1, 0.1, 0.9});
    assertThat(choice(List.of(1, 1), Metric.RMSE).winner(scores, all(2))).isEqualTo(1);
  }

  private static BitSet all(int count) {
    BitSet all = new BitSet();
    all.set(0, count);
    return all;
  }

  private static int winner(Metric metric, double... scores) {
    return winner(
        Arrays.stream(scores).mapToObj(s -> 1).toList(), all(scores.length), metric, scores);
  }

  private static int winner(List<Integer> sizes, BitSet trained, Metric metric, double... scores) {
    return choice(sizes, metric).winner(new Scores(1, scores), trained);
  }

  private static Choice choice(List<Integer> sizes, Metric metric) {
    List<Config> configs = new ArrayList<>();
    for (int size : sizes) {
      configs.add(new Config(new TreeMap<>(Map.of("size", Integer.toString(size)))));
    }
    return new Choice(metric, configs, SIMPLER_FIRST);
  }
}
