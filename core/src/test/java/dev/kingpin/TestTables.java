package dev.kingpin;

import dev.kingpin.data.MemoryTable;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Tables for tests, made from a seed. */
public final class TestTables {
  private TestTables() {}

  /**
   * How a table is made.
   *
   * @param classes that the target tells apart; 0 if it is a number
   * @param parents how many groups in a row have the same parent, in column {@code p}; 0 for none
   */
  public record Recipe(
      int[] groupSizes,
      int numeric,
      int levels,
      int classes,
      double missing,
      boolean weighted,
      int parents) {
    public static Recipe of(int... groupSizes) {
      return new Recipe(groupSizes, 4, 0, 0, 0, false, 0);
    }

    public Recipe numeric(int count) {
      return new Recipe(groupSizes, count, levels, classes, missing, weighted, parents);
    }

    public Recipe levels(int count) {
      return new Recipe(groupSizes, numeric, count, classes, missing, weighted, parents);
    }

    public Recipe withClasses() {
      return withClasses(2);
    }

    public Recipe withClasses(int count) {
      return new Recipe(groupSizes, numeric, levels, count, missing, weighted, parents);
    }

    public Recipe missing(double share) {
      return new Recipe(groupSizes, numeric, levels, classes, share, weighted, parents);
    }

    public Recipe withWeights() {
      return new Recipe(groupSizes, numeric, levels, classes, missing, true, parents);
    }

    public Recipe parents(int groups) {
      return new Recipe(groupSizes, numeric, levels, classes, missing, weighted, groups);
    }
  }

  /**
   * Columns {@code p} (if parents), {@code g}, {@code x0...}, {@code c} (if levels), {@code w} (if
   * weighted), {@code y}.
   */
  public static MemoryTable make(Recipe recipe, long seed) {
    Random random = new Random(seed);
    int rows = Arrays.stream(recipe.groupSizes()).sum();
    int[] group = shuffledGroups(recipe.groupSizes(), rows, random);
    double[][] x = new double[recipe.numeric()][rows];
    @Nullable String[] category = new String[rows];
    double[] weight = new double[rows];
    double[] y = new double[rows];
    String[] key = new String[rows];
    for (int r = 0; r < rows; r++) {
      key[r] = "g%03d".formatted(group[r]);
      double sum = 0.3 * group[r];
      for (int j = 0; j < recipe.numeric(); j++) {
        double value = random.nextGaussian() * (1 + j) + 10 * j * (j % 3);
        sum += (((j * 7 + group[r]) % 5) - 2) * 0.3 * (value - 10 * j * (j % 3)) / (1 + j);
        x[j][r] = random.nextDouble() < recipe.missing() ? Double.NaN : (float) value;
      }
      if (recipe.levels() > 0) {
        int level = random.nextInt(recipe.levels());
        category[r] = level == 0 ? null : "level " + level;
        sum += 0.2 * level;
      }
      weight[r] = (float) (0.5 + random.nextDouble());
      y[r] =
          switch (recipe.classes()) {
            case 0 -> (float) (100 + 5 * sum + random.nextGaussian());
            case 2 -> random.nextDouble() < 1 / (1 + Math.exp(-(sum - 0.3 * group[r]))) ? 1 : 0;
            default -> drawn(recipe.classes(), sum - 0.3 * group[r], random);
          };
    }
    MemoryTable table = new MemoryTable("test table");
    if (recipe.parents() > 0) {
      IntFunction<String> parent = g -> "p" + g / recipe.parents();
      table.text("p", Arrays.stream(group).mapToObj(parent).toArray(String[]::new));
    }
    table.text("g", key);
    for (int j = 0; j < recipe.numeric(); j++) {
      table.number("x" + j, x[j]);
    }
    if (recipe.levels() > 0) {
      table.text("c", category);
    }
    if (recipe.weighted()) {
      table.number("w", weight);
    }
    return switch (recipe.classes()) {
      case 0 -> table.number("y", y);
      case 2 -> table.bool("y", y);
      default ->
          table.text(
              "y", Arrays.stream(y).mapToObj(k -> "class " + (int) k).toArray(String[]::new));
    };
  }

  /** A class; the larger the sum, the more probable are the late ones. */
  private static int drawn(int classes, double sum, Random random) {
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      double score = (k - (classes - 1) / 2.0) * sum - Math.log(-Math.log(random.nextDouble()));
      if (score > largest) {
        largest = score;
        best = k;
      }
    }
    return best;
  }

  private static int[] shuffledGroups(int[] sizes, int rows, Random random) {
    int[] group = new int[rows];
    int at = 0;
    for (int g = 0; g < sizes.length; g++) {
      for (int i = 0; i < sizes[g]; i++) {
        group[at++] = g;
      }
    }
    for (int i = rows - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = group[i];
      group[i] = group[j];
      group[j] = swap;
    }
    return group;
  }
}
