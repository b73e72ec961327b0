package dev.kingpin.cli;

import dev.kingpin.Kingpin;
import dev.kingpin.MadeUpGroups;
import dev.kingpin.PlanOptions;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.Task;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.report.PlanReport;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kingpin simulate}: all strategies on a cluster that need not be here. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    sortSynopsis = false,
    description = {
      "Plays a training on a cluster that need not be here, with each strategy; trains nothing.",
      "The groups are those of a table, or made up."
    },
    customSynopsis = {
      "kingpin simulate TABLE --predict COLUMN --group-by A,B --workers N [more words of explain]",
      "       kingpin simulate --groups N --rows N --workers N [more words]"
    },
    footer = {
      "",
      "kingpin simulate --groups 100000 --rows 1e9 --features 32 --workers 256 --network 10Gbit",
      "kingpin simulate --groups 280 --rows 1e8 --task classification --cluster cluster.json"
    })
final class SimulateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "TABLE",
      description = "As for kingpin train. Without one, groups are made up.")
  private @Nullable String table;

  @Mixin private WorkloadWords workload = new WorkloadWords();

  @Mixin private ClusterWords cluster = new ClusterWords();

  @Mixin private TargetWords target = new TargetWords();

  @Mixin private SearchWords search = new SearchWords();

  @Mixin private AnswerWords answers = new AnswerWords();

  @Mixin private MachineWords machine = new MachineWords();

  @Mixin private OutputWords output = new OutputWords();

  SimulateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    boolean json = output.isJson();
    PlanOptions options = cluster.options(terminal.environment(), machine.threads());
    if (!cluster.isCluster()) {
      throw new InputException(
          "simulate needs --workers N or --cluster FILE. Maybe see: kingpin simulate --help");
    }
    PlanReport report = table == null ? madeUp(options) : ofTable(table, options);
    if (json) {
      OutputWords.print(terminal, report.tree());
    } else {
      terminal.out().print(report.comparison(terminal.page()));
    }
    return report.hasPlan() ? ExitCode.DONE : ExitCode.BAD_INPUT;
  }

  private PlanReport ofTable(String name, PlanOptions options) {
    List<String> missing = target.missing();
    if (!missing.isEmpty()) {
      throw new InputException(
          "simulate needs "
              + String.join(" and ", missing)
              + " with a table. Maybe see: kingpin simulate --help");
    }
    if (workload.given() != null) {
      throw new InputException(
          workload.given() + " makes up groups, but (" + name + ") has some. Maybe leave it out.");
    }
    QueryBuilder query = target.query();
    search.addTo(query);
    answers.addTo(query);
    return ExplainCommand.report(terminal, query.build(), name, machine, options);
  }

  private PlanReport madeUp(PlanOptions options) {
    String given = target.given();
    if (given != null) {
      throw new InputException(
          given + " is about a table, but none is named. Maybe add TABLE, or leave it out.");
    }
    Task task = target.task() == null ? Task.REGRESSION : target.task();
    MadeUpGroups groups = workload.madeUp(task);
    QueryBuilder query = groups.query().minRows(target.minRows());
    search.addTo(query);
    answers.addTo(query);
    return Kingpin.explain(query.build(), groups, options);
  }
}
