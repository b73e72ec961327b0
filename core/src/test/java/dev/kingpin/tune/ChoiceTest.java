package dev.kingpin.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Model;
import java.util.ArrayList;
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
  void theSmallestMetricWins() {
    assertThat(winner(result(0.3), result(0.1), result(0.2))).isEqualTo(1);
  }

  @Test
  void betweenEqualMetricsTheSimplerConfigWins() {
    assertThat(winner(List.of(1, 3, 2), result(0.1), result(0.1), result(0.1))).isEqualTo(1);
  }

  @Test
  void betweenEqualConfigsTheEarlierWins() {
    assertThat(winner(List.of(2, 2, 2), result(0.2), result(0.1), result(0.1))).isEqualTo(1);
  }

  @Test
  void withoutValidationRowsTheSimplestConfigWins() {
    assertThat(winner(List.of(1, 2, 3), result(NAN), result(NAN), result(NAN))).isEqualTo(2);
  }

  @Test
  void aFitWithoutAModelNeverWins() {
    assertThat(winner(FitResult.failed("no"), result(9), FitResult.failed("no"))).isEqualTo(1);
    assertThat(winner(FitResult.failed("no"), FitResult.failed("no"))).isEqualTo(Choice.NONE);
  }

  @Test
  void aMetricThatIsNoNumberLosesAgainstAnyNumber() {
    assertThat(winner(result(NAN), result(1e300), result(NAN))).isEqualTo(1);
  }

  private static int winner(FitResult... results) {
    return winner(List.of(1, 1, 1), results);
  }

  private static int winner(List<Integer> sizes, FitResult... results) {
    List<Config> configs = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      configs.add(new Config(new TreeMap<>(Map.of("size", sizes.get(i).toString()))));
    }
    return Choice.winner(List.of(results), configs, SIMPLER_FIRST);
  }

  private static FitResult result(double metric) {
    Model model =
        new Model() {
          @Override
          public void predict(RowBlock block, double[] predictions) {}

          @Override
          public Map<String, Object> describe() {
            return Map.of();
          }
        };
    return new FitResult(metric, 1, 1, model, null);
  }
}
