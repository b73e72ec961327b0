package dev.kingpin.cli;

import dev.kingpin.Kingpin;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The words before any command. */
@Command(
    name = Main.NAME,
    mixinStandardHelpOptions = true,
    description = "A GROUP BY for machine learning: from one table, one tuned model per group.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    versionProvider = RootCommand.Version.class,
    footer = {
      "",
      "A first look:      kingpin demo",
      "A model per store: kingpin train sales.csv --predict amount --group-by store --out sales.kp",
      "More on a command: kingpin help train"
    })
final class RootCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  RootCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(terminal.out());
    return ExitCode.DONE;
  }

  /** Asks the library only if somebody wants to know. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String java = System.getProperty("java.version");
      return new String[] {Main.NAME + " " + Kingpin.version() + " (Java " + java + ")"};
    }
  }
}
