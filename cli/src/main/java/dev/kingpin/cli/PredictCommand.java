package dev.kingpin.cli;

import dev.kingpin.GroupedModel;
import dev.kingpin.PredictionSummary;
import dev.kingpin.data.InputException;
import dev.kingpin.data.TableSource;
import dev.kingpin.data.TableSources;
import dev.kingpin.report.Numbers;
import dev.kingpin.report.Page;
import dev.kingpin.report.TextTable;
import dev.kingpin.report.Tone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kingpin predict}: answers the rows of a table, each by the model of its group. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    sortSynopsis = false,
    description = "Predicts the rows of a table, each by the model of its group.",
    customSynopsis = "kingpin predict MODELS.kp TABLE --out FILE",
    footer = {
      "",
      "Writes all columns and, on the right: predicted_<target> (for classes also"
          + " probabilities),",
      "model_group (whose model answered), model_level (group, parent, global or none).",
      "",
      "kingpin predict delay.kp new.csv --out scored.parquet"
    })
final class PredictCommand implements Callable<Integer> {
  private static final double MUCH_UNSEEN = 0.05;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MODELS.kp", description = "What kingpin train wrote.")
  private Path models = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "TABLE",
      description = "A .csv, .parquet or .json file, a glob of such, or a SELECT query.")
  private String table = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the rows go: a .csv, .parquet or .json file.")
  private @Nullable Path out;

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description = "Only rows that meet a condition in SQL; others are left out.")
  private @Nullable String where;

  @Mixin private MachineWords machine = new MachineWords();
  @Mixin private OutputWords output = new OutputWords();

  PredictCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    boolean json = output.isJson();
    if (out == null) {
      throw new InputException("predict needs --out FILE. Maybe see: kingpin predict --help");
    }
    Run run = predict(out);
    conclude(run.summary(), out, json, run.seconds());
    return ExitCode.DONE;
  }

  private record Run(PredictionSummary summary, double seconds) {}

  private Run predict(Path file) {
    try (ProgressBar bar = ProgressBar.start(terminal, machine.quiet());
        GroupedModel model = GroupedModel.open(models)) {
      TableSource rows = TableSources.open(table, machine.options());
      return new Run(model.predict(rows, file, where, bar), bar.seconds());
    }
  }

  private void conclude(PredictionSummary summary, Path file, boolean json, double seconds) {
    List<String> warnings = warnings(summary);
    if (json) {
      OutputWords.print(terminal, tree(summary, file, seconds, warnings));
    } else if (!machine.quiet()) {
      terminal.out().print(text(summary, file, seconds, terminal.page()));
    }
    if (!machine.quiet()) {
      warnings.forEach(w -> terminal.err().println(Main.NAME + ": warning: " + w));
    }
  }

  static List<String> warnings(PredictionSummary summary) {
    List<String> warnings = new ArrayList<>();
    if (summary.unseen() > MUCH_UNSEEN * summary.rows()) {
      warnings.add(
          "%s of the rows belong to groups that were not in the training table."
                  .formatted(Numbers.percent((double) summary.unseen() / summary.rows()))
              + " Maybe the keys are written differently, such as 7 and 007?");
    }
    return warnings;
  }

  static String text(PredictionSummary summary, Path file, double seconds, Page page) {
    TextTable table = new TextTable().texts("").numbers("").texts("");
    line(table, "group", summary.byGroup(), "answered by the model of their group");
    if (summary.byParent() > 0) {
      line(table, "parent", summary.byParent(), "answered by the model of a parent");
    }
    if (summary.byGlobal() > 0) {
      line(table, "global", summary.byGlobal(), "answered by the model of all rows");
    }
    if (summary.unanswered() > 0) {
      line(table, "none", summary.unanswered(), "not answered: there is no model");
    }
    if (summary.unseen() > 0) {
      line(table, "unseen", summary.unseen(), "of groups that were not in the training table");
    }
    if (summary.metric().isPresent()) {
      table
          .row()
          .cell(summary.metricName(), Tone.FAINT)
          .cell(Numbers.metric(summary.metric().getAsDouble()))
          .cell("over the answered rows that have a target");
    }
    return "Predicted %s in %s, written to %s\n"
            .formatted(Numbers.count(summary.rows(), "row"), Numbers.duration(seconds), file)
        + table.render(page);
  }

  private static void line(TextTable table, String label, long rows, String words) {
    table.row().cell(label, Tone.FAINT).cell(Numbers.count(rows)).cell(words);
  }

  static Map<String, @Nullable Object> tree(
      PredictionSummary summary, Path file, double seconds, List<String> warnings) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("out", file.toString());
    tree.put("rows", summary.rows());
    tree.put("answered", summary.answered());
    tree.put("answered_by_group", summary.byGroup());
    tree.put("answered_by_parent", summary.byParent());
    tree.put("answered_by_global", summary.byGlobal());
    tree.put("unanswered_rows", summary.unanswered());
    tree.put("unseen_rows", summary.unseen());
    tree.put("metric_name", summary.metricName());
    tree.put("metric", summary.metric().isPresent() ? summary.metric().getAsDouble() : null);
    tree.put("seconds", seconds);
    tree.put("warnings", warnings);
    return tree;
  }
}
