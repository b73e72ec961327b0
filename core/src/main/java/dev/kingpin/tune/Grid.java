package dev.kingpin.tune;

import dev.kingpin.learner.Config;
import dev.kingpin.query.ResolvedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Grid search: every combination of the values of all settings. */
public final class Grid {
  private Grid() {}

  /** The configs that a query tries: of those that come to the same for the learner, the first. */
  public static List<Config> configs(ResolvedQuery query) {
    return configs(query.grid()).stream().map(query.learner()::canonical).distinct().toList();
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
}
