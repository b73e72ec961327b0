package dev.kingpin.report;

import java.util.Collection;
import java.util.Map;

/** What a model says of itself, as aligned lines; nested parts are indented under their names. */
record Description(Map<String, Object> parts) {
  private static final int DIGITS = 5;
  private static final String INDENT = "  ";

  String text(Page page) {
    TextTable table = new TextTable().texts("").decimals("").texts("");
    add(table, parts, "");
    return table.render(page);
  }

  private static void add(TextTable table, Map<?, ?> parts, String indent) {
    parts.forEach(
        (name, value) -> {
          table.row().cell(indent + name);
          if (value instanceof Map<?, ?> nested) {
            add(table, nested, indent + INDENT);
          } else if (value instanceof Integer || value instanceof Long) {
            table.cell(Numbers.count(((Number) value).longValue()));
          } else if (value instanceof Number number) {
            table.cell(Numbers.significant(number.doubleValue(), DIGITS));
          } else if (value instanceof Collection<?> list) {
            table.cell("").cell(String.join(", ", list.stream().map(String::valueOf).toList()));
          } else {
            table.cell("").cell(String.valueOf(value));
          }
        });
  }
}
