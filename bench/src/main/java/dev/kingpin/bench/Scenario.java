package dev.kingpin.bench;

import dev.kingpin.learner.Task;
import dev.kingpin.query.Fallback;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is trained in a comparison: a made table and a grid of penalties.
 *
 * @param name as on the command line
 * @param method logistic, ridge or lasso
 * @param sizes (groups): rows of each group
 * @param features numeric columns
 * @param penalties of the method's setting: l1 for lasso, else l2
 */
record Scenario(String name, String method, int[] sizes, int features, List<Double> penalties) {
  /** On which rows of each group configs are judged. */
  static final Validation VALIDATION = Validation.holdout(0.2);

  /** Seed of the row split. */
  static final long SEED = 42;

  private static final int MILLION = 1_000_000;
  private static final int LEAST_ROWS = 40;
  private static final int FEATURES = 32;
  private static final List<Double> L2 = List.of(1e-4, 1e-3, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0);
  private static final List<Double> TINY_L2 = List.of(0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0);
  private static final List<Double> L1 = List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0);

  /** Scenarios that can be compared with a peer. */
  static final List<String> COMPARED =
      List.of(
          "logistic", "ridge", "lasso", "big", "wide", "tiny-logistic", "tiny-ridge", "tiny-lasso");

  /**
   * A scenario by its name.
   *
   * @param scale share of the full number of rows; groups shrink with the rows
   */
  static Scenario of(String name, double scale) {
    int rows = (int) (MILLION * scale);
    return switch (name) {
      case "logistic", "ridge" -> new Scenario(name, name, zipf(rows), FEATURES, L2);
      case "lasso" -> new Scenario(name, name, zipf(rows), FEATURES, L1);
      case "skewed" -> new Scenario(name, "logistic", skewed(rows), FEATURES, L2);
      case "big" -> new Scenario(name, "logistic", new int[] {rows}, FEATURES, L2);
      case "wide" -> {
        int features = Math.max(FEATURES, (int) (1000 * Math.sqrt(scale)));
        yield new Scenario(name, "logistic", new int[] {rows / 5}, features, L2);
      }
      case "tiny-logistic" -> new Scenario(name, "logistic", tiny(scale), 10, TINY_L2);
      case "tiny-ridge" -> new Scenario(name, "ridge", tiny(scale), 10, TINY_L2);
      case "tiny-lasso" -> new Scenario(name, "lasso", tiny(scale), 10, L1);
      default ->
          throw new IllegalArgumentException(
              "There is no scenario (" + name + "). Maybe use one of " + COMPARED + ".");
    };
  }

  /** Group k has rows in proportion to 1 / k, but a least number. */
  private static int[] zipf(int rows) {
    int[] sizes = new int[Math.max(4, rows / 1000)];
    double all = 0;
    for (int k = 1; k <= sizes.length; k++) {
      all += 1.0 / k;
    }
    for (int k = 1; k <= sizes.length; k++) {
      sizes[k - 1] = Math.max(LEAST_ROWS, (int) Math.rint(rows / (all * k)));
    }
    sizes[0] += rows - Arrays.stream(sizes).sum();
    return sizes;
  }

  /** One group has nine rows in ten; the others share the rest by the rule of Zipf. */
  private static int[] skewed(int rows) {
    int[] sizes = zipf(rows / 10);
    int[] all = Arrays.copyOf(sizes, sizes.length + 1);
    all[sizes.length] = rows - rows / 10;
    return all;
  }

  private static int[] tiny(double scale) {
    int[] sizes = new int[(int) Math.max(10, 100_000 * scale)];
    Arrays.fill(sizes, 30);
    return sizes;
  }

  boolean isLogistic() {
    return method.equals("logistic");
  }

  boolean isLasso() {
    return method.equals("lasso");
  }

  int rows() {
    return Arrays.stream(sizes).sum();
  }

  int models() {
    return sizes.length * penalties.size();
  }

  /** Every group trained on the rest of its rows, without a refit or parents. */
  TrainQuery query() {
    QueryBuilder query = TrainQuery.groupBy(ColumnTable.KEY);
    query.predict(isLogistic() ? "y > 0 AS positive" : "y");
    query.task(isLogistic() ? Task.CLASSIFICATION : Task.REGRESSION);
    if (isLasso()) {
      query.grid("l1", penalties.toArray()).grid("l2", 0);
    } else {
      query.grid("l2", penalties.toArray());
    }
    return query.validate(VALIDATION).refit(false).fallback(Fallback.NONE).seed(SEED).build();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s, %,d rows x %,d features, %,d groups of %,d to %,d rows, %d penalties, %,d models",
        name,
        method,
        rows(),
        features,
        sizes.length,
        Arrays.stream(sizes).min().orElse(0),
        Arrays.stream(sizes).max().orElse(0),
        penalties.size(),
        models());
  }
}
