package dev.kingpin.cli;

import dev.kingpin.GroupedModel;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.report.GroupReport;
import dev.kingpin.store.TrainedGroup;
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
    customSynopsis = "kingpin show MODELS.kp KEY... [--family VALUES] [--global] [--configs]",
    footer = {
      "",
      "kingpin show delay.kp SEA",
      "kingpin show sales.kp US,store-12 --format json",
      "kingpin show sales.kp --family US --global"
    })
final class ShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MODELS.kp", description = "What kingpin train wrote.")
  private Path models = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY",
      description = {
        "A group. Values of several columns are divided by commas;",
        "NULL for missing ones."
      })
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--family",
      paramLabel = "VALUES",
      description = {
        "The model of all groups whose keys begin so, which answers where they",
        "have none of their own. Repeat for more families."
      })
  private List<String> families = new ArrayList<>();

  @Option(names = "--global", description = "The model of all rows.")
  private boolean global;

  @Option(names = "--configs", description = "Show all settings that were tried.")
  private boolean configs;

  @Mixin private OutputWords output = new OutputWords();

  ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    boolean json = output.isJson();
    if (keys.isEmpty() && families.isEmpty() && !global) {
      throw new InputException("show needs KEY. Maybe see: kingpin show --help");
    }
    try (GroupedModel model = GroupedModel.open(models)) {
      List<GroupReport> reports = reports(model);
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

  private List<GroupReport> reports(GroupedModel model) {
    List<String> groupBy = model.header().query().groupBy();
    List<TrainedGroup> shown = new ArrayList<>();
    keys.forEach(key -> shown.add(model.group(values(KeyText.parse(key, groupBy)))));
    families.forEach(f -> shown.add(model.family(values(KeyText.parseFamily(f, groupBy)))));
    if (global) {
      shown.add(model.family());
    }
    return shown.stream().map(group -> new GroupReport(model.header(), group)).toList();
  }

  private static @Nullable String[] values(GroupKey key) {
    return key.values().toArray(new @Nullable String[0]);
  }
}
