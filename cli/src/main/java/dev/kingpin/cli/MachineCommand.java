package dev.kingpin.cli;

import dev.kingpin.Kingpin;
import dev.kingpin.data.InputException;
import dev.kingpin.plan.Machine;
import dev.kingpin.plan.Rates;
import dev.kingpin.report.RatesReport;
import dev.kingpin.store.MachineFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kingpin machine}: how fast this machine is. */
@Command(
    name = "machine",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures how fast a core of this machine is, for the estimates of explain and simulate.",
      "Takes some seconds. Nothing else should run meanwhile."
    },
    customSynopsis = "kingpin machine [--out FILE]")
final class MachineCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "Where the rates go.",
        "Default: kingpin/machine.json in XDG_CACHE_HOME, else in ~/.cache."
      })
  private @Nullable Path out;

  @Mixin private OutputWords output = new OutputWords();

  MachineCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    boolean json = output.isJson();
    Path file = out == null ? MachineFiles.cached(terminal.environment()) : out;
    if (file == null) {
      throw new InputException(
          "There is no folder for caches: neither XDG_CACHE_HOME nor HOME is set. Maybe use --out"
              + " machine.json.");
    }
    Machine machine = Kingpin.measureMachine();
    MachineFile.write(file, machine);
    RatesReport report = new RatesReport(new Rates(machine, "this machine"));
    if (json) {
      Map<String, @Nullable Object> tree = report.tree();
      tree.put("out", file.toString());
      OutputWords.print(terminal, tree);
    } else {
      Rates usual = new Rates(Machine.USUAL, "usual");
      terminal.out().print(report.beside(usual, terminal.page()));
      terminal.out().println("\nWritten to " + file);
    }
    return ExitCode.DONE;
  }
}
