package dev.kingpin.cli;

import dev.kingpin.data.InputException;
import dev.kingpin.report.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns everything that can go wrong into one message and an exit code. */
final class Problems implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Terminal terminal;
  private final boolean json;

  Problems(Terminal terminal, String... words) {
    this.terminal = terminal;
    json = asksForJson(Arrays.asList(words));
  }

  /** Looks at the raw words, which need not be a sound command. */
  private static boolean asksForJson(List<String> words) {
    int option = words.indexOf("--format");
    return words.contains("--format=json")
        || (option >= 0 && option + 1 < words.size() && words.get(option + 1).equals("json"));
  }

  @Override
  public int handleParseException(ParameterException problem, String[] words) {
    return handle(problem);
  }

  @Override
  public int handleExecutionException(Exception problem, CommandLine command, ParseResult words) {
    return handle(problem);
  }

  /** Reports what ended the command. */
  int handle(Throwable problem) {
    if (problem instanceof ParameterException words) {
      Throwable cause = problem.getCause();
      report(cause instanceof InputException ? text(cause) : WordProblem.message(words));
      return ExitCode.BAD_INPUT;
    }
    if (problem instanceof InputException) {
      report(text(problem));
      return ExitCode.BAD_INPUT;
    }
    if (problem instanceof OutOfMemoryError) {
      report(
          "Java ran out of memory (%d MB). Maybe allow more with KINGPIN_JAVA_OPTS=-Xmx8g."
              .formatted(Runtime.getRuntime().maxMemory() >> 20));
      return ExitCode.DEFECT;
    }
    report(defect(problem));
    return ExitCode.DEFECT;
  }

  private void report(String message) {
    terminal
        .err()
        .println(json ? Json.write(Map.of("error", message)) : Main.NAME + ": " + message);
  }

  private static String text(Throwable problem) {
    return String.valueOf(problem.getMessage());
  }

  private static String defect(Throwable problem) {
    String cause = problem.toString().lines().findFirst().orElse("");
    String where;
    try {
      Path file = Files.createTempFile("kingpin-defect-", ".txt");
      try (PrintWriter writer =
          new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
        problem.printStackTrace(writer);
      }
      where = "The stack trace is in " + file + ". Maybe report it with this file.";
    } catch (IOException e) {
      where = "The stack trace could not be written (" + e.getMessage() + ").";
    }
    return "This is a defect of Kingpin, not of your data (" + cause + "). " + where;
  }
}
