package dev.kingpin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.cli.Shell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code kingpin train --workers N}. */
class WorkersTest {
  private static final String TRAIN =
      "train @sales.csv --predict amount --group-by store --grid l2=0,0.1 --out ";

  @TempDir private Path folder = Path.of("");

  private Answer line(String words) {
    return new Shell(folder).line(words);
  }

  @BeforeEach
  void writeTable() throws IOException {
    Random random = new Random(7);
    List<String> lines = new ArrayList<>(List.of("store,x,day,amount"));
    for (int i = 0; i < 4_000; i++) {
      int x = random.nextInt(100);
      lines.add((i % 8 == 0 ? "small" : "large") + "," + x + "," + i % 7 + "," + (3 * x + i % 5));
    }
    Files.write(folder.resolve("sales.csv"), lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "gtp", "gl", "dp", "mtp", "sp"})
  void leaveTheSameArtifactAsThreads(String strategy) throws IOException {
    assertThat(line(TRAIN + "@threads.kp").code()).isZero();
    Answer walled = line(TRAIN + "@walled.kp --workers 3 --strategy " + strategy);
    assertThat(walled.code()).as(walled.err()).isZero();
    assertThat(Files.readAllBytes(folder.resolve("walled.kp")))
        .isEqualTo(Files.readAllBytes(folder.resolve("threads.kp")));
  }

  @Test
  void tellWhatTheyDid() {
    Answer answer = line(TRAIN + "@m.kp --workers 2 --strategy dp");
    assertThat(answer.out())
        .containsPattern("\nworker +sent +messages +syncs +busy +fullest\n")
        .containsPattern("\n     0 +[\\d.]+ [kM]?B +\\d+ +\\d+ +[\\d.]+% +[\\d.]+ kB\n")
        .containsPattern("\n     1 +[\\d.]+ [kM]?B +");
    JsonNode tree = line(TRAIN + "@n.kp --workers 2 --strategy dp --format json").json();
    assertThat(tree.at("/workers").size()).isEqualTo(2);
    for (JsonNode worker : tree.at("/workers")) {
      assertThat(worker.at("/messages_sent").asLong()).isPositive();
      assertThat(worker.at("/bytes_sent").asLong()).isPositive();
      assertThat(worker.at("/peak_bytes").asLong()).isPositive();
      assertThat(worker.at("/busy_share").asDouble()).isBetween(0.0, 1.0);
    }
    assertThat(tree.at("/workers/0/syncs").asLong() + tree.at("/workers/1/syncs").asLong())
        .isPositive();
  }

  @Test
  void sayThatSumsOfBatchesAreNotTheSameBits() throws IOException {
    Answer answer = line(TRAIN + "@m.kp --workers 3 --strategy dp --grid solver=sgd");
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.err())
        .contains("within 0.001 of those of other strategies, not the same bits.");
    assertThat(line(TRAIN + "@n.kp --workers 3 --strategy gl --grid solver=sgd").err())
        .doesNotContain("not the same bits");
  }

  @Test
  void areNotSpokenOfIfQuietOrIfThereAreNone() {
    assertThat(line(TRAIN + "@m.kp --workers 2 --quiet").out()).isEmpty();
    assertThat(line(TRAIN + "@n.kp").out()).doesNotContain("worker ");
    assertThat(line(TRAIN + "@o.kp --format json").json().has("workers")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --workers 2 --worker-memory 1kB  | has memory for (1000) bytes, but a row block
          --workers 2 --worker-memory 30kB | cannot train these groups
          --workers 2 --strategy gtp --worker-memory 60kB | would run out of memory
          --workers 2 --strategy mop       | Strategy (mop) cannot train these groups: only chains
          """)
  void thatCannotDoItAreRefusedInOneLine(String words, String message) {
    Answer answer = line(TRAIN + "@m.kp " + words);
    assertThat(answer.err().lines().filter(l -> !l.contains(": note: "))).hasSize(1);
    assertThat(answer.err()).contains(message).contains("Maybe");
    assertThat(answer.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(answer.out()).isEmpty();
    assertThat(folder.resolve("m.kp.journal")).doesNotExist();
  }
}
