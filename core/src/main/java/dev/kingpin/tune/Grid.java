package dev.kingpin.tune;

import dev.kingpin.data.InputException;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Setting;
import dev.kingpin.query.ResolvedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Grid search: every combination of the values of all settings. */
public final class Grid {
  /** More combinations are neither tried nor counted. */
  static final int MOST = 100_000;

  private Grid() {}

  /**
   * The configs that a query tries: of those that come to the same for the learner, the first.
   *
   * @throws InputException if there are too many, or a setting that was asked for matters to none
   */
  public static Candidates candidates(ResolvedQuery query) {
    if (!query.query().search().isGrid()) {
      return new RandomSearch(query).candidates();
    }
    double points = points(query.grid());
    if (points > MOST) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "The grid has %,.0f combinations. Maybe add search random:100, or name fewer values.",
              points));
    }
    List<Config> configs = distinct(query, query.grid());
    UnusedSettings.refuse(query, configs, query.grid());
    return new Candidates(configs, configs.size(), List.of());
  }

  /** The configs of {@link #candidates}. */
  public static List<Config> configs(ResolvedQuery query) {
    return candidates(query).configs();
  }

  /** The different configs that values make. */
  static List<Config> distinct(ResolvedQuery query, Map<String, List<String>> grid) {
    return configs(grid).stream().map(c -> canonical(query, c)).distinct().toList();
  }

  /** The config as the learner sees it, if it makes sense for the task. */
  static Config canonical(ResolvedQuery query, Config config) {
    Config canonical = query.learner().canonical(config);
    query.learner().check(query.task(), canonical);
    return canonical;
  }

  /** How many combinations there are. */
  static double points(Map<String, List<String>> grid) {
    return grid.values().stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
  }

  /** All configs of a grid; the values of the last setting change fastest. */
  public static List<Config> configs(Map<String, List<String>> grid) {
    List<Map<String, String>> points = List.of(Map.of());
    for (Map.Entry<String, List<String>> setting : grid.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> point : points) {
        for (String value : setting.getValue()) {
          Map<String, String> next = new TreeMap<>(point);
          next.put(setting.getKey(), value);
          longer.add(next);
        }
      }
      points = longer;
    }
    return points.stream().map(p -> new Config(new TreeMap<>(p))).toList();
  }

  static Setting setting(Learner learner, String name) {
    return learner.settings().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No setting " + name));
  }
}
