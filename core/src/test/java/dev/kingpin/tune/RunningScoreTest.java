package dev.kingpin.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kingpin.learner.Metric;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row by row the metrics are what their definitions say. */
class RunningScoreTest {
  private static final int ROWS = 300;

  private final Random random = new Random(8);
  private final double[] weights = random.doubles(ROWS, 0.5, 3).toArray();
  private final double total = Arrays.stream(weights).sum();

  private static double score(Metric metric, int classes, double offset, double[][] rows) {
    RunningScore score = new RunningScore(metric, classes, offset);
    int width = rows[0].length - 2;
    for (double[] row : rows) { // predictions, then target and weight
      double[] shifted = new double[width + 1];
      System.arraycopy(row, 0, shifted, 1, width);
      score.add(shifted, 1, row[width], row[width + 1]);
    }
    assertThat(score.rows()).isEqualTo(rows.length);
    return score.metric();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e8})
  void errorsOfNumbers(double offset) {
    double[] y = random.doubles(ROWS, -4, 9).map(v -> v + offset).toArray();
    double[] p = Arrays.stream(y).map(v -> v + random.nextGaussian()).toArray();
    double[][] rows =
        IntStream.range(0, ROWS)
            .mapToObj(r -> new double[] {p[r], y[r], weights[r]})
            .toArray(double[][]::new);
    double squares = mean(r -> (p[r] - y[r]) * (p[r] - y[r]));
    double centre = mean(r -> y[r]);
    double variance = mean(r -> (y[r] - centre) * (y[r] - centre));
    assertThat(score(Metric.RMSE, 0, offset, rows)).isCloseTo(Math.sqrt(squares), within(1e-7));
    assertThat(score(Metric.MAE, 0, offset, rows))
        .isCloseTo(mean(r -> Math.abs(p[r] - y[r])), within(1e-7));
    assertThat(score(Metric.R2, 0, offset, rows)).isCloseTo(1 - squares / variance, within(1e-7));
  }

  @Test
  void twoClasses() {
    double[] p = random.doubles(ROWS).map(v -> Math.rint(v * 50) / 50).toArray(); // with ties
    int[] y = Arrays.stream(p).mapToInt(v -> random.nextDouble() < v ? 1 : 0).toArray();
    double[][] rows =
        IntStream.range(0, ROWS)
            .mapToObj(r -> new double[] {p[r], y[r], weights[r]})
            .toArray(double[][]::new);
    assertThat(score(Metric.LOG_LOSS, 2, 0, rows))
        .isCloseTo(mean(r -> loss(y[r] == 1 ? p[r] : 1 - p[r])), within(1e-12));
    assertThat(score(Metric.ACCURACY, 2, 0, rows))
        .isCloseTo(mean(r -> p[r] >= 0.5 == (y[r] == 1) ? 1 : 0), within(1e-12));
    assertThat(score(Metric.AUC, 2, 0, rows)).isCloseTo(area(p, y, 1), within(1e-9));
  }

  @Test
  void moreClasses() {
    double[][] p = new double[ROWS][];
    int[] y = new int[ROWS];
    double[][] rows = new double[ROWS][];
    for (int r = 0; r < ROWS; r++) {
      double a = random.nextDouble();
      double b = random.nextDouble() * (1 - a);
      p[r] = new double[] {a, b, 1 - a - b};
      y[r] = random.nextDouble() < a ? 0 : 1 + random.nextInt(2);
      rows[r] = new double[] {a, b, p[r][2], y[r], weights[r]};
    }
    assertThat(score(Metric.LOG_LOSS, 3, 0, rows))
        .isCloseTo(mean(r -> loss(p[r][y[r]])), within(1e-12));
    assertThat(score(Metric.ACCURACY, 3, 0, rows))
        .isCloseTo(
            mean(r -> p[r][y[r]] == Arrays.stream(p[r]).max().orElseThrow() ? 1 : 0),
            within(1e-12));
    double areas = 0;
    for (int k = 0; k < 3; k++) {
      int of = k;
      areas += area(Arrays.stream(p).mapToDouble(row -> row[of]).toArray(), y, k) / 3;
    }
    assertThat(score(Metric.AUC, 3, 0, rows)).isCloseTo(areas, within(1e-6));
  }

  @Test
  void withoutRowsThereIsNoMetric() {
    for (Metric metric : Metric.values()) {
      assertThat(new RunningScore(metric, 2, 0).metric()).isNaN();
    }
  }

  private interface OfRow {
    double value(int row);
  }

  private double mean(OfRow value) {
    double sum = 0;
    for (int r = 0; r < ROWS; r++) {
      sum += weights[r] * value.value(r);
    }
    return sum / total;
  }

  private static double loss(double likelihood) {
    return -Math.log(Math.max(1e-15, likelihood));
  }

  /** Pair by pair. */
  private double area(double[] p, int[] y, int positive) {
    double pairs = 0;
    double right = 0;
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < ROWS; j++) {
        if (y[i] == positive && y[j] != positive) {
          double weight = (float) weights[i] * (float) weights[j];
          pairs += weight;
          right += weight * (p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0);
        }
      }
    }
    return right / pairs;
  }
}
