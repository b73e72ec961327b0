package dev.kingpin.cli;

import dev.kingpin.Analysis;
import dev.kingpin.Kingpin;
import dev.kingpin.PlanOptions;
import dev.kingpin.data.InputException;
import dev.kingpin.data.TableSources;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.Walls;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.report.PlanReport;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kingpin explain}: how a training would go, and why so. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    sortSynopsis = false,
    description = {
      "Shows how a training would go, what it would cost, and what was rejected.",
      "Trains nothing, unless with --analyze, and writes nothing.",
      "Without --workers: how kingpin train would go on this machine."
    },
    customSynopsis =
        "kingpin explain TABLE --predict COLUMN --group-by A,B [--workers N] [more words of train]",
    footer = {
      "",
      "kingpin explain sales.csv --predict amount --group-by store",
      "kingpin explain sales.csv --predict amount --group-by store --workers 8 --worker-memory 4GB",
      "kingpin explain sales.csv --predict amount --group-by store --analyze"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "TABLE",
      description = "A .csv, .parquet or .json file, a glob of such, or a SELECT query.")
  private @Nullable String table;

  @Option(
      names = "--analyze",
      description = {
        "Train, drop the models, and show what it took beside the estimates.",
        "To keep the models: kingpin train --analyze."
      })
  private boolean analyze;

  @Mixin private TargetWords target = new TargetWords();

  @Mixin private SearchWords search = new SearchWords();

  @Mixin private AnswerWords answers = new AnswerWords();

  @Mixin private ClusterWords cluster = new ClusterWords();

  @Mixin private MachineWords machine = new MachineWords();

  @Mixin private OutputWords output = new OutputWords();

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    boolean json = output.isJson();
    int threads = machine.threads();
    Optional<Walls> walls =
        analyze ? cluster.walls(terminal.environment(), threads, true) : Optional.empty();
    PlanOptions options = cluster.options(terminal.environment(), threads);
    QueryBuilder query = target.query();
    search.addTo(query);
    answers.addTo(query);
    List<String> missing = target.missing();
    if (table == null) {
      missing.add(0, "TABLE");
    }
    if (table == null || !missing.isEmpty()) {
      throw new InputException(
          "explain needs " + String.join(", ", missing) + ". Maybe see: kingpin explain --help");
    }
    PlanReport report =
        analyze
            ? analyzed(query.build(), table, walls)
            : report(terminal, query.build(), table, machine, options);
    if (json) {
      OutputWords.print(terminal, report.tree());
    } else {
      terminal.out().print(report.text(terminal.page()));
    }
    return report.hasPlan() ? ExitCode.DONE : ExitCode.BAD_INPUT;
  }

  /** Trains, and drops the models. */
  private PlanReport analyzed(TrainQuery query, String name, Optional<Walls> walls) {
    RunOptions usual = RunOptions.defaults();
    RunOptions threads = new RunOptions(machine.threads(), false, false, usual.snapshotSeconds());
    RunOptions options = walls.map(threads::on).orElse(threads);
    try (ProgressBar bar = ProgressBar.start(terminal, machine.quiet());
        Analysis analysis =
            Kingpin.analyze(
                query,
                TableSources.open(name, machine.options()),
                options,
                cluster.rates(terminal.environment()),
                bar)) {
      return Objects.requireNonNull(analysis.report());
    }
  }

  /** Reads a table and plans. */
  static PlanReport report(
      Terminal terminal,
      TrainQuery query,
      String table,
      MachineWords machine,
      PlanOptions options) {
    try (ProgressBar bar = ProgressBar.start(terminal, machine.quiet())) {
      return Kingpin.explain(query, TableSources.open(table, machine.options()), options, bar);
    }
  }
}
