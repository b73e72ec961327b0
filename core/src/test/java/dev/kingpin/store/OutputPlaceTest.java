package dev.kingpin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputPlaceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    // artifact, journal, resume, overwrite: start, or a part of the refusal
    "false, false, false, false, FRESH",
    "false, false, false, true, FRESH",
    "false, false, true, false, FRESH",
    "false, false, true, true, FRESH",
    "false, true, false, false, Maybe add --resume to go on or --overwrite to start again.",
    "false, true, false, true, FRESH",
    "false, true, true, false, RESUME",
    "false, true, true, true, RESUME",
    "true, false, false, false, is there already. Maybe add --overwrite",
    "true, false, false, true, FRESH",
    "true, false, true, false, COMPLETE",
    "true, false, true, true, FRESH",
    "true, true, false, false, Maybe add --resume to go on or --overwrite to start again.",
    "true, true, false, true, FRESH",
    "true, true, true, false, RESUME",
    "true, true, true, true, RESUME"
  })
  void whatStandsThereDecides(
      boolean artifact, boolean journal, boolean resume, boolean overwrite, String expected)
      throws IOException {
    OutputPlace place = OutputPlace.of(folder.resolve("delay.kp"));
    if (artifact) {
      Files.createFile(place.target());
    }
    if (journal) {
      Files.createFile(place.journal());
    }
    if (expected.contains("Maybe")) {
      assertThatThrownBy(() -> place.decide(resume, overwrite))
          .isExactlyInstanceOf(InputException.class)
          .hasMessageContainingAll(place.target().toString(), expected);
    } else {
      assertThat(place.decide(resume, overwrite)).hasToString(expected);
    }
  }

  @Test
  void theFilesStandBesideTheTarget() {
    OutputPlace place = OutputPlace.of(Path.of("models", "delay.kp"));
    assertThat(place.journal()).isEqualTo(Path.of("models", "delay.kp.journal"));
    assertThat(place.lock()).isEqualTo(Path.of("models", "delay.kp.lock"));
    assertThat(OutputPlace.of(Path.of("delay.kp")).decide(false, false))
        .isEqualTo(OutputPlace.Start.FRESH);
  }

  @Test
  void aPlaceThatTakesNoFileIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    refused(folder.resolve("none/delay.kp"), "no folder");
    refused(file.resolve("delay.kp"), "is not a folder");
    refused(folder, "is a folder");
    refused(Path.of("/"), "not the name of a file");
    refused(Path.of(""), "not the name of a file");
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefused() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    assertThat(closed.toFile().setWritable(false)).isTrue();
    OutputPlace place = OutputPlace.of(closed.resolve("delay.kp"));
    if (Files.isWritable(closed)) {
      assertThat(place.decide(false, false))
          .as("root may write")
          .isEqualTo(OutputPlace.Start.FRESH);
    } else {
      refused(place.target(), "cannot be written");
    }
  }

  private static void refused(Path target, String reason) {
    assertThatThrownBy(() -> OutputPlace.of(target).decide(false, true))
        .isExactlyInstanceOf(InputException.class)
        .hasMessageContainingAll(reason, "Maybe");
  }
}
