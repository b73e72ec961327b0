package dev.kingpin.learner.linear;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Kinds of tables that linear models are tried on. */
enum RawKind {
  DENSE,
  WEIGHTED,
  /** Two features with gaps enough for an indicator, one without. */
  GAPS,
  /** Two categorical features with NULLs and a level of three rows. */
  ONE_HOT,
  /** A time in microseconds, and another number far from zero. */
  FAR,
  /** All of that. */
  MIXED,
  /** A categorical feature with a level for every four rows. */
  WIDE;

  private static final double LEAST_WEIGHT = 0.25;
  private static final long DATE_STEP = 1L << 36; // microseconds
  private static final double DATE = 23_000.0 * DATE_STEP;
  private static final int FAR_AWAY = 10_000_000;
  private static final int RARE_ROWS = 3;
  private static final int NEAR = 3;
  private static final int ROWS_A_LEVEL = 4;

  /** What is drawn for a row of a linear sum of about unit size. */
  interface Target {
    double draw(double sum, Random random);
  }

  static double score(double sum, Random random) {
    return Math.rint(1024 * (40 + 7 * sum + 5 * random.nextGaussian())) / 1024;
  }

  static double count(double sum, Random random) {
    int count = 0;
    double left = Math.exp(1 + 0.7 * sum) + Math.log(1 - random.nextDouble());
    for (; left > 0; count++) {
      left += Math.log(1 - random.nextDouble());
    }
    return count;
  }

  /** One of so many classes; the larger the sum, the likelier are the late ones. */
  static Target ofClasses(int classes) {
    return (sum, random) -> {
      int best = 0;
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < classes; k++) {
        double gumbel = -Math.log(-Math.log(random.nextDouble()));
        double score = (k - (classes - 1) / 2.0) * sum + gumbel;
        best = score > largest ? k : best;
        largest = Math.max(score, largest);
      }
      return best;
    };
  }

  /** Rows of this kind. */
  RawRows make(int rows, long seed, Target target) {
    Random random = new Random(seed);
    RawRows made = new RawRows(rows);
    for (int j = 0; j < NEAR; j++) {
      double unit = j + 1;
      number(made, "x" + j, r -> unit * Math.rint(256 * random.nextGaussian()) / 256);
    }
    boolean all = this == MIXED;
    if (this == GAPS || all) {
      gaps(made, "gappy", 0.15, random);
      gaps(made, "torn", 0.3, random);
      gaps(made, "nearly", 4.0 / rows, random);
    }
    if (this == FAR || all) {
      number(made, "time", r -> DATE + random.nextInt(200) * (double) DATE_STEP);
      number(made, "far", r -> FAR_AWAY + Math.rint(64 * random.nextGaussian()) / 8);
    }
    if (this == ONE_HOT || all) {
      texts(made, random);
    }
    if (this == WIDE) {
      @Nullable String[] many = new String[rows];
      Arrays.setAll(many, r -> "l" + random.nextInt(rows / ROWS_A_LEVEL));
      made.texts.put("many", many);
    }
    made.weighted = this == WEIGHTED || all;
    for (int r = 0; r < rows; r++) {
      made.weight[r] = made.weighted ? LEAST_WEIGHT * (1 + random.nextInt(12)) : 1;
      made.y[r] = target.draw(sum(made, r), random);
    }
    return made;
  }

  private static void number(RawRows made, String name, ToDoubleFunction<Integer> cell) {
    double[] values = new double[made.rows];
    for (int r = 0; r < made.rows; r++) {
      values[r] = cell.applyAsDouble(r);
    }
    made.numbers.put(name, values);
  }

  private static void gaps(RawRows made, String name, double share, Random random) {
    number(
        made,
        name,
        r ->
            random.nextDouble() < share
                ? Double.NaN
                : 5 + Math.rint(128 * random.nextGaussian()) / 128);
  }

  private static void texts(RawRows made, Random random) {
    @Nullable String[] colour = new String[made.rows];
    @Nullable String[] shape = new String[made.rows];
    for (int r = 0; r < made.rows; r++) {
      int code = random.nextInt(12);
      colour[r] = code == 0 ? null : code < 6 ? "blue" : code < 9 ? "green" : "red";
      code = random.nextInt(6);
      shape[r] = code < 2 ? null : code < 5 ? "round" : "flat";
      if (r % (made.rows / RARE_ROWS) == 1) {
        colour[r] = "rare";
      }
    }
    made.texts.put("colour", colour);
    made.texts.put("shape", shape);
  }

  private static double sum(RawRows made, int row) {
    double sum = 0;
    int j = 0;
    for (Map.Entry<String, double[]> column : made.numbers.entrySet()) {
      double value = scaled(column.getKey(), column.getValue()[row]);
      double factor = (j++ % 3 - 1) * 0.5 + 0.2;
      sum += Double.isNaN(value) ? 0.4 : factor * value;
    }
    for (@Nullable String[] levels : made.texts.values()) {
      String level = levels[row];
      sum += level == null ? 0.3 : 0.1 * (level.length() - 4);
    }
    return sum;
  }

  /** A value of about unit size. */
  private static double scaled(String name, double value) {
    return switch (name) {
      case "time" -> (value - DATE) / (100.0 * DATE_STEP) - 1;
      case "far" -> (value - FAR_AWAY) / 8;
      default -> value / 2;
    };
  }
}
