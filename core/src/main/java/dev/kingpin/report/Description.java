package dev.kingpin.report;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of itself, as aligned lines; nested parts are indented under their names. A
 * part with a value and more numbers about it is one line, and these numbers are columns.
 */
record Description(Map<String, Object> parts) {
  private static final int DIGITS = 5;
  private static final String INDENT = "  ";
  private static final String VALUE = "value";

  String text(Page page) {
    Set<String> about = new LinkedHashSet<>();
    collect(parts, about);
    TextTable table = new TextTable().texts("").decimals(about.isEmpty() ? "" : VALUE);
    about.forEach(name -> table.decimals(name.replace('_', ' ')));
    add(table.texts(""), parts, "", List.copyOf(about));
    return table.render(page);
  }

  /** Adds the names of the numbers that values come with. */
  private static void collect(Map<?, ?> parts, Set<String> about) {
    for (Object value : parts.values()) {
      if (isLine(value)) {
        ((Map<?, ?>) value).keySet().forEach(name -> about.add(String.valueOf(name)));
        about.remove(VALUE);
      } else if (value instanceof Map<?, ?> nested) {
        collect(nested, about);
      }
    }
  }

  private static boolean isLine(Object part) {
    return part instanceof Map<?, ?> map
        && map.get(VALUE) instanceof Number
        && map.values().stream().allMatch(v -> v instanceof Number);
  }

  private static void add(TextTable table, Map<?, ?> parts, String indent, List<String> about) {
    parts.forEach(
        (name, value) -> {
          table.row().cell(indent + name);
          if (isLine(value)) {
            Map<?, ?> line = (Map<?, ?>) value;
            table.cell(text(line.get(VALUE)));
            about.forEach(n -> table.cell(text(line.get(n))));
          } else if (value instanceof Map<?, ?> nested) {
            add(table, nested, indent + INDENT, about);
          } else if (value instanceof Number) {
            table.cell(text(value));
          } else {
            table.cell("");
            about.forEach(n -> table.cell(""));
            table.cell(words(value));
          }
        });
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return Numbers.count(((Number) value).longValue());
    }
    return value instanceof Number number ? Numbers.significant(number.doubleValue(), DIGITS) : "";
  }

  private static String words(Object value) {
    return value instanceof Collection<?> list
        ? String.join(", ", list.stream().map(String::valueOf).toList())
        : String.valueOf(value);
  }
}
