package dev.kingpin.report;

import dev.kingpin.query.AnswerWith;
import dev.kingpin.store.RunHeader;
import dev.kingpin.store.TrainedGroup;
import java.util.ArrayList;
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
        .append(": %s\n".formatted(RunWords.models(header, summary.groups())));
    entry(text, paint, "settings", RunWords.search(header));
    entry(text, paint, "groups", summary.fates().text());
    entry(text, paint, "rows", rows());
    if (header.query().answerWith() == AnswerWith.BEST) {
      entry(text, paint, "answers", answers());
    }
    entry(text, paint, "worth it?", worth(page));
    return text.toString();
  }

  private static void entry(StringBuilder text, Paint paint, String label, String words) {
    text.append("  ").append(paint.apply(Tone.FAINT, "%-9s".formatted(label)));
    text.append("  ").append(words.replaceAll("\n(?!\n)", "\n" + " ".repeat(13))).append('\n');
  }

  private String rows() {
    String rows = Numbers.count(summary.trainedRows()) + " in trained groups";
    long others = summary.rows() - summary.trainedRows();
    rows += others > 0 ? ", " + Numbers.count(others) + " in others" : "";
    return summary.skippedRows() > 0
        ? rows + ", " + Numbers.count(summary.skippedRows()) + " skipped (no target, or no weight)"
        : rows;
  }

  /** Who answers where groups have models, if that is not always their own. */
  private String answers() {
    String counts =
        summary.standings().stream()
            .filter(s -> s.contender() != Contender.CONSTANT)
            .map(s -> answered(s.contender()))
            .collect(Collectors.joining(", "));
    return "whoever did best on the validation rows: " + counts;
  }

  private String answered(Contender who) {
    return who.plural(header) + " in " + Numbers.count(summary.fates().answered(who));
  }

  private String worth(Page page) {
    if (summary.standings().size() < 2) {
      return "no group has a model to compare";
    }
    List<Standing> others = new ArrayList<>(summary.standings());
    Standing own = others.remove(0);
    others.sort((a, b) -> header.metric().compare(a.metric(), b.metric()));
    Standing best = others.get(0);
    return "%s %s with own models, %s with %s%s\n"
            .formatted(
                header.metric().label(),
                Numbers.metric(own.metric()),
                Numbers.metric(best.metric()),
                best.contender().plural(header),
                verdict(best.gain()))
        + "on %s of %s%s\n\n"
            .formatted(
                Numbers.count(summary.validationRows(), "validation row"),
                Numbers.count(summary.judgedGroups(), "group"),
                GroupsSummary.addsUp(header.metric()) ? "" : "; medians over groups")
        + standings(page);
  }

  private String verdict(double gain) {
    if (Double.isNaN(gain)) {
      return "";
    }
    String share = Numbers.percent(Math.abs(gain));
    if (share.equals(Numbers.percent(0))) {
      return ": about the same";
    }
    return ": " + share + (gain >= 0 ? RunWords.less(header) : RunWords.more(header) + ", so no");
  }

  private String standings(Page page) {
    TextTable table =
        new TextTable()
            .texts("answered by")
            .decimals(header.metric().label())
            .numbers("gain")
            .numbers("best in");
    for (Standing standing : summary.standings()) {
      boolean own = standing.contender() == Contender.OWN;
      table
          .row()
          .cell(standing.contender().plural(header))
          .cell(Numbers.metric(standing.metric()))
          .cell(own ? "" : Numbers.percent(standing.gain()))
          .cell(Numbers.count(standing.best(), "group"));
    }
    return table.render(page).stripTrailing();
  }

  /** A row a group; columns that no listed group fills are left out. */
  public String table(Page page) {
    if (lines.isEmpty()) {
      return "No such groups.\n";
    }
    boolean models = lines.stream().anyMatch(l -> l.winner() != null);
    List<Contender> rivals = models ? rivals() : List.of();
    boolean reasons = lines.stream().anyMatch(l -> l.message() != null);
    List<String> varying = models ? RunWords.varying(header.configs()) : List.of();
    TextTable table = titles(varying, rivals, reasons);
    for (GroupLine line : lines) {
      table.row();
      line.key().values().forEach(v -> table.cell(Objects.requireNonNullElse(v, "NULL")));
      table.cell(line.status(), line.tone()).cell(Numbers.count(line.rows()));
      if (!varying.isEmpty()) {
        table.cell(line.winner() == null ? "" : RunWords.only(line.winner(), varying));
      }
      if (models) {
        addMetrics(table, line, rivals);
      }
      if (reasons) {
        table.cell(Objects.requireNonNullElse(line.message(), ""));
      }
    }
    return table.render(page) + more();
  }

  /** Who was judged in some listed group, other than the groups' own models. */
  private List<Contender> rivals() {
    return RunWords.RIVALS.stream()
        .filter(c -> lines.stream().anyMatch(l -> !Double.isNaN(l.marks().of(c))))
        .toList();
  }

  private TextTable titles(List<String> varying, List<Contender> rivals, boolean reasons) {
    TextTable table = new TextTable();
    header.query().groupBy().forEach(table::texts);
    table.texts("status").numbers("rows");
    if (!varying.isEmpty()) {
      table.texts("winner");
    }
    if (!rivals.isEmpty()) {
      table.decimals(header.metric().label());
      rivals.forEach(c -> table.decimals(c.title(header)));
      table.numbers("gain").texts("best");
    }
    return reasons ? table.texts("reason") : table;
  }

  private void addMetrics(TextTable table, GroupLine line, List<Contender> rivals) {
    if (rivals.isEmpty()) {
      return;
    }
    boolean model = line.winner() != null;
    double gain = line.gain();
    String best = line.best(c -> c.title(header));
    table.cell(model ? Numbers.metric(line.metric()) : "");
    rivals.forEach(c -> table.cell(model ? Numbers.metric(line.marks().of(c)) : ""));
    table
        .cell(model ? Numbers.percent(gain) : "", gain < 0 ? Tone.WARNING : Tone.PLAIN)
        .cell(Objects.requireNonNullElse(best, ""));
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
    Fates fates = summary.fates();
    tree.put("groups", fates.groups());
    tree.put("trained", fates.trained());
    tree.put("constant", fates.constant());
    tree.put("fallback", fates.fallback());
    tree.put("fallback_to_parent", fates.onParents());
    tree.put("fallback_to_global", fates.onGlobal());
    tree.put("fallback_by_reason", fates.fallbacks());
    tree.put("failed", fates.failed());
    tree.put("failed_by_reason", fates.failures());
    tree.put("rows", summary.rows());
    tree.put("trained_rows", summary.trainedRows());
    tree.put("skipped_rows", summary.skippedRows());
    tree.put("judged_groups", summary.judgedGroups());
    tree.put("validation_rows", summary.validationRows());
    boolean addsUp = GroupsSummary.addsUp(header.metric());
    tree.put("metric_is", addsUp ? "over all rows" : "median of groups");
    tree.put("metric", summary.metric(Contender.OWN));
    for (Contender rival : RunWords.RIVALS) {
      tree.put(rival.word() + "_metric", summary.metric(rival));
      tree.put("gain_over_" + rival.word(), summary.gainOver(rival));
    }
    Map<String, @Nullable Object> best = new LinkedHashMap<>();
    summary.standings().forEach(s -> best.put(s.contender().word(), s.best()));
    tree.put("groups_best_with", best);
    tree.put("median_metric", summary.medianMetric());
    tree.put("groups_better_than_constant", summary.better());
    return tree;
  }
}
