package dev.kingpin.learner;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One point of the search: a value for each of a learner's settings, as text, in the order of their
 * names.
 */
public record Config(SortedMap<String, String> settings) {
  public Config {
    settings = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /** The value of a numeric setting, which the learner has checked before. */
  public double number(String name) {
    String value = settings.get(name);
    if (value == null) {
      throw new IllegalArgumentException("No setting " + name + " in " + this);
    }
    return Double.parseDouble(value);
  }

  /** The value of a setting, or {@code otherwise} if the config does not have it. */
  public String text(String name, String otherwise) {
    return settings.getOrDefault(name, otherwise);
  }

  /** The value of a numeric setting, or {@code otherwise} if the config does not have it. */
  public double number(String name, double otherwise) {
    String value = settings.get(name);
    return value == null ? otherwise : Double.parseDouble(value);
  }

  /** For people: {@code l2=0.1 max_depth=4}. */
  @Override
  public String toString() {
    return settings.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" "));
  }
}
