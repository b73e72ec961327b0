package dev.kingpin.learner.linear;

import dev.kingpin.data.MemoryTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one group as a user has them. Numbers are such that nothing is lost when they become
 * float32, less an offset where they are far from zero.
 */
final class RawRows {
  final int rows;
  final Map<String, double[]> numbers = new LinkedHashMap<>(); // NaN where missing
  final Map<String, @Nullable String[]> texts = new LinkedHashMap<>(); // null where missing
  final double[] weight; // (rows)
  final double[] y; // (rows): a number, a count or a class
  boolean weighted;

  RawRows(int rows) {
    this.rows = rows;
    weight = new double[rows];
    y = new double[rows];
    Arrays.fill(weight, 1);
  }

  /**
   * Several groups of the same columns in one table, with keys 0, 1, ... in column {@code g}.
   *
   * @param classes that targets tell apart; 0 if they are numbers
   */
  static MemoryTable table(int classes, RawRows... groups) {
    List<RawRows> all = List.of(groups);
    RawRows first = groups[0];
    MemoryTable table = new MemoryTable("groups");
    table.number("g", keys(all));
    for (String name : first.numbers.keySet()) {
      table.number(name, joined(all, g -> g.number(name)));
    }
    for (String name : first.texts.keySet()) {
      Stream<@Nullable String> values = all.stream().flatMap(g -> Stream.of(g.level(name)));
      table.text(name, values.toArray(String[]::new));
    }
    if (first.weighted) {
      table.number("w", joined(all, g -> g.weight));
    }
    double[] y = joined(all, g -> g.y);
    return switch (classes) {
      case 0 -> table.number("y", y);
      case 2 -> table.bool("y", y);
      default ->
          table.text("y", Arrays.stream(y).mapToObj(k -> "k" + (int) k).toArray(String[]::new));
    };
  }

  private static double[] keys(List<RawRows> groups) {
    return IntStream.range(0, groups.size())
        .boxed()
        .flatMap(g -> IntStream.range(0, groups.get(g).rows).mapToObj(r -> g))
        .mapToDouble(g -> g)
        .toArray();
  }

  private static double[] joined(List<RawRows> groups, Function<RawRows, double[]> column) {
    return groups.stream().flatMapToDouble(g -> Arrays.stream(column.apply(g))).toArray();
  }

  private @Nullable String[] level(String name) {
    @Nullable String[] values = texts.get(name);
    return values == null ? new String[rows] : values;
  }

  private double[] number(String name) {
    double[] values = numbers.get(name);
    return values == null ? new double[rows] : values;
  }

  /** Mean of the values of a numeric column that are there. */
  double mean(String name) {
    return Arrays.stream(number(name)).filter(v -> !Double.isNaN(v)).average().orElse(0);
  }

  /** Rows of each level of a text column, NULL as {@code "NULL"}. */
  Map<String, Integer> counts(String name) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String value : level(name)) {
      counts.merge(value == null ? "NULL" : value, 1, Integer::sum);
    }
    return counts;
  }
}
