package dev.kingpin.report;

import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A report as a table of data: a row a group, for files. */
public final class GroupsTable {
  /** Put before a column's name if a group-by column has the same one. */
  private static final String PREFIX = "model_";

  private final GroupsReport report;
  private final List<Column> columns = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** Lays a report out as columns. */
  public GroupsTable(GroupsReport report) {
    this.report = report;
    List<String> groupBy = report.header().query().groupBy();
    for (int i = 0; i < groupBy.size(); i++) {
      int position = i;
      columns.add(new Column(groupBy.get(i), ColumnType.TEXT));
      values.add(texts(line -> line.key().values().get(position)));
    }
    text("status", GroupLine::status);
    count("rows", GroupLine::rows);
    count("validation_rows", GroupLine::validationRows);
    count("skipped_rows", GroupLine::skippedRows);
    text("winner", line -> line.winner() == null ? null : RunWords.all(line.winner()));
    number("metric", GroupLine::metric);
    for (Contender rival : RunWords.RIVALS) {
      number(rival.word() + "_metric", line -> line.marks().of(rival));
    }
    number("gain", GroupLine::gain);
    text("best", GroupLine::best);
    text("model_level", GroupLine::level);
    text("reason", GroupLine::reason);
    text("message", GroupLine::message);
  }

  /** Group-by columns first. */
  public List<Column> columns() {
    return List.copyOf(columns);
  }

  /**
   * Writes all groups that the report lists, to a writer of these columns that takes counts as
   * {@code long[]}.
   */
  public void write(RowWriter out) {
    out.append(report.lines().size(), values.toArray());
    out.finish();
  }

  private void text(String name, Function<GroupLine, @Nullable String> value) {
    columns.add(new Column(free(name), ColumnType.TEXT));
    values.add(texts(value));
  }

  private void count(String name, ToLongFunction<GroupLine> value) {
    columns.add(new Column(free(name), ColumnType.NUMBER));
    values.add(report.lines().stream().mapToLong(value).toArray());
  }

  private void number(String name, ToDoubleFunction<GroupLine> value) {
    columns.add(new Column(free(name), ColumnType.NUMBER));
    values.add(report.lines().stream().mapToDouble(value).toArray());
  }

  private @Nullable String[] texts(Function<GroupLine, @Nullable String> value) {
    @Nullable String[] texts = new @Nullable String[report.lines().size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = value.apply(report.lines().get(i));
    }
    return texts;
  }

  private String free(String name) {
    boolean taken =
        report.header().query().groupBy().stream()
            .anyMatch(c -> c.toLowerCase(Locale.ROOT).equals(name));
    return taken ? PREFIX + name : name;
  }
}
