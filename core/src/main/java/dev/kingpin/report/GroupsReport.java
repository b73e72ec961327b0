package dev.kingpin.report;

import dev.kingpin.store.RunHeader;
import dev.kingpin.store.TrainedGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The account of a run: what became of its groups, whether the models were worth it, and a row a
 * group.
 *
 * @param header of the run
 * @param summary of all groups, listed or not
 * @param lines the groups that are listed
 * @param left how many more would be, had the view no limit
 */
public record GroupsReport(
    RunHeader header, GroupsSummary summary, List<GroupLine> lines, int left) {

  /**
   * Reports on a run.
   *
   * @param groups all of them, in the order of their keys
   * @param view which of them to list
   */
  public static GroupsReport of(RunHeader header, List<TrainedGroup> groups, GroupsView view) {
    List<GroupLine> all = groups.stream().map(g -> GroupLine.of(header, g)).toList();
    List<GroupLine> selected = view.select(all);
    int listed = view.limit() == 0 ? selected.size() : Math.min(view.limit(), selected.size());
    return new GroupsReport(
        header,
        GroupsSummary.of(all, header.metric()),
        selected.subList(0, listed),
        selected.size() - listed);
  }

  /** The account and the table. */
  public String text(Page page) {
    return account(page) + "\n" + table(page);
  }

  /** What was asked, what became of the groups, and whether it was worth it. */
  public String account(Page page) {
    Paint paint = page.paint();
    StringBuilder text = new StringBuilder();
    text.append(paint.apply(Tone.STRONG, TextWidth.clean(RunWords.title(header))))
        .append(
            ": a %s model for each of %s"
                .formatted(header.query().learner(), Numbers.count(summary.groups(), "group")))
        .append(" of %s\n".formatted(TextWidth.clean(header.source())));
    entry(text, paint, "settings", RunWords.search(header));
    entry(text, paint, "groups", fates());
    entry(text, paint, "rows", rows());
    entry(text, paint, "worth it?", worth());
    return text.toString();
  }

  private static void entry(StringBuilder text, Paint paint, String label, String words) {
    text.append("  ").append(paint.apply(Tone.FAINT, "%-9s".formatted(label)));
    text.append("  ").append(words.replace("\n", "\n" + " ".repeat(13))).append('\n');
  }

  private String fates() {
    String fates = Numbers.count(summary.trained()) + " trained";
    if (summary.constant() > 0) {
      fates += ", " + Numbers.count(summary.constant()) + " constant";
    }
    fates += ", " + Numbers.count(summary.failed()) + " failed";
    if (summary.failed() > 0) {
      fates +=
          summary.failures().entrySet().stream()
              .map(e -> Numbers.count(e.getValue()) + " " + words(e.getKey()))
              .collect(Collectors.joining(", ", " (", ")"));
    }
    return fates;
  }

  private String rows() {
    String rows = Numbers.count(summary.trainedRows()) + " in trained groups";
    long others = summary.rows() - summary.trainedRows();
    rows += others > 0 ? ", " + Numbers.count(others) + " in others" : "";
    return summary.skippedRows() > 0
        ? rows + ", " + Numbers.count(summary.skippedRows()) + " skipped (no target, or no weight)"
        : rows;
  }

  private String worth() {
    String label = header.metric().label();
    if (summary.validationRows() == 0) {
      return "no group has a model to compare";
    }
    double gain = summary.gain();
    String verdict =
        Double.isNaN(gain)
            ? ""
            : ": " + Numbers.percent(Math.abs(gain)) + (gain >= 0 ? " lower" : " higher, so no");
    return "%s %s with the models, %s with each group's %s%s\n"
            .formatted(
                label,
                Numbers.metric(summary.overallMetric()),
                Numbers.metric(summary.overallConstantMetric()),
                RunWords.constant(header),
                verdict)
        + "on %s; better in %s of %s, median %s %s"
            .formatted(
                Numbers.count(summary.validationRows(), "validation row"),
                Numbers.count(summary.better()),
                Numbers.count(summary.trained(), "group"),
                label,
                Numbers.metric(summary.medianMetric()));
  }

  /** A row a group; columns that no listed group fills are left out. */
  public String table(Page page) {
    if (lines.isEmpty()) {
      return "No such groups.\n";
    }
    boolean models = lines.stream().anyMatch(l -> l.winner() != null);
    boolean reasons = lines.stream().anyMatch(l -> l.message() != null);
    List<String> varying = models ? RunWords.varying(header.configs()) : List.of();
    TextTable table = titles(varying, models, reasons);
    for (GroupLine line : lines) {
      table.row();
      line.key().values().forEach(v -> table.cell(Objects.requireNonNullElse(v, "NULL")));
      table.cell(line.status(), line.tone()).cell(Numbers.count(line.rows()));
      if (!varying.isEmpty()) {
        table.cell(line.winner() == null ? "" : RunWords.only(line.winner(), varying));
      }
      if (models) {
        addMetrics(table, line);
      }
      if (reasons) {
        table.cell(Objects.requireNonNullElse(line.message(), ""));
      }
    }
    return table.render(page) + more();
  }

  private TextTable titles(List<String> varying, boolean models, boolean reasons) {
    TextTable table = new TextTable();
    header.query().groupBy().forEach(table::texts);
    table.texts("status").numbers("rows");
    if (!varying.isEmpty()) {
      table.texts("winner");
    }
    if (models) {
      table.decimals(header.metric().label()).decimals(RunWords.constant(header)).numbers("gain");
    }
    return reasons ? table.texts("reason") : table;
  }

  private static void addMetrics(TextTable table, GroupLine line) {
    boolean model = line.winner() != null;
    double gain = line.gain();
    table
        .cell(model ? Numbers.metric(line.metric()) : "")
        .cell(model ? Numbers.metric(line.constantMetric()) : "")
        .cell(model ? Numbers.percent(gain) : "", gain < 0 ? Tone.WARNING : Tone.PLAIN);
  }

  private String more() {
    return left == 0 ? "" : "... and " + Numbers.count(left, "more group") + "\n";
  }

  /** The account and the listed groups as a tree for {@link Json}. */
  public Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = accountTree();
    tree.put("groups", lines.stream().map(l -> l.tree(header)).toList());
    tree.put("groups_left_out", left);
    return tree;
  }

  /** The account as a tree for {@link Json}; more may be put into it. */
  public Map<String, @Nullable Object> accountTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("model", RunWords.tree(header));
    tree.put("summary", summaryTree());
    return tree;
  }

  private Map<String, @Nullable Object> summaryTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("groups", summary.groups());
    tree.put("trained", summary.trained());
    tree.put("constant", summary.constant());
    tree.put("failed", summary.failed());
    tree.put("failed_by_reason", summary.failures());
    tree.put("rows", summary.rows());
    tree.put("trained_rows", summary.trainedRows());
    tree.put("skipped_rows", summary.skippedRows());
    tree.put("validation_rows", summary.validationRows());
    tree.put("metric", summary.overallMetric());
    tree.put("constant_metric", summary.overallConstantMetric());
    tree.put("gain", summary.gain());
    tree.put("median_metric", summary.medianMetric());
    tree.put("groups_better_than_constant", summary.better());
    return tree;
  }

  private static String words(String reason) {
    return reason.replace('_', ' ');
  }
}
