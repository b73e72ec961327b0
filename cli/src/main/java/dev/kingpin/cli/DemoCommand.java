package dev.kingpin.cli;

import dev.kingpin.data.InputException;
import dev.kingpin.report.Tone;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kingpin demo}: the other commands at work, on the flights that come with Kingpin. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Trains a model for each of 228 airports, in seconds, and shows what came out.",
    customSynopsis = "kingpin demo [--out FOLDER]")
final class DemoCommand implements Callable<Integer> {
  private static final String HOME_PROPERTY = "kingpin.home";
  private static final String HOME_VARIABLE = "KINGPIN_HOME";
  private static final Path FLIGHTS = Path.of("examples", "flights.parquet");
  private static final int LINE_WIDTH = 60;

  private final Terminal terminal;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the files go. Default: kingpin-demo.")
  private Path out = Path.of("kingpin-demo");

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Something to say, and the command that shows it. */
  private record Step(String words, List<String> command) {}

  @Override
  public Integer call() {
    String flights = flights();
    createFolder();
    String models = out.resolve("delay.kp").toString();
    String scored = out.resolve("scored.csv").toString();
    say("231,580 flights from 228 airports in half a year. How late does the next one leave?");
    for (Step step : steps(flights, models, scored)) {
      say("");
      say(step.words());
      say(terminal.paint().apply(Tone.FAINT, "$ " + asTyped(step.command())) + "\n");
      int code = Main.run(terminal, step.command().toArray(String[]::new));
      if (code != ExitCode.DONE) {
        return code;
      }
    }
    conclude(flights, models);
    return ExitCode.DONE;
  }

  private static List<Step> steps(String flights, String models, String scored) {
    return List.of(
        new Step(
            "1. A model for each airport, from the time and the length of the flight.\n"
                + "   Six penalties compete in every airport; the best one wins it.",
            List.of(
                "train",
                flights,
                "--predict",
                "delay",
                "--group-by",
                "origin",
                "--from",
                "distance, hour(date) AS hour, weekday(date) AS weekday",
                "--out",
                models,
                "--overwrite")),
        new Step(
            "2. A row for each airport; here are the largest ones. Each chose its own penalty.",
            List.of("groups", models, "--limit", "8")),
        new Step(
            "3. Airports with too few flights have no model of their own: the model of all flights\n"
                + "   answers for them. None is lost.",
            List.of("groups", models, "--status", "fallback", "--limit", "4")),
        new Step(
            "4. One airport: what was tried, and what was learned.",
            List.of("show", models, "SEA")),
        new Step(
            "5. Predictions, here for the flights it was trained on. Every row says who answered.",
            List.of("predict", models, flights, "--out", scored)));
  }

  private void conclude(String flights, String models) {
    Path folder = out.toAbsolutePath().normalize();
    say("");
    say(terminal.paint().apply(Tone.STRONG, "That was all of it. The files are in " + folder));
    say("  delay.kp           the models: one file, each group read on its own");
    say("  delay.kp.run.json  times and the machine of this run");
    say("  scored.csv         the predictions");
    say("");
    say("What to try next:");
    say("  kingpin train YOUR_TABLE.csv --predict COLUMN --group-by COLUMN --out my.kp");
    say("  kingpin train %s --predict 'delay > 15 AS late' \\".formatted(flights));
    say("          --group-by origin,destination --from 'hour(date) AS hour' --out late.kp");
    say("  kingpin groups %s --out groups.csv".formatted(models));
    say("  kingpin help train");
  }

  private void say(String words) {
    terminal.out().println(words);
  }

  /** The command as one would type it, a line for each few words. */
  private static String asTyped(List<String> words) {
    StringBuilder text = new StringBuilder(Main.NAME);
    int column = text.length();
    for (String word : words) {
      String quoted = StopNotice.quoted(word);
      if (word.startsWith("--") && column > LINE_WIDTH) {
        text.append(" \\\n         ");
        column = 0;
      }
      text.append(' ').append(quoted);
      column += quoted.length() + 1;
    }
    return text.toString();
  }

  private void createFolder() {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new InputException(
          "The folder (" + out + ") cannot be made. Maybe choose another one with --out.", e);
    }
  }

  private String flights() {
    Path file = home().resolve(FLIGHTS).toAbsolutePath().normalize();
    if (!Files.exists(file)) {
      throw new InputException(
          "There are no flights at (%s). Maybe set %s to the folder that Kingpin is in."
              .formatted(file, HOME_VARIABLE));
    }
    Path here = Path.of("").toAbsolutePath();
    return (file.startsWith(here) ? here.relativize(file) : file).toString();
  }

  /** Kingpin's own folder: as named from outside, else the one that these classes are in. */
  private Path home() {
    @Nullable String named =
        System.getProperty(HOME_PROPERTY, terminal.environment().get(HOME_VARIABLE));
    if (named != null) {
      return Path.of(named);
    }
    try {
      Path folder =
          Path.of(DemoCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      while (folder.getParent() != null && !Files.exists(folder.resolve(FLIGHTS))) {
        folder = folder.getParent();
      }
      return folder;
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Classes come from nowhere", e);
    }
  }
}
