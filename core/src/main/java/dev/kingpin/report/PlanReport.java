package dev.kingpin.report;

import dev.kingpin.plan.Candidate;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Explanation;
import dev.kingpin.plan.Simulation;
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.ThreadsPlan;
import dev.kingpin.plan.Workload;
import dev.kingpin.plan.Workload.Sized;
import dev.kingpin.store.RunHeader;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What would be done, at what cost, and instead of what; after a run, what it has taken.
 *
 * @param header of the run that is planned
 * @param measured null if nothing was run
 */
public record PlanReport(RunHeader header, Explanation explanation, @Nullable Measured measured) {
  private static final int INDENT = 12;

  /** A plan that is not run. */
  public PlanReport(RunHeader header, Explanation explanation) {
    this(header, explanation, null);
  }

  /** Whether there is a plan: with too little memory there may be none. */
  public boolean hasPlan() {
    return !(explanation instanceof Explanation.OnCluster plan) || plan.decision().chosen() != null;
  }

  /** The plan, what was rejected, and on what that rests. */
  public String text(Page page) {
    StringBuilder text = new StringBuilder(head(page));
    if (hasPlan()) {
      text.append('\n').append(new PlanTable(this).text(page));
    }
    if (measured != null) {
      text.append('\n').append(new RunTable(this, measured).text(page));
    }
    text.append('\n').append(rejected(page));
    return text.append('\n').append(new RatesReport(explanation.rates()).text(page)).toString();
  }

  /** All strategies side by side. */
  public String comparison(Page page) {
    if (!(explanation instanceof Explanation.OnCluster plan)) {
      return text(page);
    }
    return head(page)
        + "\n"
        + new CandidateTable(header, plan).comparison(page)
        + "\n"
        + new RatesReport(explanation.rates()).text(page);
  }

  private String head(Page page) {
    Workload workload = explanation.workload();
    int groups = workload.groups().size();
    String title = page.paint().apply(Tone.STRONG, TextWidth.clean(RunWords.title(header)));
    StringBuilder text = new StringBuilder();
    text.append(title).append(": %s\n".formatted(RunWords.models(header, groups)));
    entry(text, page, "settings", RunWords.search(header));
    entry(text, page, "rows", rows());
    entry(text, page, "on", place());
    entry(text, page, "plan", summary());
    if (measured != null) {
      entry(text, page, "run", new RunTable(this, measured).summary());
    }
    return text.toString();
  }

  /** A label and words, in as many lines as it takes. */
  private static void entry(StringBuilder text, Page page, String label, String words) {
    text.append("  ").append(page.paint().apply(Tone.FAINT, "%-8s".formatted(label))).append("  ");
    int column = INDENT;
    for (String word : TextWidth.clean(words).split(" ", -1)) {
      int width = TextWidth.of(word);
      if (column > INDENT && column + 1 + width > page.width()) {
        text.append('\n').append(" ".repeat(INDENT));
        column = INDENT;
      }
      text.append(column > INDENT ? " " : "").append(word);
      column += width + (column > INDENT ? 1 : 0);
    }
    text.append('\n');
  }

  private String rows() {
    Workload workload = explanation.workload();
    Sized largest =
        workload.groups().stream().max(Comparator.comparingLong(Sized::rows)).orElseThrow();
    String small =
        workload.small() == 0
            ? ""
            : "; "
                + Numbers.count(workload.small(), "more group")
                + (workload.small() == 1 ? " has" : " have")
                + " fewer than "
                + header.query().minRows()
                + ", too few for a model";
    return "%s of %s each; the largest group (%s) has %s of them%s"
        .formatted(
            Numbers.count(workload.rows()),
            PlanWords.bytes(workload.rowBytes()),
            PlanWords.name(header, largest.key()),
            Numbers.percent((double) largest.rows() / workload.rows()),
            small);
  }

