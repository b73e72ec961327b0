package dev.kingpin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.InputException;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.RunOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 3: killed at any moment, a run resumes and ends with the same artifact. */
@Tag("forks")
class KilledRunTest {
  private static final int KILLS = 20;

  @TempDir private Path folder;

  @Test
  void aRunKilledAtManyMomentsEndsWithTheSameArtifact() throws Exception {
    Path whole = folder.resolve("whole.kp");
    long start = System.nanoTime();
    assertThat(runFor(whole, Long.MAX_VALUE)).isTrue();
    long wholeMillis = (System.nanoTime() - start) / 1_000_000;
    byte[] expected = Files.readAllBytes(whole);
    Random random = new Random(9);
    int kills = 0;
    int resumedFromJournal = 0;
    Path out = folder.resolve("killed.kp");
    while (kills < KILLS) {
      if (Files.exists(folder.resolve("killed.kp.journal"))) {
        resumedFromJournal++;
      }
      if (runFor(out, (long) (wholeMillis * (0.2 + 0.8 * random.nextDouble())))) {
        assertThat(Files.readAllBytes(out)).isEqualTo(expected);
        Files.delete(out);
      } else {
        kills++;
      }
    }
    if (!Files.exists(out)) {
      assertThat(runFor(out, Long.MAX_VALUE)).isTrue();
    }
    assertThat(Files.readAllBytes(out)).isEqualTo(expected);
    assertThat(resumedFromJournal).as("kills that left a journal").isPositive();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aRunThatIsCompleteCanBeResumedAndChangesNothing() throws Exception {
    Path out = folder.resolve("complete.kp");
    assertThat(runFor(out, Long.MAX_VALUE)).isTrue();
    byte[] expected = Files.readAllBytes(out);
    assertThat(runFor(out, Long.MAX_VALUE)).isTrue();
    assertThat(Files.readAllBytes(out)).isEqualTo(expected);
    MemoryTable other = TestTables.make(TestTables.Recipe.of(100), 1);
    assertThatThrownBy(
            () ->
                Kingpin.groupBy("g")
                    .predict("y")
                    .options(new RunOptions(1, true, false, 5))
                    .train(other, out))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("of another run", "Maybe add --overwrite");
    assertThat(Files.readAllBytes(out)).isEqualTo(expected);
  }

  private List<String> leftovers() throws Exception {
    try (var files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.endsWith(".journal") || n.endsWith(".lock") || n.endsWith(".tmp"))
          .toList();
    }
  }

  /** Whether the run ended by itself before it was killed. */
  private boolean runFor(Path out, long millis) throws Exception {
    Path printed = folder.resolve("printed.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-Dkingpin.kernels=scalar"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KilledProgram.class.getName(), out.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      assertThat(process.exitValue()).as(Files.readString(printed)).isZero();
      return true;
    }
    process.destroyForcibly().waitFor();
    return false;
  }
}
