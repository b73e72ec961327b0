package dev.kingpin.report;

import dev.kingpin.engine.WorkerAccount;
import dev.kingpin.plan.Candidate;
import dev.kingpin.plan.Explanation;
import dev.kingpin.plan.Simulation;
import dev.kingpin.plan.ThreadsPlan;
import dev.kingpin.plan.Workload;
import dev.kingpin.plan.Workload.Sized;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run took as a whole, beside what it was to take. */
final class RunTable {
  private final PlanReport report;
  private final Measured measured;
  private final Explanation explanation;
  private final Workload workload;
  private final @Nullable Simulation played; // null on threads

  RunTable(PlanReport report, Measured measured) {
    this.report = report;
    this.measured = measured;
    explanation = report.explanation();
    workload = explanation.workload();
    played = explanation instanceof Explanation.OnCluster plan ? played(plan) : null;
  }

  private static @Nullable Simulation played(Explanation.OnCluster plan) {
    @Nullable Candidate chosen = plan.decision().chosen();
    return chosen == null ? null : chosen.simulation();
  }

  /** In one line. */
  String summary() {
    double estimated = seconds();
    double ratio = measured.seconds().training() / estimated;
    String than =
        ratio < 1
            ? PlanWords.times(1 / ratio) + " times as fast as estimated"
            : PlanWords.times(ratio) + " times as long as estimated";
    int groups = workload.groups().size();
    long models = workload.groups().stream().filter(measured::isTuned).count();
    String tuned =
        models == groups
            ? ""
            : "; %s of %s tuned".formatted(Numbers.count(models), Numbers.count(groups, "group"));
    String before =
        measured.resumed() == 0
            ? ""
            : "; " + Numbers.count(measured.resumed(), "more group") + " done by an earlier run";
    return "%s, %s; %s busy for %s of that%s%s"
        .formatted(
            PlanWords.seconds(measured.seconds().training()),
            than,
            Numbers.count(measured.account().workers().size(), noun()),
            Numbers.percent(measured.utilisation()),
            tuned,
            before);
  }

  private String noun() {
    return explanation instanceof Explanation.OnThreads ? "thread" : "worker";
  }

  String text(Page page) {
    TextTable table = new TextTable().texts("run").numbers("estimated").numbers("measured");
    table.numbers("ratio");
    List<Figure> figures = new ArrayList<>(before());
    figures.add(training());
    if (workload.levels().size() > 1) {
      figures.addAll(levels());
    }
    figures.addAll(after());
    for (Figure figure : figures) {
      table.row().cell(figure.label()).cell(figure.estimate()).cell(figure.measurement());
      table.cell(figure.ratio());
    }
    return table.render(page) + "\n" + new RunWorkers(measured, played).text(page);
  }

  private List<Figure> before() {
    return List.of(
        Figure.seconds("reading", "read_seconds", Double.NaN, measured.seconds().reading()),
        Figure.seconds("planning", "plan_seconds", Double.NaN, measured.seconds().planning()));
  }

  private Figure training() {
    return Figure.seconds("training", "seconds", seconds(), measured.seconds().training());
  }

  private double seconds() {
    if (explanation instanceof Explanation.OnThreads threads) {
      return threads.plan().seconds();
    }
    return played == null ? Double.NaN : played.seconds();
  }

  private List<Figure> levels() {
    List<Double> estimated = explanation.levelSeconds();
    List<Double> took = measured.account().levelSeconds();
    List<Figure> levels = new ArrayList<>();
    for (int l = 0; l < took.size(); l++) {
      int size = workload.levels().get(l).size();
      String label = PlanWords.level(report.header(), l, took.size(), size);
      levels.add(Figure.seconds("  " + label, "seconds", estimated.get(l), took.get(l)));
    }
    return levels;
  }

  private List<Figure> after() {
    List<Figure> figures = new ArrayList<>();
    double work = measured.sum(WorkerAccount::busySeconds);
    figures.add(Figure.seconds("work", "work_seconds", work(), work));
    figures.add(
        new Figure("busy", "utilisation", Figure.Unit.SHARE, share(), measured.utilisation()));
    double compiling = measured.seconds().compiling();
    figures.add(Figure.seconds("compiling by the JVM", "compile_seconds", Double.NaN, compiling));
    List<Sized> groups = workload.groups();
    List<Sized> trained = groups.stream().filter(measured::isTuned).toList();
    figures.add(Figure.count("groups tuned", "groups", groups.size(), trained.size()));
    figures.add(models());
    long rows = trained.stream().mapToLong(Sized::rows).sum();
    figures.add(Figure.count("rows of these", "rows", workload.rows(), rows));
    if (played != null) {
      addMessages(figures, played);
    }
    return figures;
  }

  /** Of all threads or workers. */
  private double work() {
    if (explanation instanceof Explanation.OnThreads threads) {
      return threads.plan().alone();
    }
    return played == null ? Double.NaN : Arrays.stream(played.busySeconds()).sum();
  }

  private double share() {
    if (explanation instanceof Explanation.OnThreads threads) {
      ThreadsPlan plan = threads.plan();
      return plan.alone() / (plan.threads() * plan.seconds());
    }
    return played == null ? Double.NaN : played.utilisation();
  }

  private Figure models() {
    long all = 0;
    long trained = 0;
    for (List<Sized> level : workload.levels()) {
      all += level.size();
      trained += level.stream().filter(measured::isTuned).count();
    }
    int each = workload.models();
    return Figure.count("models", "models", (double) all * each, (double) trained * each);
  }

  private void addMessages(List<Figure> figures, Simulation simulation) {
    long fullest =
        measured.account().workers().stream().mapToLong(WorkerAccount::mostBytes).max().orElse(0);
    long loaded = measured.account().loadBytes();
    figures.add(Figure.bytes("rows loaded", "load_bytes", simulation.loadBytes(), loaded));
    figures.add(
        Figure.bytes("sent", "bytes", simulation.bytes(), measured.sum(WorkerAccount::bytes)));
    double messages = measured.sum(WorkerAccount::messages);
    figures.add(Figure.count("messages", "messages", simulation.messages(), messages));
    double syncs = measured.sum(WorkerAccount::syncs);
    figures.add(Figure.count("syncs", "syncs", simulation.syncs(), syncs));
    figures.add(Figure.bytes("fullest worker", "peak_bytes", simulation.peakByte(), fullest));
  }

  /** For {@link Json}. */
  Map<String, @Nullable Object> tree() {
    List<Figure> figures = new ArrayList<>(before());
    figures.add(training());
    figures.addAll(after());
    Map<String, @Nullable Object> tree = Figure.tree(figures);
    tree.put("levels", levels().stream().map(f -> Figure.tree(List.of(f))).toList());
    tree.put(noun() + "s", new RunWorkers(measured, played).tree());
    tree.put("groups_from_an_earlier_run", measured.resumed());
    return tree;
  }
}
