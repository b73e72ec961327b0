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
 */
public record Setting(
    String name, String meaning, double minimum, double maximum, List<String> defaults) {
  public Setting {
    defaults = List.copyOf(defaults);
  }
}
