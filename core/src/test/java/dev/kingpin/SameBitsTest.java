package dev.kingpin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.RunOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 1: a group's models are the same bits, whoever trains them and however. */
class SameBitsTest {
  private static final String MODULE = "jdk.incubator.vector";
  private static final int ROWS = 3_000;
  private static final int FEATURES = 19;
  private static final Map<String, String> HASHES = new HashMap<>();

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void anyNumberOfThreadsGivesTheSameArtifact(int threads) throws IOException {
    int rowsOfAGiant = 30_000;
    assertThat(BitsProgram.hash(threads, rowsOfAGiant, FEATURES))
        .isEqualTo(hash(1, rowsOfAGiant, FEATURES));
  }

  /** What this JVM finds; it is asked only once. */
  private static String hash(int threads, int rows, int numeric) throws IOException {
    String asked = threads + " " + rows + " " + numeric;
    String known = HASHES.get(asked);
    String hash = known == null ? BitsProgram.hash(threads, rows, numeric) : known;
    HASHES.put(asked, hash);
    return hash;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Dkingpin.kernels=scalar",
        "-Dkingpin.kernels=vector",
        "-XX:MaxVectorSize=16",
        "-XX:MaxVectorSize=32",
        "-XX:MaxVectorSize=64",
        "-XX:TieredStopAtLevel=1",
        "-XX:-TieredCompilation",
      })
  @Tag("forks")
  void anyJvmGivesTheSameArtifact(String flag) throws Exception {
    assertThat(hashInChild(ROWS, FEATURES, "--add-modules", MODULE, flag))
        .isEqualTo(hash(2, ROWS, FEATURES));
  }

  /** Vectors are objects to the interpreter, so this table is small; it has edges all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  @Tag("forks")
  void anInterpretedJvmGivesTheSameArtifact(String kernels) throws Exception {
    String property = "-Dkingpin.kernels=" + kernels;
    assertThat(hashInChild(140, 3, "-Xint", "--add-modules", MODULE, property))
        .isEqualTo(hash(1, 140, 3));
  }

  @Test
  @Tag("forks")
  void aJvmWithoutTheVectorModuleGivesTheSameArtifact() throws Exception {
    assertThat(hashInChild(ROWS, FEATURES)).isEqualTo(hash(2, ROWS, FEATURES));
  }

  @Test
  void aGroupTrainedAloneIsTheSameAsTrainedTogether() {
    Recipe recipe = Recipe.of(900, 2_500, 60).levels(4).missing(0.1).withClasses();
    MemoryTable table = TestTables.make(recipe, 2);
    GroupedModel together = Kingpin.groupBy("g").predict("y").train(table);
    for (String key : List.of("g000", "g001", "g002")) {
      GroupedModel alone = Kingpin.groupBy("g").predict("y").only(key).train(table);
      assertThat(alone.size()).isEqualTo(1);
      assertThat(alone.header().dataHash()).isEqualTo(together.header().dataHash());
      assertThat(describe(alone, key)).isEqualTo(describe(together, key));
    }
  }

  private static String describe(GroupedModel model, String key) {
    var trained = (dev.kingpin.learner.Outcome.Trained) model.group(key).outcome();
    return model.find(GroupKey.of(key)).orElseThrow().rows()
        + " "
        + trained.winner()
        + " "
        + trained.metrics()
        + " "
        + trained.model().describe();
  }

  private static String hashInChild(int rows, int features, String... flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(flags));
    command.addAll(List.of(BitsProgram.class.getName(), "2"));
    command.addAll(List.of(Integer.toString(rows), Integer.toString(features)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return printed.lines().reduce((a, b) -> b).orElse("");
  }

  @Test
  void optionsThatAreNotPartOfTheQueryChangeNothing() throws IOException {
    Recipe recipe = Recipe.of(800, 70);
    MemoryTable table = TestTables.make(recipe, 4);
    List<String> described = new ArrayList<>();
    for (RunOptions options :
        List.of(new RunOptions(1, false, false, 0), new RunOptions(2, false, true, 100))) {
      GroupedModel model = Kingpin.groupBy("g").predict("y").options(options).train(table);
      described.add(describe(model, "g000") + describe(model, "g001"));
    }
    assertThat(described.get(0)).isEqualTo(described.get(1));
  }
}
