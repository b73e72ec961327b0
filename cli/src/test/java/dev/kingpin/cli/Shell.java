package dev.kingpin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Runs commands; words that start with @ are files in a folder.
 *
 * @param folder of these files
 */
record Shell(Path folder) {
  /** What a command has said. */
  record Answer(int code, String out, String err) {
    JsonNode json() {
      assertThat(out.lines()).as(err).hasSize(1);
      return new ObjectMapper().readTree(out);
    }
  }

  Answer kingpin(String... words) {
    Screen screen = Screen.pipes();
    String[] placed =
        Arrays.stream(words)
            .map(w -> w.startsWith("@") ? folder.resolve(w.substring(1)).toString() : w)
            .toArray(String[]::new);
    int code = Main.run(screen.get(), placed);
    return new Answer(code, screen.out(), screen.err());
  }

  /** The command in one text, its words divided by blanks. */
  Answer line(String words) {
    return kingpin(words.split(" "));
  }

  void write(String file, List<String> lines) throws IOException {
    Files.write(folder.resolve(file), lines);
  }

  List<String> read(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }
}
