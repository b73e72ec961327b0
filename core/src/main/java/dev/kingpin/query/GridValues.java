package dev.kingpin.query;

import dev.kingpin.data.Expression;
import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Setting;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;

/** Checks the values that a query wants to try, and adds the usual ones for all other settings. */
final class GridValues {
  private final TrainQuery query;
  private final Learner learner;

  private GridValues(TrainQuery query, Learner learner) {
    this.query = query;
    this.learner = learner;
  }

  /**
   * The values of every setting, in the order of the settings. Equal values are written equally, so
   * that {@code 1} and {@code 1.0} are one; ranges are written as {@link ValueRange} does.
   *
   * @throws InputException if a setting is unknown or a value makes no sense for it
   */
  static Map<String, List<String>> of(TrainQuery query, Learner learner) {
    return new GridValues(query, learner).checked();
  }

  private Map<String, List<String>> checked() {
    List<String> known = learner.settings().stream().map(Setting::name).toList();
    for (String name : query.grid().keySet()) {
      if (!known.contains(name)) {
        throw new InputException(
            "Setting ("
                + name
                + ") is unknown to learner ("
                + learner.name()
                + "). "
                + Spelling.advice(name, known));
      }
    }
    Map<String, List<String>> grid = new LinkedHashMap<>();
    for (Setting setting : learner.settings()) {
      List<String> values = query.grid().getOrDefault(setting.name(), setting.defaults());
      Set<String> canonical = new LinkedHashSet<>();
      values.forEach(v -> canonical.add(checked(setting, v.strip())));
      if (canonical.isEmpty()) {
        throw new InputException(
            "Setting ("
                + setting.name()
                + ") has no values to try. Maybe leave it out of the grid, or name some.");
      }
      grid.put(setting.name(), List.copyOf(canonical));
    }
    return grid;
  }

  private String checked(Setting setting, String value) {
    if (!setting.words().isEmpty()) {
      return word(setting, value);
    }
    return ValueRange.looksLike(value) ? range(setting, value) : number(setting, value);
  }

  private static String word(Setting setting, String value) {
    for (String word : setting.words()) {
      if (word.equalsIgnoreCase(value)) {
        return word;
      }
    }
    throw new InputException(
        "Value ("
            + value
            + ") of setting ("
            + setting.name()
            + ") is unknown. "
            + Spelling.advice(value, setting.words()));
  }

  private static String number(Setting setting, String value) {
    try {
      double number = Double.parseDouble(value);
      if (fits(setting).test(number)) {
        return new Expression.Literal(number).toString();
      }
    } catch (NumberFormatException e) {
      throw new InputException(badValue(setting, value, "is not a"), e);
    }
    throw new InputException(badValue(setting, value, "is not a"));
  }

  private String range(Setting setting, String value) {
    ValueRange range =
        ValueRange.of(value)
            .filter(r -> fits(setting).test(r.low()) && fits(setting).test(r.high()))
            .orElseThrow(
                () -> new InputException(badValue(setting, value, "is no range of two different")));
    if (query.search().isGrid()) {
      throw new InputException(
          "Value ("
              + value
              + ") of setting ("
              + setting.name()
              + ") is a range, but a grid needs values. Maybe add search random:20.");
    }
    return range.toString();
  }

  private static DoublePredicate fits(Setting setting) {
    return number ->
        number >= setting.minimum()
            && number <= setting.maximum()
            && (!setting.whole() || number == Math.rint(number));
  }

  private static String badValue(Setting setting, String value, String what) {
    String kind = (setting.whole() ? "whole " : "") + (what.endsWith("a") ? "number" : "numbers");
    return String.format(
        Locale.ROOT,
        "Value (%s) of setting (%s) %s %s from %s to %s. Maybe use %s.",
        value,
        setting.name(),
        what,
        kind,
        new Expression.Literal(setting.minimum()),
        new Expression.Literal(setting.maximum()),
        String.join(",", setting.defaults()));
  }
}
