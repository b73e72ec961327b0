package dev.kingpin.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns of a table, in the order of the source.
 *
 * @param table what messages call the table, such as its file name
 * @param columns never empty
 */
public record Schema(String table, List<Column> columns) {
  public Schema {
    columns = List.copyOf(columns);
  }

  /** The column of this name; an exact match wins over one that ignores case. */
  public Optional<Column> find(String name) {
    Optional<Column> exact = columns.stream().filter(c -> c.name().equals(name)).findFirst();
    return exact.isPresent()
        ? exact
        : columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }

  /**
   * The column of this name.
   *
   * @throws InputException if there is none; the message proposes the name that is nearest
   */
  public Column get(String name) {
    return find(name).orElseThrow(() -> new InputException(unknown(name)));
  }

  private String unknown(String name) {
    String all = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    Optional<String> near = Spelling.nearest(name, columns.stream().map(Column::name).toList());
    return String.format(
        Locale.ROOT,
        "Column (%s) is not in %s. Maybe %s",
        name,
        table,
        near.map(n -> "you meant (" + n + ")? ").orElse("it is one of these: ")
            + (near.isPresent() ? "The columns are: " + all + "." : all + "."));
  }
}
