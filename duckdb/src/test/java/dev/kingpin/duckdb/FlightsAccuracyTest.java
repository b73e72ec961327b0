package dev.kingpin.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.kingpin.GroupedModel;
import dev.kingpin.Kingpin;
import dev.kingpin.data.Chunk;
import dev.kingpin.data.ScanRequest;
import dev.kingpin.data.TableScan;
import dev.kingpin.data.TableSource;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.linear.LinearModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The models of every airport beside a textbook solve in doubles, by Gaussian elimination. */
class FlightsAccuracyTest {
  private static final TableSource FLIGHTS =
      Tables.parquet(Path.of(System.getProperty("kingpin.root"), "examples", "flights.parquet"));
  private static final double MICROS_AN_HOUR = 3.6e9;
  private static final double L2 = 0.01;
  private static final double LATE = 15;

  @Test
  void ridgeCoefficientsOfEveryAirportAgree() {
    GroupedModel model = train("delay");
    for (Map.Entry<String, List<double[]>> airport : rowsByOrigin().entrySet()) {
      if (model.group(airport.getKey()).outcome() instanceof Outcome.Trained trained) {
        Book book = new Book(airport.getValue());
        double[] expected = book.newton(false);
        assertAgrees(trained, book.original(expected), airport.getKey());
      }
    }
  }

  @Test
  void logisticCoefficientsOfEveryAirportAgree() {
    GroupedModel model = train("delay > 15 AS late");
    for (Map.Entry<String, List<double[]>> airport : rowsByOrigin().entrySet()) {
      if (model.group(airport.getKey()).outcome() instanceof Outcome.Trained trained) {
        Book book = new Book(airport.getValue());
        double[] expected = book.newton(true);
        assertAgrees(trained, book.original(expected), airport.getKey());
      }
    }
  }

  private static void assertAgrees(Outcome.Trained trained, double[] expected, String airport) {
    Map<?, ?> weights = (Map<?, ?>) trained.model().describe().get("coefficients");
    List<Double> found = new ArrayList<>();
    weights.values().forEach(w -> found.add((Double) w));
    for (int j = 0; j < expected.length; j++) {
      assertThat(found.get(j))
          .as(airport + " coefficient " + j)
          .isCloseTo(expected[j], offset(1e-4 * Math.abs(expected[j]) + 1e-7));
    }
  }

  private static GroupedModel train(String target) {
    return Kingpin.groupBy("origin")
        .predict(target)
        .from("distance", "hour(date) AS hour")
        .with(LinearModels.grid().l2(L2))
        .train(FLIGHTS);
  }

  /** Distance, hour, delay of every flight. */
  private static Map<String, List<double[]>> rowsByOrigin() {
    ScanRequest request =
        new ScanRequest(List.of("distance", "date", "delay"), List.of("origin"), null);
    Map<String, List<double[]>> rows = new TreeMap<>();
    try (TableScan scan = FLIGHTS.scan(request)) {
      Chunk chunk = new Chunk(request);
      while (scan.next(chunk)) {
        for (int i = 0; i < chunk.rows(); i++) {
          double hour = Math.floorMod((long) Math.floor(chunk.number(1)[i] / MICROS_AN_HOUR), 24);
          rows.computeIfAbsent(scan.dictionary(0).value(chunk.code(0)[i]), k -> new ArrayList<>())
              .add(new double[] {chunk.number(0)[i], hour, chunk.number(2)[i]});
        }
      }
    }
    return rows;
  }

  /**
   * Rows with standardised features, and Newton's method on them; one step solves least squares.
   */
  private static final class Book {
    private static final int FEATURES = 2;

    private final double[][] x; // (rows, features + ones)
    private final double[] y;
    private final double[] deviation = new double[FEATURES];

    Book(List<double[]> rows) {
      x = new double[rows.size()][FEATURES + 1];
      y = new double[rows.size()];
      for (int r = 0; r < x.length; r++) {
        y[r] = rows.get(r)[FEATURES];
        x[r][FEATURES] = 1;
      }
      for (int j = 0; j < FEATURES; j++) {
        int column = j;
        double mean = rows.stream().mapToDouble(v -> v[column]).average().orElseThrow();
        double variance =
            rows.stream().mapToDouble(v -> Math.pow(v[column] - mean, 2)).average().orElseThrow();
        deviation[j] = Math.sqrt(variance);
        for (int r = 0; r < x.length; r++) {
          x[r][j] = deviation[j] == 0 ? 0 : (rows.get(r)[j] - mean) / deviation[j];
        }
      }
    }

    double[] newton(boolean logistic) {
      double[] beta = new double[FEATURES + 1];
      for (int step = 0; step < 60; step++) {
        double[][] system = new double[FEATURES + 1][FEATURES + 2]; // Hessian, minus gradient
        for (int r = 0; r < x.length; r++) {
          add(system, beta, r, logistic);
        }
        for (int j = 0; j < FEATURES; j++) {
          system[j][j] += L2;
          system[j][FEATURES + 1] -= L2 * beta[j];
        }
        double[] direction = eliminate(system);
        double longest = 0;
        for (int j = 0; j < beta.length; j++) {
          beta[j] += direction[j];
          longest = Math.max(longest, Math.abs(direction[j]));
        }
        if (longest < 1e-12) {
          return beta;
        }
      }
      return beta;
    }

    private void add(double[][] system, double[] beta, int r, boolean logistic) {
      double z = 0;
      for (int j = 0; j < beta.length; j++) {
        z += beta[j] * x[r][j];
      }
      double p = 1 / (1 + Math.exp(-z));
      double error = logistic ? (y[r] > LATE ? 1 : 0) - p : y[r] - z;
      double curvature = logistic ? p * (1 - p) : 1;
      for (int i = 0; i < beta.length; i++) {
        system[i][FEATURES + 1] += error * x[r][i] / x.length;
        for (int j = 0; j < beta.length; j++) {
          system[i][j] += curvature * x[r][i] * x[r][j] / x.length;
        }
      }
    }

    private static double[] eliminate(double[][] system) {
      int n = system.length;
      for (int p = 0; p < n; p++) {
        for (int i = 0; i < n; i++) {
          double factor = i == p ? 0 : system[i][p] / system[p][p];
          for (int j = p; j <= n; j++) {
            system[i][j] -= factor * system[p][j];
          }
        }
      }
      double[] solution = new double[n];
      for (int i = 0; i < n; i++) {
        solution[i] = system[i][n] / system[i][i];
      }
      return solution;
    }

    /** Coefficients of the features as they come. */
    double[] original(double[] beta) {
      double[] original = new double[FEATURES];
      for (int j = 0; j < FEATURES; j++) {
        original[j] = deviation[j] == 0 ? 0 : beta[j] / deviation[j];
      }
      return original;
    }
  }
}
