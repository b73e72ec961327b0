package dev.kingpin.tune;

import dev.kingpin.data.Expression;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Setting;
import dev.kingpin.query.ResolvedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A setting that the user named must matter to some config: none is taken and ignored. It matters
 * if the learner keeps it, or would keep another value of it: then the value asked for is merely
 * the usual one.
 */
final class UnusedSettings {
  private final Learner learner;
  private final Map<String, List<String>> grid;

  /**
   * @param grid values, without ranges, of which the configs asked for are combinations
   */
  private UnusedSettings(Learner learner, Map<String, List<String>> grid) {
    this.learner = learner;
    this.grid = grid;
  }

  /**
   * @param configs as the learner sees them
   * @param grid values, without ranges, of which the configs are combinations or close to them
   * @throws InputException if the user named values of a setting that matters to none of them
   */
  static void refuse(ResolvedQuery query, List<Config> configs, Map<String, List<String>> grid) {
    UnusedSettings unused = new UnusedSettings(query.learner(), grid);
    for (String name : query.query().grid().keySet()) {
      if (configs.stream().noneMatch(c -> c.settings().containsKey(name))) {
        unused.check(name);
      }
    }
  }

  private void check(String name) {
    if (Grid.points(grid) <= Grid.MOST
        && Grid.configs(grid).stream().noneMatch(c -> mattersTo(c, name))) {
      throw new InputException(
          "Setting ("
              + name
              + ") does not matter to any of the configs asked for. Maybe "
              + word(name).map(w -> "add " + w + ".").orElse("leave it out."));
    }
  }

  private boolean mattersTo(Config config, String name) {
    return probes(Grid.setting(learner, name)).stream()
        .anyMatch(value -> keeps(config, name, value, name));
  }

  /** Some values of a setting, of which one at least is not the usual one. */
  private List<String> probes(Setting setting) {
    if (!setting.words().isEmpty()) {
      return setting.words();
    }
    List<String> values = new ArrayList<>(grid.getOrDefault(setting.name(), List.of()));
    values.addAll(setting.defaults());
    values.add(new Expression.Literal(setting.minimum()).toString());
    values.add(new Expression.Literal(setting.maximum()).toString());
    return values;
  }

  /** Whether the learner keeps a setting once another one has some value. */
  private boolean keeps(Config config, String changed, String value, String kept) {
    SortedMap<String, String> settings = new TreeMap<>(config.settings());
    settings.put(changed, value);
    return learner.canonical(new Config(settings)).settings().containsKey(kept);
  }

  /** A word of another setting that makes this one matter. */
  private Optional<String> word(String name) {
    Config some = Grid.configs(grid).get(0);
    for (Setting other : learner.settings()) {
      for (String word : other.words()) {
        if (keeps(some, other.name(), word, name)) {
          return Optional.of(other.name() + "=" + word);
        }
      }
    }
    return Optional.empty();
  }
}
