package dev.kingpin.cli;

import dev.kingpin.data.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Says in one line what is wrong with the words of a command line. */
final class WordProblem {
  private WordProblem() {}

  static String message(ParameterException problem) {
    CommandLine command = problem.getCommandLine();
    if (problem instanceof CommandLine.UnmatchedArgumentException unmatched) {
      return unmatched(command, unmatched.getUnmatched().get(0));
    }
    if (problem instanceof CommandLine.MissingParameterException missing) {
      return missing(command, missing.getMissing());
    }
    if (problem instanceof CommandLine.OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + " is given twice. Maybe remove one of them.";
    }
    if (problem.getArgSpec() != null && problem.getValue() != null) {
      return badValue(problem.getArgSpec(), problem.getValue());
    }
    String message = String.valueOf(problem.getMessage());
    if (message.startsWith("Unknown subcommand")) {
      String[] parts = message.split("'", -1);
      return unmatched(command, parts[1]);
    }
    return message + ". " + help(command);
  }

  private static String unmatched(CommandLine command, String word) {
    if (word.startsWith("-") && word.length() > 1) {
      List<String> options = new ArrayList<>();
      command.getCommandSpec().options().forEach(o -> options.addAll(List.of(o.names())));
      String plain = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      return "There is no option (" + plain + "). " + advice(command, plain, options);
    }
    if (!command.getSubcommands().isEmpty()) {
      List<String> commands = List.copyOf(command.getSubcommands().keySet());
      return "There is no command (" + word + "). " + advice(command, word, commands);
    }
    return "One word too many: (" + word + "). Maybe a name with blanks needs quotes.";
  }

  /** The known word that is nearest, else one that starts alike. */
  private static String advice(CommandLine command, String word, List<String> known) {
    return Spelling.nearest(word, known)
        .or(() -> known.stream().filter(k -> k.startsWith(word)).findFirst())
        .map(near -> "Maybe you meant (" + near + ")?")
        .orElse(help(command));
  }

  private static String missing(CommandLine command, List<ArgSpec> missing) {
    if (missing.size() == 1 && missing.get(0) instanceof OptionSpec option && !option.required()) {
      return option.longestName() + " takes a value: " + option.paramLabel() + ". " + help(command);
    }
    String names = missing.stream().map(WordProblem::name).collect(Collectors.joining(" and "));
    return command.getCommandName() + " needs " + names + ". " + help(command);
  }

  private static String badValue(ArgSpec argument, String value) {
    Class<?> type = argument.type();
    if (argument instanceof OptionSpec option && option.arity().max() == 0) {
      return option.longestName() + " takes no value. Maybe leave (=" + value + ") out.";
    }
    boolean whole = type == int.class || type == long.class || type == Integer.class;
    String wanted = whole ? "a whole number" : "another value";
    return name(argument) + " takes " + wanted + ", not (" + value + "). Maybe write 10.";
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + (option.arity().max() > 0 ? " " + option.paramLabel() : "")
        : argument.paramLabel();
  }

  private static String help(CommandLine command) {
    return "Maybe see: " + command.getCommandSpec().qualifiedName() + " --help";
  }
}
