package dev.kingpin.learner;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One point of the search: a value for each of a learner's settings, as text, in the order of their
 * names.
 */
public final class Config {
  private final SortedMap<String, String> settings;
  private final Map<String, Double> numbers = new HashMap<>(); // of settings that are numbers
  private final int hash;

  /** A config of these settings. */
  public Config(SortedMap<String, String> settings) {
    this.settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    hash = this.settings.hashCode();
    this.settings.forEach(
        (name, value) -> {
          try {
            numbers.put(name, Double.parseDouble(value));
          } catch (NumberFormatException e) {
            // a word
          }
        });
  }

  /** Values by name; not to be changed. */
  public SortedMap<String, String> settings() {
    return settings;
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
    @Nullable Double known = numbers.get(name);
    if (known != null) {
      return known;
    }
    return settings.containsKey(name) ? number(name) : otherwise;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Config config
        && (config == this || hash == config.hash && settings.equals(config.settings));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** For people: {@code l2=0.1 max_depth=4}. */
  @Override
  public String toString() {
    return settings.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" "));
  }
}
