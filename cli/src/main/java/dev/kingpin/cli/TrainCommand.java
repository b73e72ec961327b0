package dev.kingpin.cli;

import dev.kingpin.Analysis;
import dev.kingpin.GroupedModel;
import dev.kingpin.Kingpin;
import dev.kingpin.data.InputException;
import dev.kingpin.data.TableSource;
import dev.kingpin.data.TableSources;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.plan.Rates;
import dev.kingpin.query.Fallback;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.report.GroupsReport;
import dev.kingpin.report.GroupsSummary;
import dev.kingpin.report.GroupsView;
import dev.kingpin.report.Numbers;
import dev.kingpin.report.PlanReport;
import dev.kingpin.report.WorkersReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kingpin train}: a tuned model for each group, in one file. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    sortSynopsis = false,
    description = "Trains a model for each group of a table and writes them to one file.",
    customSynopsis =
        "kingpin train TABLE --predict COLUMN --group-by A,B --out MODELS.kp [more words]",
    footer = {
      "",
      "kingpin train sales.csv --predict amount --group-by store --out sales.kp",
      "kingpin train flights.parquet --predict 'delay > 15 AS late' --group-by origin \\",
      "        --from 'distance, hour(date) AS hour' --grid l2=0,0.01,1 --out late.kp"
    })
final class TrainCommand implements Callable<Integer> {
  private static final double SNAPSHOT_SECONDS = 5;

  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "TABLE",
      description = "A .csv, .parquet or .json file, a glob of such, or a SELECT query.")
  private @Nullable String table;

  @Option(
      names = "--analyze",
      description = "Show what the run took beside what kingpin explain tells of it.")
  private boolean analyze;

  @Mixin private TargetWords target = new TargetWords();

  @Mixin private SearchWords search = new SearchWords();

  @Mixin private AnswerWords answers = new AnswerWords();

  @Mixin private PlaceWords place = new PlaceWords();

  @Mixin private MachineWords machine = new MachineWords();

  @Mixin private ClusterWords cluster = new ClusterWords();

  @Mixin private OutputWords output = new OutputWords();

  TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path out = out();
    boolean json = output.isJson();
    if (analyze && machine.quiet() && !json) {
      throw new InputException(
          "--analyze tells what --quiet keeps for itself. Maybe leave one of them out.");
    }
    Allowance allowance = place.allowance();
    QueryBuilder query = target.query();
    search.addTo(query);
    answers.addTo(query);
    Run run = train(query.build(), out);
    try (GroupedModel model = run.model()) {
      return conclude(run, model, out, json, allowance);
    }
  }

  /** What a training gave, and what is worth telling about it. */
  private record Run(
      GroupedModel model,
      double seconds,
      List<String> notes,
      @Nullable WorkersReport workers,
      @Nullable PlanReport report) {}

  private Run train(TrainQuery query, Path out) {
    RunOptions threads =
        new RunOptions(machine.threads(), place.resume(), place.overwrite(), SNAPSHOT_SECONDS);
    RunOptions options =
        cluster
            .walls(terminal.environment(), machine.threads(), analyze)
            .map(threads::on)
            .orElse(threads);
    List<String> words = spec.commandLine().getParseResult().originalArgs();
    try (ProgressBar bar = ProgressBar.start(terminal, machine.quiet());
        StopNotice notice = new StopNotice(terminal, bar, words)) {
      notice.register();
      TableSource source = TableSources.open(Objects.requireNonNull(table), machine.options());
      Analysis analysis =
          analyze
              ? analyzed(query, source, out, options, bar)
              : new Analysis(Kingpin.train(query, source, out, options, bar), null);
      return new Run(
          analysis.model(), bar.seconds(), bar.notes(), bar.workers(), analysis.report());
    }
  }

  private Analysis analyzed(
      TrainQuery query, TableSource source, Path out, RunOptions options, ProgressBar bar) {
    Rates rates = cluster.rates(terminal.environment());
    return Kingpin.analyze(query, source, out, options, rates, bar);
  }

  /** The place, if nothing that is needed is missing. */
  private Path out() {
    List<String> missing = target.missing();
    if (table == null) {
      missing.add(0, "TABLE");
    }
    Path out = place.out();
    if (out != null && missing.isEmpty()) {
      return out;
    }
    if (out == null) {
      missing.add("--out MODELS.kp");
    }
    String last = missing.remove(missing.size() - 1);
    String list = missing.isEmpty() ? last : String.join(", ", missing) + " and " + last;
    throw new InputException("train needs " + list + ". Maybe see: kingpin train --help");
  }

  private int conclude(
      Run run, GroupedModel model, Path out, boolean json, @Nullable Allowance allowance) {
    GroupsReport report = GroupsReport.of(model.header(), model.groups(), GroupsView.ALL);
    GroupsSummary summary = report.summary();
    boolean strict = model.header().query().fallback() == Fallback.FAIL;
    Allowance limit = allowance == null && strict ? Allowance.NOBODY : allowance;
    boolean lost = limit != null && limit.isExceeded(summary.failed(), summary.groups());
    if (json) {
      Map<String, @Nullable Object> tree = report.accountTree();
      tree.put("out", out.toString());
      tree.put("seconds", run.seconds());
      tree.put("lost_too_many", lost);
      tree.put("notes", run.notes());
      if (run.workers() != null) {
        tree.put("workers", run.workers().tree());
      }
      if (analyze) {
        tree.put("explanation", run.report() == null ? null : run.report().tree());
      }
      OutputWords.print(terminal, tree);
    } else if (!machine.quiet()) {
      terminal.out().print(report.account(terminal.page()));
      if (run.report() != null) {
        terminal.out().print("\n" + run.report().text(terminal.page()));
      } else if (run.workers() != null) {
        terminal.out().print("\n" + run.workers().text(terminal.page()));
      }
      terminal.out().println("\n" + written(out, run.seconds()));
    }
    if (lost) {
      complain(summary, out, Objects.requireNonNull(limit));
    }
    return lost ? ExitCode.LOST_GROUPS : ExitCode.DONE;
  }

  private static String written(Path out, double seconds) {
    List<String> parts = new ArrayList<>(List.of("Written to " + out));
    try {
      parts.add("(" + Numbers.bytes(Files.size(out)) + ")");
    } catch (IOException e) {
      parts.add("(size unknown)");
    }
    parts.add("in " + Numbers.duration(seconds) + ".");
    return String.join(" ", parts)
        + " A row a group: kingpin groups "
        + StopNotice.quoted(out.toString());
  }

  private void complain(GroupsSummary summary, Path out, Allowance limit) {
    terminal
        .err()
        .printf(
            "%s: %s of %s failed, more than allowed (%s). The others are in %s.%n",
            Main.NAME,
            Numbers.count(summary.failed()),
            Numbers.count(summary.groups(), "group"),
            limit.equals(Allowance.NOBODY) ? "--fallback fail" : "--max-failed " + limit.word(),
            out);
  }
}
