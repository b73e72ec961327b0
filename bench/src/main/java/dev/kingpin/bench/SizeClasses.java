package dev.kingpin.bench;

import dev.kingpin.GroupedModel;
import dev.kingpin.data.RowReader;
import dev.kingpin.data.TableSource;
import dev.kingpin.learner.Metric;
import dev.kingpin.store.TrainedGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Errors of several models on the same rows, by the number of rows that a row's group had. */
final class SizeClasses {
  private static final long[] LEAST = {0, 30, 100, 300, 1000, 3000}; // rows of each class
  private static final double SMALLEST_PROBABILITY = 1e-15;

  private final Metric metric;
  private final int[] classes; // (rows)
  private final double[] targets; // (rows), NaN where missing
  private final Map<String, double[]> predictions = new LinkedHashMap<>();

  /**
   * Finds the class of each row.
   *
   * @param trained by the columns that make the groups
   * @param rows to be judged on
   */
  SizeClasses(GroupedModel trained, TableSource rows, List<String> groupBy) {
    metric = trained.header().metric();
    int[] allClasses = new int[0];
    double[] allTargets = new double[0];
    List<Integer> ofGroups = new ArrayList<>();
    try (RowReader reader =
        new RowReader(
            rows, groupBy, trained.header().features(), trained.header().target(), null, null)) {
      while (reader.next()) {
        while (ofGroups.size() < reader.groupsSeen()) {
          long size = trained.find(reader.key(ofGroups.size())).map(TrainedGroup::rows).orElse(0L);
          ofGroups.add(classOf(size));
        }
        int from = allClasses.length;
        allClasses = Arrays.copyOf(allClasses, from + reader.rows());
        allTargets = Arrays.copyOf(allTargets, from + reader.rows());
        double[] found = reader.targets();
        for (int i = 0; i < reader.rows(); i++) {
          allClasses[from + i] = ofGroups.get(reader.groups()[i]);
          allTargets[from + i] = found == null ? Double.NaN : found[i];
        }
      }
    }
    classes = allClasses;
    targets = allTargets;
  }

  private static int classOf(long rows) {
    int found = 0;
    for (int c = 1; c < LEAST.length; c++) {
      found = rows >= LEAST[c] ? c : found;
    }
    return found;
  }

  /** Adds what a model predicts for each row, NaN where it says nothing. */
  void add(String name, double[] predicted) {
    if (predicted.length != targets.length) {
      throw new IllegalArgumentException(
          name + ": " + predicted.length + " predictions of " + targets.length + " rows");
    }
    predictions.put(name, predicted);
  }

  /** Prints a line for each class, then one for all rows that every model has an answer for. */
  void print(String target) {
    System.out.printf("%n%s: %s on rows kept back%n", target, metric.label());
    System.out.printf("%-18s %10s", "rows of the group", "judged on");
    predictions.keySet().forEach(name -> System.out.printf(" %14s", name));
    System.out.println();
    for (int c = 0; c < LEAST.length; c++) {
      String name = c + 1 < LEAST.length ? LEAST[c] + " to " + (LEAST[c + 1] - 1) : "more";
      line(name, c, c + 1, c == 0);
    }
    line("30 and more", 1, LEAST.length, false);
  }

  private void line(String name, int fromClass, int toClass, boolean missing) {
    System.out.printf(Locale.ROOT, "%-18s %,10d", name, judged(fromClass, toClass));
    for (double[] predicted : predictions.values()) {
      double loss = 0;
      long count = 0;
      for (int i = 0; i < targets.length; i++) {
        if (isJudged(i, fromClass, toClass) && !Double.isNaN(predicted[i])) {
          loss += loss(predicted[i], targets[i]);
          count++;
        }
      }
      boolean complete = count == judged(fromClass, toClass) || missing;
      String shown = count == 0 ? "none" : String.format(Locale.ROOT, "%.5f", metric(loss / count));
      System.out.printf(" %14s", complete ? shown : "only " + count);
    }
    System.out.println();
  }

  private long judged(int fromClass, int toClass) {
    long count = 0;
    for (int i = 0; i < targets.length; i++) {
      count += isJudged(i, fromClass, toClass) ? 1 : 0;
    }
    return count;
  }

  private boolean isJudged(int row, int fromClass, int toClass) {
    return classes[row] >= fromClass && classes[row] < toClass && Double.isFinite(targets[row]);
  }

  private double loss(double predicted, double actual) {
    if (metric == Metric.RMSE) {
      return (predicted - actual) * (predicted - actual);
    }
    double likelihood = actual == 1 ? predicted : 1 - predicted;
    return -Math.log(Math.max(SMALLEST_PROBABILITY, likelihood));
  }

  private double metric(double meanLoss) {
    return metric == Metric.RMSE ? Math.sqrt(meanLoss) : meanLoss;
  }
}
