package dev.kingpin.cli;

import dev.kingpin.data.InputException;
import dev.kingpin.report.Json;
import picocli.CommandLine.Option;

/** The words that say how a command answers. */
final class OutputWords {
  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "What is printed: text for people, or one JSON document. Default: text.")
  private String format = "text";

  /**
   * Whether one JSON document is wanted.
   *
   * @throws InputException if the word is neither text nor json
   */
  boolean isJson() {
    return switch (format) {
      case "text" -> false;
      case "json" -> true;
      default ->
          throw new InputException("Format (" + format + ") is unknown. Maybe use text or json.");
    };
  }

  /** Prints the tree as the one JSON document of a command. */
  static void print(Terminal terminal, Object tree) {
    terminal.out().println(Json.write(tree));
  }
}
