package dev.kingpin.cli;

import dev.kingpin.report.Numbers;
import java.util.List;
import java.util.regex.Pattern;

/** Says, when a run is interrupted, what is kept and how to go on. */
final class StopNotice implements AutoCloseable {
  private static final Pattern PLAIN_WORD = Pattern.compile("[\\w./:=,%+@-]+");

  private final Thread hook;

  /**
   * @param words of the command that can be interrupted
   */
  StopNotice(Terminal terminal, ProgressBar bar, List<String> words) {
    hook =
        new Thread(
            () -> {
              String message = message(bar.progress(), words);
              bar.close();
              terminal.err().println(message);
            },
            "kingpin-stop");
  }

  /** From now on the end of the process is an interruption. */
  void register() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static String message(Progress progress, List<String> words) {
    if (!progress.noun().equals("group")) {
      return "Stopped before this run trained any group.";
    }
    return "Stopped. %s of %s are kept; go on with: %s"
        .formatted(
            Numbers.count(progress.done()),
            Numbers.count(progress.total(), "group"),
            resuming(words));
  }

  /** The same command, as one would type it, with --resume. */
  private static String resuming(List<String> words) {
    StringBuilder command = new StringBuilder(Main.NAME);
    words.stream()
        .filter(w -> !w.equals("--overwrite") && !w.equals("--resume"))
        .forEach(w -> command.append(' ').append(quoted(w)));
    return command.append(" --resume").toString();
  }

  /** The word as a shell takes it. */
  static String quoted(String word) {
    return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** The run has ended by itself. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the notice is on its way.
    }
  }
}
