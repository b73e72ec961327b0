package dev.kingpin.store;

import static dev.kingpin.store.StoreFixtures.bytes;
import static dev.kingpin.store.StoreFixtures.filesIn;
import static dev.kingpin.store.StoreFixtures.number;
import static dev.kingpin.store.StoreFixtures.writeArtifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactWriterTest {
  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void setTarget() {
    target = folder.resolve("delay.kp");
  }

  @Test
  void theSameEntriesGiveTheSameBytes() throws IOException {
    Path other = folder.resolve("other.kp");
    for (Path path : List.of(target, other)) {
      try (ArtifactWriter writer = ArtifactWriter.create(path, bytes("header"))) {
        for (int i = 0; i < 5_000; i++) {
          writer.add(number(i), number(i * 31L));
        }
        writer.finish();
      }
    }
    assertThat(other).hasSameBinaryContentAs(target);
  }

  @Test
  void theTargetChangesOnceAndNothingElseIsLeft() throws IOException {
    writeArtifact(target, "old", List.of());
    byte[] old = Files.readAllBytes(target);
    try (ArtifactWriter writer = ArtifactWriter.create(target, bytes("new"))) {
      writer.add(bytes("a"), bytes("A"));
      assertThat(Files.readAllBytes(target)).isEqualTo(old);
      writer.finish();
      assertThat(Files.readAllBytes(target)).isNotEqualTo(old);
    }
    assertThat(filesIn(folder)).containsExactly("delay.kp");
  }

  @Test
  void closedWithoutFinishItLeavesWhatWasThere() throws IOException {
    writeArtifact(target, "old", List.of());
    byte[] old = Files.readAllBytes(target);
    ArtifactWriter writer = ArtifactWriter.create(target, bytes("new"));
    writer.add(bytes("a"), bytes("A"));
    writer.close();
    writer.close();
    assertThat(Files.readAllBytes(target)).isEqualTo(old);
    assertThat(filesIn(folder)).containsExactly("delay.kp");
    assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theDraftOfAKilledRunIsReplaced() throws IOException {
    Files.write(folder.resolve("delay.kp.tmp"), new byte[10_000]);
    writeArtifact(target, "h", List.of(Map.entry("a", "A")));
    try (Artifact artifact = Artifact.open(target)) {
      artifact.verify();
    }
    assertThat(filesIn(folder)).containsExactly("delay.kp");
  }

  @Test
  void aKeyIsWrittenOnce() throws IOException {
    try (ArtifactWriter writer = ArtifactWriter.create(target, new byte[0])) {
      for (int i = 0; i < 1_000; i++) {
        writer.add(number(i), bytes("same payload"));
      }
      writer.add(number(500), bytes("other payload"));
      assertThatThrownBy(writer::finish)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("entries 500 and 1000");
    }
    assertThat(filesIn(folder)).isEmpty();
  }

  @Test
  void callsAfterTheEndAndTooLongKeysAreRefused() {
    ArtifactWriter writer = ArtifactWriter.create(target, new byte[0]);
    assertThatThrownBy(() -> writer.add(new byte[ArtifactWriter.MAX_KEY_BYTES + 1], new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1048576");
    writer.finish();
    assertThatThrownBy(() -> writer.add(bytes("a"), bytes("A")))
        .isInstanceOf(IllegalStateException.class);
    writer.close();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefused() throws IOException {
    assertThatThrownBy(() -> ArtifactWriter.create(folder.resolve("no/delay.kp"), new byte[0]))
        .isExactlyInstanceOf(InputException.class)
        .hasMessageContainingAll("Cannot write", "delay.kp.tmp", "no such file", "Maybe");
    Files.createDirectories(folder.resolve("taken.kp/inside"));
    try (ArtifactWriter writer = ArtifactWriter.create(folder.resolve("taken.kp"), new byte[0])) {
      assertThatThrownBy(writer::finish)
          .isExactlyInstanceOf(InputException.class)
          .hasMessageContainingAll("Cannot write", "taken.kp", "Maybe");
    }
    assertThat(filesIn(folder)).containsExactly("taken.kp");
  }
}
