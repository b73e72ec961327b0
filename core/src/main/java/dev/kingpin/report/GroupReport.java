package dev.kingpin.report;

import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Learners;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Scores;
import dev.kingpin.store.RunHeader;
import dev.kingpin.store.TrainedGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All about one group, or a family of groups: the settings tried, the winner, what its model
 * learned, where it comes from.
 *
 * @param header of the run
 * @param group of that run
 */
public record GroupReport(RunHeader header, TrainedGroup group) {
  private static final int SETTINGS_SHOWN = 5;
  private static final Pattern NUMBERED_CLASS = Pattern.compile("class (\\d{1,9})");

  /**
   * For people.
   *
   * @param allSettings whether to show all settings that were tried, or the best ones only
   */
  public String text(Page page, boolean allSettings) {
    StringBuilder text = new StringBuilder();
    text.append(
            page.paint().apply(Tone.STRONG, TextWidth.clean(RunWords.name(header, group.key()))))
        .append("  (" + TextWidth.clean(RunWords.title(header)) + ")\n\n")
        .append(facts(page));
    if (group.outcome() instanceof Outcome.Trained trained) {
      text.append('\n').append(settings(trained, page, allSettings));
    }
    Model model = model();
    if (model != null) {
      text.append('\n').append(new Description(learned(model)).text(page));
    }
    return text.toString();
  }

  private String facts(Page page) {
    GroupLine line = GroupLine.of(header, group);
    TextTable table = new TextTable().texts("").texts("");
    table.row().cell("status", Tone.FAINT).cell(line.status(), line.tone());
    if (line.message() != null) {
      table.row().cell("reason", Tone.FAINT).cell(line.message());
    }
    table.row().cell("rows", Tone.FAINT).cell(rows());
    if (line.winner() != null) {
      table.row().cell(header.metric().label(), Tone.FAINT).cell(Numbers.metric(line.metric()));
      RunWords.RIVALS.forEach(rival -> addRival(table, line.marks(), rival));
    }
    table.row().cell("learner", Tone.FAINT).cell(header.query().learner());
    Model model = model();
    if (header.query().inference() && model != null && !knowsErrors(model.describe())) {
      table.row().cell("errors", Tone.FAINT).cell("standard errors are not known for this model");
    }
    table.row().cell("trained on", Tone.FAINT).cell(origin());
    table.row().cell("by", Tone.FAINT).cell("Kingpin " + header.kingpinVersion());
    return table.render(page);
  }

  private String rows() {
    String rows = Numbers.count(group.rows()) + " usable";
    if (group.validationRows() > 0) {
      rows += ", " + Numbers.count(group.validationRows()) + " of them for validation";
    }
    return group.skippedRows() > 0
        ? rows + ", " + Numbers.count(group.skippedRows()) + " more skipped"
        : rows;
  }

  private void addRival(TextTable table, Marks marks, Contender rival) {
    if (Double.isNaN(marks.of(rival))) {
      return;
    }
    String who =
        switch (rival) {
          case CONSTANT -> (isFamily() ? "the " : "the group's ") + RunWords.constant(header);
          case PARENT -> "its parent";
          default -> "the global model";
        };
    String score = " (" + Numbers.metric(marks.of(rival)) + ")";
    double gain = marks.gainOver(rival);
    String share = Numbers.percent(Math.abs(gain));
    String than =
        share.equals(Numbers.percent(0))
            ? "about the same as "
            : share + (gain >= 0 ? RunWords.less(header) : RunWords.more(header)) + " than ";
    table.row().cell("").cell((Double.isNaN(gain) ? "" : than) + who + score);
  }

  private boolean isFamily() {
    return group.key().values().size() < header.query().groupBy().size();
  }

  private String origin() {
    String rows = Numbers.count(header.sourceRows(), "row");
    String where = header.query().where() == null ? "" : " where " + header.query().where();
    return "%s%s (%s, data %s, seed %d)"
        .formatted(header.source(), where, rows, RunWords.hash(header), header.query().seed());
  }