  private String place() {
    if (explanation instanceof Explanation.OnThreads threads) {
      int count = threads.plan().threads();
      String shared = count == 1 ? "" : " that share its memory";
      return "this machine, " + Numbers.count(count, "thread") + shared;
    }
    Cluster cluster = ((Explanation.OnCluster) explanation).cluster();
    @Nullable Cluster planned = measured == null ? null : measured.planned();
    return planned == null
        ? PlanWords.cluster(cluster)
        : "this machine, after a plan for "
            + PlanWords.cluster(planned)
            + ", "
            + PlanWords.oneMachine(cluster);
  }

  private String summary() {
    if (explanation instanceof Explanation.OnThreads threads) {
      ThreadsPlan plan = threads.plan();
      return "costliest groups first: about %s once the rows are read, %s"
          .formatted(
              PlanWords.seconds(plan.seconds()),
              speedUp(plan.alone() / plan.seconds(), "one thread"));
    }
    Explanation.OnCluster plan = (Explanation.OnCluster) explanation;
    @Nullable Candidate chosen = plan.decision().chosen();
    @Nullable Simulation simulation = chosen == null ? null : chosen.simulation();
    if (chosen == null || simulation == null) {
      return "none: no strategy is possible. Maybe give workers more memory, or use more workers.";
    }
    String asked = plan.asked().equals(Strategies.AUTO) ? ", chosen by cost" : ", as asked";
    String problem = chosen.problem() == null ? "" : "; but " + chosen.problem();
    return "%s%s: %s, %s; workers are busy for %s of that, the fullest holds %s%s"
        .formatted(
            chosen.strategy(),
            asked,
            PlanWords.seconds(chosen.seconds()),
            speedUp(plan.alone() / chosen.seconds(), "one worker"),
            Numbers.percent(simulation.utilisation()),
            PlanWords.bytes(simulation.peakByte()),
            problem);
  }

  private static String speedUp(double times, String than) {
    return times < 1
        ? PlanWords.times(1 / times) + " times as long as on " + than
        : PlanWords.times(times) + " times as fast as on " + than;
  }

  private String rejected(Page page) {
    if (explanation instanceof Explanation.OnCluster plan) {
      return new CandidateTable(header, plan).rejected(page);
    }
    ThreadsPlan plan = ((Explanation.OnThreads) explanation).plan();
    TextTable table = new TextTable().texts("instead").numbers("time").texts("");
    table.row().cell("one thread").cell(PlanWords.seconds(plan.alone())).cell("");
    table
        .row()
        .cell("no help with large groups")
        .cell(PlanWords.seconds(plan.apart()))
        .cell("a thread for each group, however large");
    return table.render(page);
  }

  /** The plan as a tree for {@link Json}. */
  public Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = headTree();
    tree.put("plan", hasPlan() ? new PlanTable(this).tree() : List.of());
    if (measured != null) {
      tree.put("run", new RunTable(this, measured).tree());
    }
    tree.put("rates", new RatesReport(explanation.rates()).tree());
    return tree;
  }

  private Map<String, @Nullable Object> headTree() {
    Workload workload = explanation.workload();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("model", RunWords.tree(header));
    tree.put("groups", workload.groups().size());
    tree.put("groups_without_model", workload.small());
    tree.put("rows", workload.rows());
    tree.put("row_bytes", workload.rowBytes());
    tree.put("models_a_group", workload.models());
    if (explanation instanceof Explanation.OnThreads threads) {
      tree.put("threads", threads.plan().threads());
      tree.put("seconds", threads.plan().seconds());
      tree.put("seconds_on_one_thread", threads.plan().alone());
      tree.put("seconds_without_help", threads.plan().apart());
    } else if (explanation instanceof Explanation.OnCluster plan) {
      @Nullable Candidate chosen = plan.decision().chosen();
      if (measured != null && measured.planned() != null) {
        tree.put("planned_for", PlanWords.tree(measured.planned()));
      }
      tree.put("cluster", PlanWords.tree(plan.cluster()));
      tree.put("asked", plan.asked());
      tree.put("strategy", chosen == null ? null : chosen.strategy());
      tree.put("seconds", chosen == null ? null : chosen.seconds());
      tree.put("seconds_on_one_worker", plan.alone());
      tree.put("candidates", new CandidateTable(header, plan).tree());
    }
    return tree;
  }
}
