package dev.kingpin.learner.linear;

import dev.kingpin.data.MemoryTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.ejml.simple.SimpleMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Rows as a user has them, and what any textbook makes of them: a matrix of raw columns, each less
 * its mean, with a column of ones. Column {@code far} lies far from zero, {@code gappy} has missing
 * values, {@code c} has levels, and some of them are missing.
 */
final class RawSample {
  private static final int FAR = 10_000_000;

  private final int rows;
  private final boolean weighted;
  private final int classes;
  private final double[] near;
  private final double[] far;
  private final double[] gappy;
  private final @Nullable String[] level;
  private final double[] weight;
  final double[] y;

  final List<String> names = new ArrayList<>(); // of the columns but the ones
  final double[] means; // (columns), weighted
  final SimpleMatrix x; // (rows, columns + 1), centred, the ones last

  /** What is drawn for a row of a linear sum. */
  interface Target {
    double draw(double sum, Random random);
  }

  /**
   * @param classes that the target tells apart; 0 if it is a number
   */
  RawSample(int rows, boolean weighted, int classes, long seed, Target target) {
    Random random = new Random(seed);
    this.rows = rows;
    this.weighted = weighted;
    this.classes = classes;
    near = new double[rows];
    far = new double[rows];
    gappy = new double[rows];
    level = new String[rows];
    weight = new double[rows];
    y = new double[rows];
    for (int r = 0; r < rows; r++) {
      near[r] = Math.rint(64 * random.nextGaussian()) / 64;
      far[r] = FAR + Math.rint(64 * random.nextGaussian() + 20 * near[r]) / 8;
      gappy[r] = random.nextInt(5) == 0 ? Double.NaN : Math.rint(20 * random.nextGaussian()) / 4;
      int code = random.nextInt(6);
      level[r] = code == 0 ? null : code < 3 ? "a" : "b";
      weight[r] = weighted ? (1 + random.nextInt(16)) / 8.0 : 1;
      double sum = near[r] - (far[r] - FAR) / 16 + (code < 3 ? 0.5 : 0);
      sum += Double.isNaN(gappy[r]) ? 0.7 : gappy[r] / 10;
      y[r] = target.draw(sum / 2, random);
    }
    Map<String, double[]> columns = raw();
    names.addAll(columns.keySet());
    means = new double[names.size()];
    x = new SimpleMatrix(rows, names.size() + 1);
    centre(List.copyOf(columns.values()));
  }

  private Map<String, double[]> raw() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    double mean = Arrays.stream(gappy).filter(v -> !Double.isNaN(v)).average().orElseThrow();
    columns.put("near", near);
    columns.put("far", far);
    columns.put("gappy", column(r -> Double.isNaN(gappy[r]) ? mean : gappy[r]));
    columns.put("gappy is missing", column(r -> Double.isNaN(gappy[r]) ? 1 : 0));
    columns.put("c = a", column(r -> "a".equals(level[r]) ? 1 : 0));
    columns.put("c = NULL", column(r -> level[r] == null ? 1 : 0));
    return columns;
  }

  private double[] column(IntToDoubleFunction cell) {
    double[] column = new double[rows];
    Arrays.setAll(column, cell);
    return column;
  }

  private void centre(List<double[]> columns) {
    for (int j = 0; j < means.length; j++) {
      for (int r = 0; r < rows; r++) {
        means[j] += weight(r) * columns.get(j)[r] / rows;
      }
      for (int r = 0; r < rows; r++) {
        x.set(r, j, columns.get(j)[r] - means[j]);
      }
    }
    for (int r = 0; r < rows; r++) {
      x.set(r, means.length, 1);
    }
  }

  MemoryTable table() {
    MemoryTable table =
        new MemoryTable("sample")
            .text("g", keys(rows))
            .number("near", near)
            .number("far", far)
            .number("gappy", gappy)
            .text("c", level);
    if (weighted) {
      table.number("w", weight);
    }
    return switch (classes) {
      case 0 -> table.number("y", y);
      case 2 -> table.bool("y", y);
      default ->
          table.text("y", Arrays.stream(y).mapToObj(k -> "k" + (int) k).toArray(String[]::new));
    };
  }

  private static String[] keys(int rows) {
    String[] keys = new String[rows];
    Arrays.fill(keys, "one");
    return keys;
  }

  int rows() {
    return rows;
  }

  /** Columns without the ones. */
  int columns() {
    return means.length;
  }

  /** Weight of a row; 1 on average. */
  double weight(int row) {
    return weight[row] * rows / Arrays.stream(weight).sum();
  }

  double variance(int column) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += weight(r) * x.get(r, column) * x.get(r, column) / rows;
    }
    return sum;
  }

  /**
   * Errors of what users see, by name: those of the coefficients, and that of the intercept for raw
   * columns of 0.
   *
   * @param covariance (columns + 1, columns + 1), of this matrix
   */
  Map<String, Double> errors(SimpleMatrix covariance) {
    Map<String, Double> errors = new TreeMap<>();
    SimpleMatrix origin = new SimpleMatrix(1, columns() + 1);
    origin.set(0, columns(), 1);
    for (int j = 0; j < columns(); j++) {
      if (covariance.get(j, j) > 0) {
        errors.put(names.get(j), Math.sqrt(covariance.get(j, j)));
      }
      origin.set(0, j, -means[j]);
    }
    double variance = origin.mult(covariance).mult(origin.transpose()).get(0, 0);
    errors.put(Textbook.INTERCEPT, Math.sqrt(variance));
    return errors;
  }

  /** Coefficients that users see, as those of this matrix: (columns + 1). */
  SimpleMatrix centred(Map<String, Double> shown) {
    SimpleMatrix b = new SimpleMatrix(columns() + 1, 1);
    double intercept = shown.getOrDefault(Textbook.INTERCEPT, 0.0);
    for (int j = 0; j < columns(); j++) {
      double weight = shown.getOrDefault(names.get(j), 0.0);
      b.set(j, weight);
      intercept += weight * means[j];
    }
    b.set(columns(), intercept);
    return b;
  }
}