  private String settings(Outcome.Trained trained, Page page, boolean all) {
    int[] order = bestFirst(trained);
    int shown = all ? order.length : Math.min(SETTINGS_SHOWN, order.length);
    TextTable table = new TextTable();
    Learner learner = Learners.of(header.query().learner());
    List<String> names = RunWords.names(header.configs());
    names.forEach(table::decimals);
    List<Metric> metrics = metrics(trained.scores());
    metrics.forEach(m -> table.decimals(m.label()));
    table.texts("");
    for (int i : IntStream.of(order).limit(shown).toArray()) {
      boolean winner = i == trained.winner();
      Tone tone = winner ? Tone.STRONG : Tone.PLAIN;
      table.row();
      Config config = header.configs().get(i);
      names.forEach(n -> table.cell(RunWords.value(learner, config, n), tone));
      for (int m = 0; m < metrics.size(); m++) {
        double score = trained.scores().of(i, m);
        boolean failed = m == 0 && Double.isNaN(score);
        table.cell(failed ? "failed" : Numbers.significant(score, 5), tone);
      }
      table.cell(winner ? "winner" : "", tone);
    }
    int left = order.length - shown;
    String more =
        left == 0 ? "" : "... and %s more; --configs shows all\n".formatted(Numbers.count(left));
    return table.render(page) + more;
  }

  /** What is kept of every config, the deciding metric first. */
  private List<Metric> metrics(Scores scores) {
    List<Metric> kept = Metric.kept(header.metric());
    return kept.subList(0, Math.min(kept.size(), scores.metrics()));
  }

  /** Positions of configs: the winner, then by metric, failed ones last. */
  private int[] bestFirst(Outcome.Trained trained) {
    List<Double> metrics = trained.metrics();
    return IntStream.range(0, metrics.size())
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> i != trained.winner())
                .thenComparing(metrics::get, header.metric()::compare))
        .mapToInt(i -> i)
        .toArray();
  }

  /** What a model says of itself, with the names of classes where it has their numbers. */
  private Map<String, Object> learned(Model model) {
    List<String> classes = header.target().classes();
    Map<String, Object> named = new LinkedHashMap<>();
    model
        .describe()
        .forEach(
            (name, part) -> {
              Matcher matcher = NUMBERED_CLASS.matcher(name);
              boolean known =
                  matcher.matches() && Integer.parseInt(matcher.group(1)) < classes.size();
              named.put(
                  known ? "class " + classes.get(Integer.parseInt(matcher.group(1))) : name, part);
            });
    return named;
  }

  private static boolean knowsErrors(Map<?, ?> parts) {
    return parts.containsKey("standard_error")
        || parts.values().stream().anyMatch(p -> p instanceof Map<?, ?> map && knowsErrors(map));
  }

  private @Nullable Model model() {
    Outcome outcome = group.outcome();
    if (outcome instanceof Outcome.Trained trained) {
      return trained.model();
    }
    return outcome instanceof Outcome.Constant constant ? constant.model() : null;
  }

  /** Reports on groups of one run as a tree for {@link Json}. */
  public static Map<String, @Nullable Object> tree(RunHeader header, List<GroupReport> groups) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("model", RunWords.tree(header));
    tree.put("groups", groups.stream().map(GroupReport::tree).toList());
    return tree;
  }

  /** The same as a tree for {@link Json}; always with all settings. */
  public Map<String, @Nullable Object> tree() {
    GroupLine line = GroupLine.of(header, group);
    Model model = model();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(line.tree(header));
    tree.put("configs", configs());
    tree.put("learned", model == null ? null : learned(model));
    return tree;
  }

  private Map<String, @Nullable Object> scores(Scores scores, int config) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    List<Metric> metrics = metrics(scores);
    for (int m = 0; m < metrics.size(); m++) {
      tree.put(metrics.get(m).label(), scores.of(config, m));
    }
    return tree;
  }

  private List<Map<String, @Nullable Object>> configs() {
    List<Map<String, @Nullable Object>> trees = new ArrayList<>();
    if (group.outcome() instanceof Outcome.Trained trained) {
      for (int i = 0; i < header.configs().size(); i++) {
        Config config = header.configs().get(i);
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("settings", Objects.requireNonNull(RunWords.tree(config)));
        tree.put("metric", trained.metrics().get(i));
        tree.put("metrics", scores(trained.scores(), i));
        tree.put("winner", i == trained.winner());
        trees.add(tree);
      }
    }
    return trees;
  }
}
