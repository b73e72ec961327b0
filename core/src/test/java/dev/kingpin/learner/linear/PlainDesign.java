package dev.kingpin.learner.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a fit learns from as a matrix of doubles, made from raw rows as the pages for users
 * say: missing numbers count as the group's mean and have an indicator if ten rows miss them and
 * ten do not; the most frequent level of the group is the reference. Columns are standardised on
 * the rows learned from, those that do not vary there are left out, and a column of ones is last.
 */
final class PlainDesign {
  private static final int INDICATOR_ROWS = 10;
  private static final String MISSING = " is missing";

  private final RawRows raw;
  private final int[] learned; // positions of the rows learned from
  private final List<String> names = new ArrayList<>();
  private final List<Double> means = new ArrayList<>();
  private final List<Double> deviations = new ArrayList<>();
  private final List<double[]> columns = new ArrayList<>(); // standardised
  final int rows;
  final double[] y; // (rows)
  final double[] share; // (rows): weights, adding up to 1

  /**
   * @param learned positions of the rows learned from
   */
  PlainDesign(RawRows raw, int[] learned) {
    this.raw = raw;
    this.learned = learned;
    rows = learned.length;
    double total = Arrays.stream(learned).mapToDouble(r -> raw.weight[r]).sum();
    share = Arrays.stream(learned).mapToDouble(r -> raw.weight[r] / total).toArray();
    y = Arrays.stream(learned).mapToDouble(r -> raw.y[r]).toArray();
    raw.numbers.forEach(this::addNumber);
    raw.texts.forEach(this::addLevels);
  }

  private void addNumber(String name, double[] values) {
    double mean = raw.mean(name);
    long gaps = Arrays.stream(values).filter(Double::isNaN).count();
    add(name, r -> Double.isNaN(values[r]) ? mean : values[r]);
    if (gaps >= INDICATOR_ROWS && values.length - gaps >= INDICATOR_ROWS) {
      add(name + MISSING, r -> Double.isNaN(values[r]) ? 1 : 0);
    }
  }

  private void addLevels(String name, @Nullable String[] values) {
    Map<String, Integer> counts = raw.counts(name);
    String reference = reference(name);
    for (String level : counts.keySet()) {
      if (!level.equals(reference)) {
        add(title(name, level), r -> level.equals(values[r] == null ? "NULL" : values[r]) ? 1 : 0);
      }
    }
  }

  private static String title(String name, String level) {
    return name + " = " + level;
  }

  /** The most frequent level of the group. */
  private String reference(String name) {
    Map<String, Integer> counts = raw.counts(name);
    int most = Collections.max(counts.values());
    return counts.keySet().stream().filter(l -> counts.get(l) == most).findFirst().orElseThrow();
  }

  private void add(String name, IntToDoubleFunction cell) {
    double[] column = Arrays.stream(learned).mapToDouble(cell).toArray();
    double low = Arrays.stream(column).min().orElse(0);
    if (low == Arrays.stream(column).max().orElse(0)) {
      return;
    }
    double mean = low + mean(column, low);
    double square = 0;
    for (int r = 0; r < rows; r++) {
      column[r] -= mean;
      square += share[r] * column[r] * column[r];
    }
    double deviation = Math.sqrt(square);
    columns.add(Arrays.stream(column).map(v -> v / deviation).toArray());
    names.add(name);
    means.add(mean);
    deviations.add(deviation);
  }

  private double mean(double[] column, double origin) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += share[r] * (column[r] - origin);
    }
    return sum;
  }

  /** Columns and the ones. */
  int width() {
    return columns.size() + 1;
  }

  /** The matrix: (rows, width), row-major. */
  double[] matrix() {
    double[] x = new double[rows * width()];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < columns.size(); j++) {
        x[r * width() + j] = columns.get(j)[r];
      }
      x[(r + 1) * width() - 1] = 1;
    }
    return x;
  }

  /** What a coordinate stands for. */
  String name(int i) {
    return i % width() < names.size() ? names.get(i % width()) : Textbook.INTERCEPT;
  }

  /** The weights of one output that users see, as coefficients of this matrix: (width). */
  double[] coordinates(Map<String, Double> shown) {
    double[] b = new double[width()];
    double intercept = shown.getOrDefault(Textbook.INTERCEPT, Double.NaN);
    for (int j = 0; j < names.size(); j++) {
      double weight = shown.getOrDefault(names.get(j), 0.0);
      b[j] = weight * deviations.get(j);
      intercept += weight * means.get(j);
    }
    b[names.size()] = intercept;
    return b;
  }

  /**
   * What one output of another group's model says, as coefficients of this matrix: its numbers
   * weigh what they weigh there; a missing one is worth there what it is worth; levels are seen
   * from this group's reference.
   *
   * @param other the rows of that group
   */
  double[] coordinates(Map<String, Double> shown, RawRows other) {
    Map<String, Double> own = new TreeMap<>();
    double intercept = shown.getOrDefault(Textbook.INTERCEPT, Double.NaN);
    for (String name : raw.numbers.keySet()) {
      double weight = shown.getOrDefault(name, 0.0);
      double gap = shown.getOrDefault(name + MISSING, 0.0);
      own.put(name, weight);
      own.put(name + MISSING, gap + weight * (other.mean(name) - raw.mean(name)));
      intercept += names.contains(name) ? 0 : weight * raw.mean(name);
    }
    for (String name : raw.texts.keySet()) {
      double reference = shown.getOrDefault(title(name, reference(name)), 0.0);
      intercept += reference;
      for (String level : raw.counts(name).keySet()) {
        String title = title(name, level);
        own.put(title, shown.getOrDefault(title, 0.0) - reference);
      }
    }
    own.put(Textbook.INTERCEPT, intercept);
    return coordinates(own);
  }
}
