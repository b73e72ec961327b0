package dev.kingpin.bench;

import dev.kingpin.data.Dictionary;
import dev.kingpin.kernel.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Makes the table of a scenario, the same at every call: columns of almost normal values, each in a
 * unit of its own; groups in a mixed order; a target that depends on the columns through weights of
 * the group, which have a part in common with other groups, and on noise.
 */
final class MadeTable {
  private static final long VALUES = 1;
  private static final long NOISE = 2;
  private static final long ORDER = 3;
  private static final long UNITS = 4;
  private static final long COMMON = 5;
  private static final long OWN = 6;
  private static final long LEVEL = 7;
  private static final long USED = 8;

  /** Standard deviation of the log-odds; classes overlap so that the area under ROC is near 0.8. */
  private static final double SIGNAL = 1.5;

  private static final double SHARE_USED_BY_LASSO = 0.25;
  private static final double TARGET_UNIT = 10;
  private static final double TARGET_ZERO = 3;

  private final Scenario scenario;
  private final int features;
  private final double[] units; // (features)

  private MadeTable(Scenario scenario) {
    this.scenario = scenario;
    features = scenario.features();
    units = new double[features];
    for (int j = 0; j < features; j++) {
      units[j] = 0.5 + 1.5 * Hash.unit(Hash.hash(UNITS, j));
    }
  }

  static ColumnTable of(Scenario scenario) {
    return new MadeTable(scenario).table();
  }

  private ColumnTable table() {
    int[] groups = mixedGroups();
    float[][] columns = new float[features + 1][groups.length];
    double[][] weights = new double[scenario.sizes().length][];
    for (int g = 0; g < weights.length; g++) {
      weights[g] = weights(g);
    }
    for (int i = 0; i < groups.length; i++) {
      double[] own = weights[groups[i]];
      double score = own[features];
      for (int j = 0; j < features; j++) {
        double value = normal(VALUES, (long) i * features + j);
        columns[j][i] = (float) (value * units[j]);
        score += own[j] * value;
      }
      columns[features][i] = target(score, i);
    }
    List<String> keys =
        IntStream.range(0, weights.length)
            .mapToObj(g -> String.format(Locale.ROOT, "g%06d", g))
            .toList();
    return new ColumnTable(new Dictionary(keys), groups, names(), columns);
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int j = 0; j < features; j++) {
      names.add("x" + j);
    }
    names.add("y");
    return names;
  }

  /** The group of each row: as many rows as each group has, shuffled. */
  private int[] mixedGroups() {
    int[] groups = new int[scenario.rows()];
    int row = 0;
    for (int g = 0; g < scenario.sizes().length; g++) {
      for (int i = 0; i < scenario.sizes()[g]; i++) {
        groups[row++] = g;
      }
    }
    for (int i = groups.length - 1; i > 0; i--) {
      int j = (int) (Hash.unit(Hash.hash(ORDER, i)) * (i + 1));
      int swap = groups[i];
      groups[i] = groups[j];
      groups[j] = swap;
    }
    return groups;
  }

  /** Weights of standardised columns, then the intercept. */
  private double[] weights(int group) {
    boolean lasso = scenario.isLasso();
    double size = SIGNAL / Math.sqrt(lasso ? features * SHARE_USED_BY_LASSO : features);
    double[] weights = new double[features + 1];
    for (int j = 0; j < features; j++) {
      boolean used = !lasso || Hash.unit(Hash.hash(USED, j)) < SHARE_USED_BY_LASSO;
      double weight = 0.6 * normal(COMMON, j) + 0.8 * normal(OWN, (long) group * features + j);
      weights[j] = used ? size * weight : 0;
    }
    weights[features] = 0.5 * normal(LEVEL, group);
    return weights;
  }

  private float target(double score, int row) {
    if (scenario.isLogistic()) {
      double chance = 1 / (1 + StrictMath.exp(-score));
      return Hash.unit(Hash.hash(NOISE, row)) < chance ? 1 : 0;
    }
    return (float) (TARGET_ZERO + TARGET_UNIT * (score + SIGNAL * normal(NOISE, row)));
  }

  /** The sum of four even numbers: mean 0, variance 1, almost normal. */
  private static double normal(long stream, long position) {
    long bits = Hash.hash(stream, position);
    long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return ((sum + 2) / 65536.0 - 2) * Math.sqrt(3);
  }
}
