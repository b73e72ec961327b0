package dev.kingpin.learner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {
  private static final double NAN = Double.NaN;

  @ParameterizedTest
  @CsvSource({
    "RMSE, 1, 2, -1",
    "MAE, 1, 2, -1",
    "LOG_LOSS, 1, 2, -1",
    "R2, 1, 2, 1",
    "ACCURACY, 1, 2, 1",
    "AUC, 1, 2, 1",
    "RMSE, 1, Infinity, -1",
    "R2, -Infinity, 0, 1",
  })
  void theBetterValueComesFirst(Metric metric, double a, double b, int order) {
    assertThat(Integer.signum(metric.compare(a, b))).isEqualTo(order);
    assertThat(Integer.signum(metric.compare(b, a))).isEqualTo(-order);
    assertThat(metric.compare(a, a)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoNumberIsWorseThanAnyNumber(Metric metric) {
    for (double number :
        new double[] {0, -1, 1e300, -1e300, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertThat(metric.compare(number, NAN)).isNegative();
      assertThat(metric.compare(NAN, number)).isPositive();
    }
    assertThat(metric.compare(NAN, NAN)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void sortingPutsTheBestFirstAndWhatIsNoNumberLast(Metric metric) {
    List<Double> values = new ArrayList<>(List.of(0.5, NAN, 0.1, 0.9, NAN, 0.2));
    values.sort(metric::compare);
    UnaryOperator<List<Double>> expected =
        metric.largerIsBetter()
            ? l -> List.of(0.9, 0.5, 0.2, 0.1, NAN, NAN)
            : l -> List.of(0.1, 0.2, 0.5, 0.9, NAN, NAN);
    assertThat(values).isEqualTo(expected.apply(values));
  }

  @Test
  void theDecidingMetricIsKeptFirstAndTheAreaOnlyIfItDecides() {
    assertThat(Metric.kept(Metric.RMSE)).containsExactly(Metric.RMSE, Metric.MAE, Metric.R2);
    assertThat(Metric.kept(Metric.R2)).containsExactly(Metric.R2, Metric.RMSE, Metric.MAE);
    assertThat(Metric.kept(Metric.ACCURACY)).containsExactly(Metric.ACCURACY, Metric.LOG_LOSS);
    assertThat(Metric.kept(Metric.AUC))
        .containsExactly(Metric.AUC, Metric.LOG_LOSS, Metric.ACCURACY);
  }

  @Test
  void eachTaskHasAMetricOfItsOwn() {
    for (Task task : Task.values()) {
      assertThat(Metric.defaultFor(task).task()).isEqualTo(task);
    }
    assertThat(Arrays.stream(Metric.values()).map(Metric::label))
        .containsExactly("rmse", "mae", "r2", "log_loss", "accuracy", "auc");
  }
}
