package dev.kingpin.tune;

import dev.kingpin.data.InputException;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Setting;
import dev.kingpin.query.ResolvedQuery;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A setting that the user named must matter to some config: none is taken and ignored. */
final class UnusedSettings {
  private UnusedSettings() {}

  /**
   * @param configs as the learner sees them
   * @throws InputException if the user named values of a setting that none of them has
   */
  static void refuse(ResolvedQuery query, List<Config> configs) {
    for (String name : query.query().grid().keySet()) {
      if (configs.stream().noneMatch(c -> c.settings().containsKey(name))) {
        throw new InputException(
            "Setting ("
                + name
                + ") does not matter to any of the configs asked for. Maybe "
                + word(query, name).map(w -> "add " + w + ".").orElse("leave it out."));
      }
    }
  }

  /** A word of another setting that makes this one matter. */
  private static Optional<String> word(ResolvedQuery query, String name) {
    Learner learner = query.learner();
    SortedMap<String, String> usual = new TreeMap<>();
    query.grid().forEach((setting, values) -> usual.put(setting, values.get(0)));
    for (Setting other : learner.settings()) {
      for (String word : other.words()) {
        SortedMap<String, String> changed = new TreeMap<>(usual);
        changed.put(other.name(), word);
        if (learner.canonical(new Config(changed)).settings().containsKey(name)) {
          return Optional.of(other.name() + "=" + word);
        }
      }
    }
    return Optional.empty();
  }
}
