package dev.kingpin.cli;

import dev.kingpin.report.Paint;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The kingpin command. */
public final class Main {
  static final String NAME = "kingpin";
  private static final int HELP_WIDTH = 100;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] words) {
    System.exit(run(Terminal.ofProcess(), words));
  }

  /** Runs a command. */
  static int run(Terminal terminal, String... words) {
    Problems problems = new Problems(terminal, words);
    try {
      return commands(terminal)
          .setParameterExceptionHandler(problems)
          .setExecutionExceptionHandler(problems)
          .execute(words);
    } catch (RuntimeException | Error e) {
      return problems.handle(e);
    }
  }

  private static CommandLine commands(Terminal terminal) {
    CommandLine main =
        new CommandLine(new RootCommand(terminal))
            .addSubcommand(new TrainCommand(terminal))
            .addSubcommand(new GroupsCommand(terminal))
            .addSubcommand(new ShowCommand(terminal))
            .addSubcommand(new PredictCommand(terminal))
            .addSubcommand(new ExplainCommand(terminal))
            .addSubcommand(new SimulateCommand(terminal))
            .addSubcommand(new MachineCommand(terminal))
            .addSubcommand(new DemoCommand(terminal))
            .addSubcommand(new CommandLine.HelpCommand());
    main.getSubcommands().values().forEach(Main::loosen);
    loosen(main);
    boolean plain = terminal.paint() == Paint.NONE;
    return main.setOut(writer(terminal.out()))
        .setErr(writer(terminal.err()))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                plain ? CommandLine.Help.Ansi.OFF : CommandLine.Help.Ansi.ON))
        .setHelpFactory(HelpText::new)
        .setUsageHelpWidth(HELP_WIDTH);
  }

  /** An empty line before each part of the help. */
  private static void loosen(CommandLine command) {
    UsageMessageSpec help = command.getCommandSpec().usageMessage();
    help.parameterListHeading("%n");
    help.optionListHeading("%n");
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
