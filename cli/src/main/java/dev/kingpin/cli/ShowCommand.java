package dev.kingpin.cli;

import dev.kingpin.GroupedModel;
import dev.kingpin.data.GroupKey;
import dev.kingpin.report.GroupReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kingpin show}: all about some groups. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows groups: the settings tried, the winner, what its model learned.",
    customSynopsis = "kingpin show MODELS.kp KEY... [--configs]",
    footer = {"", "kingpin show delay.kp SEA", "kingpin show sales.kp US,store-12 --format json"})
final class ShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MODELS.kp", description = "What kingpin train wrote.")
  private Path models = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "KEY",
      description = {
        "A group. Values of several columns are divided by commas;",
        "NULL for missing ones."
      })
  private List<String> keys = new ArrayList<>();

  @Option(names = "--configs", description = "Show all settings that were tried.")
  private boolean configs;

  @Mixin private OutputWords output = new OutputWords();

  ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    boolean json = output.isJson();
    try (GroupedModel model = GroupedModel.open(models)) {
      List<GroupReport> reports = keys.stream().map(key -> report(model, key)).toList();
      if (json) {
        Map<String, @Nullable Object> tree = GroupReport.tree(model.header(), reports);
        OutputWords.print(terminal, tree);
      } else {
        List<String> texts = reports.stream().map(r -> r.text(terminal.page(), configs)).toList();
        terminal.out().print(String.join("\n", texts));
      }
    }
    return ExitCode.DONE;
  }

  private static GroupReport report(GroupedModel model, String text) {
    GroupKey key = KeyText.parse(text, model.header().query().groupBy());
    return new GroupReport(model.header(), model.group(key.values().toArray(String[]::new)));
  }
}
