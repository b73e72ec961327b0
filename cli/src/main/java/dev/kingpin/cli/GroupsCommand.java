package dev.kingpin.cli;

import dev.kingpin.GroupedModel;
import dev.kingpin.data.RowWriter;
import dev.kingpin.duckdb.TableWriters;
import dev.kingpin.report.GroupsReport;
import dev.kingpin.report.GroupsTable;
import dev.kingpin.report.GroupsView;
import dev.kingpin.report.Numbers;
import dev.kingpin.report.Page;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kingpin groups}: what became of the groups of a run. */
@Command(
    name = "groups",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists groups: status, rows, winner, metric, reason. Alone: also the account.",
    customSynopsis = "kingpin groups MODELS.kp [--status S] [--sort S] [--limit N] [--out FILE]",
    footer = {
      "",
      "kingpin groups delay.kp --status fallback",
      "kingpin groups delay.kp --sort gain --out groups.csv"
    })
final class GroupsCommand implements Callable<Integer> {
  private static final int SHOWN = 25;

  private final Terminal terminal;

  @Parameters(paramLabel = "MODELS.kp", description = "What kingpin train wrote.")
  private Path models = Path.of("");

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "List these only: trained, constant, fallback or failed.")
  private @Nullable String status;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      description = "rows (most first), key, metric (best first) or gain. Default: rows.")
  private @Nullable String sort;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "List no more than these; 0 for all. Default: 25 as text, else all.")
  private @Nullable Integer limit;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the list to a .csv, .parquet or .json file instead.")
  private @Nullable Path out;

  @Mixin private OutputWords output = new OutputWords();

  GroupsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    boolean json = output.isJson();
    boolean all = json || out != null;
    int most = limit != null ? limit : all ? 0 : SHOWN;
    GroupsView view =
        new GroupsView(
            status, sort == null ? GroupsView.Sort.ROWS : GroupsView.Sort.of(sort), most);
    try (GroupedModel model = GroupedModel.open(models)) {
      GroupsReport report = GroupsReport.of(model.header(), model.groups(), view);
      if (out != null) {
        write(report, out, json);
      } else if (json) {
        OutputWords.print(terminal, report.tree());
      } else {
        boolean overview = status == null && sort == null && limit == null;
        Page page = terminal.page();
        terminal.out().print(overview ? report.text(page) : report.table(page));
        if (report.left() > 0 && limit == null) {
          terminal.out().println("(--limit 0 lists all)");
        }
      }
    }
    return ExitCode.DONE;
  }

  private void write(GroupsReport report, Path file, boolean json) {
    GroupsTable table = new GroupsTable(report);
    try (RowWriter writer = TableWriters.write(file, table.columns())) {
      table.write(writer);
    }
    int rows = report.lines().size();
    if (json) {
      OutputWords.print(terminal, Map.of("out", file.toString(), "rows", rows));
    } else {
      terminal.out().println("Wrote " + Numbers.count(rows, "group") + " to " + file + ".");
    }
  }
}
