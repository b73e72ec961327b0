package dev.kingpin.duckdb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Puts types on top of columns that a file holds as texts, by a query around it, and keeps the
 * texts at hand for categories.
 */
final class TypedView {
  private final String raw;
  private final String prefix; // of the names of the columns that keep the texts
  private final List<String> items = new ArrayList<>();
  private final List<Field> fields = new ArrayList<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();

  /**
   * @param raw the FROM item with the columns as the file holds them
   * @param names of all its columns
   */
  TypedView(String raw, Collection<String> names) {
    this.raw = raw;
    String free = "text of column ";
    while (startsAny(names, free)) {
      free = "the " + free;
    }
    this.prefix = free;
  }

  private static boolean startsAny(Collection<String> names, String prefix) {
    return names.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith(prefix));
  }

  /** Adds a column that is read from its text. */
  void text(String name, String text, Reading reading) {
    items.add(reading.of(text) + " AS " + Sql.name(name));
    String key = Sql.name(name);
    if (reading != Reading.TEXT) {
      key = Sql.name(prefix + fields.size());
      items.add(text + " AS " + key);
    }
    fields.add(Field.ofText(name, reading.type(), key));
  }

  /** Adds a column that has its type already. */
  void typed(String name, String type) {
    items.add(Sql.name(name));
    SqlType.of(type)
        .ifPresentOrElse(t -> fields.add(Field.of(name, t)), () -> leftOut.put(name, type));
  }

  Relation relation(InputFiles files, long rows, Relation.Copying copying) {
    String from = "(SELECT " + String.join(", ", items) + " FROM " + raw + ")";
    return new Relation(
        files.label(), files, List.of(), from, fields, leftOut, true, rows, copying);
  }
}
