package dev.kingpin.learner;

import java.util.List;

/**
 * A hyperparameter that a learner understands.
 *
 * @param name as in {@code --grid name=v1,v2}
 * @param meaning one line for help texts
 * @param minimum the smallest number allowed, inclusive
 * @param maximum the largest number allowed, inclusive
 * @param defaults the values tried when the user names none
 * @param words the words allowed, if the values are words and no numbers; else empty
 * @param whole whether only whole numbers are allowed
 */
public record Setting(
    String name,
    String meaning,
    double minimum,
    double maximum,
    List<String> defaults,
    List<String> words,
    boolean whole) {
  public Setting {
    defaults = List.copyOf(defaults);
    words = List.copyOf(words);
  }

  /** A setting with numbers. */
  public Setting(
      String name, String meaning, double minimum, double maximum, List<String> defaults) {
    this(name, meaning, minimum, maximum, defaults, List.of(), false);
  }

  /** A setting with whole numbers. */
  public static Setting whole(String name, String meaning, long minimum, long maximum, long usual) {
    List<String> defaults = List.of(Long.toString(usual));
    return new Setting(name, meaning, minimum, maximum, defaults, List.of(), true);
  }

  /** A setting with words; the first is the usual one. */
  public static Setting word(String name, String meaning, String... words) {
    return new Setting(name, meaning, 0, 0, List.of(words[0]), List.of(words), false);
  }
}
