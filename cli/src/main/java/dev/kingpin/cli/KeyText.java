package dev.kingpin.cli;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads group keys. With one group-by column the whole text is the value; with several, values are
 * divided by commas. A value in double quotes is taken as it is, so that it can hold a comma;
 * {@code NULL} without quotes stands for missing values.
 */
final class KeyText {
  private static final Pattern VALUE = Pattern.compile("(?:\"((?:[^\"]|\"\")*)\"|([^,]*))(?:,|$)");
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")*)\"");

  private KeyText() {}

  /**
   * The key of this text.
   *
   * @throws InputException if it has not one value for each column
   */
  static GroupKey parse(String text, List<String> groupBy) {
    if (groupBy.size() == 1) {
      return single(text);
    }
    List<@Nullable String> values = split(text);
    if (values.size() != groupBy.size()) {
      String parent =
          values.size() < groupBy.size()
              ? ", or see its parent with kingpin show --family %s".formatted(text)
              : "";
      throw new InputException(
          ("Group (%s) has %d of %d values: groups are made by (%s)."
                  + " Maybe write a value for each, divided by commas%s.")
              .formatted(text, values.size(), groupBy.size(), String.join(",", groupBy), parent));
    }
    return GroupKey.of(values.toArray(new @Nullable String[0]));
  }

  /**
   * The first values of keys. With two group-by columns the whole text is the one value.
   *
   * @throws InputException if it has a value for each column, or more
   */
  static GroupKey parseFamily(String text, List<String> groupBy) {
    if (groupBy.size() == 2) {
      return single(text);
    }
    List<@Nullable String> values = split(text);
    if (values.size() >= groupBy.size()) {
      throw new InputException(
          ("Family (%s) has %d values, but a family shares fewer than the %d columns that groups"
                  + " are made by (%s). Maybe leave out the last ones, or use --global.")
              .formatted(text, values.size(), groupBy.size(), String.join(",", groupBy)));
    }
    return GroupKey.of(values.toArray(new @Nullable String[0]));
  }

  private static GroupKey single(String text) {
    Matcher quoted = QUOTED.matcher(text);
    return GroupKey.of(quoted.matches() ? unquoted(quoted.group(1)) : word(text));
  }

  private static List<@Nullable String> split(String text) {
    List<@Nullable String> values = new ArrayList<>();
    Matcher matcher = VALUE.matcher(text);
    int at = 0;
    boolean more = true;
    while (more && matcher.find(at) && matcher.start() == at) {
      String quoted = matcher.group(1);
      values.add(quoted != null ? unquoted(quoted) : word(matcher.group(2)));
      more = matcher.group().endsWith(",") && matcher.end() > at;
      at = matcher.end();
    }
    return values;
  }

  private static String unquoted(String text) {
    return text.replace("\"\"", "\"");
  }

  private static @Nullable String word(String text) {
    return text.equals("NULL") ? null : text;
  }
}
