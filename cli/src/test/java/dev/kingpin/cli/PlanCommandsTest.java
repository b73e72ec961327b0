package dev.kingpin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Commands that plan, and tell what came of it. */
class PlanCommandsTest {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writeTable() throws IOException {
    List<String> lines = new ArrayList<>(List.of("store,x,amount"));
    for (int i = 0; i < 3000; i++) {
      lines.add((i < 2000 ? "A" : i < 2900 ? "B" : "C") + "," + i % 17 + "," + i % 5);
    }
    Files.write(folder.resolve("sales.csv"), lines);
  }

  private Shell.Answer line(String words) {
    return new Shell(folder).line(words);
  }

  @Test
  void explainsThisMachine() {
    Shell.Answer answer =
        line("explain @sales.csv --predict amount --group-by store --threads 2 --grid l2=0,1");
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out())
        .startsWith("amount by store: a linear model for each of 3 groups of sales.csv\n")
        .contains("  on        this machine, 2 threads that share its memory\n")
        .contains("\nfirst all rows\n")
        .contains("\nthen 3 groups by store\n")
        .contains("rates of a core: usual ones, not measured; to measure: kingpin machine\n");
  }

  @Test
  void explainsWorkers() {
    String words = "explain @sales.csv --predict amount --group-by store --workers 2";
    assertThat(line(words).out())
        .contains("  on        2 workers that share nothing, 10 Gbit/s, 50 µs latency\n")
        .containsPattern("\nrejected +time +loaded +sent +fullest +why\n");
    JsonNode tree = line(words + " --format json --worker-memory 1GB").json();
    assertThat(tree.at("/cluster/memory_bytes/0").asDouble()).isEqualTo(1e9);
    assertThat(tree.at("/cluster/source_bytes_per_second").isNull()).isTrue();
    assertThat(tree.at("/candidates").size()).isGreaterThan(6);
    assertThat(tree.at("/plan").size()).isEqualTo(2);
  }

  @Test
  void workersWaitForASourceThatTheyShare() {
    String words = "simulate --groups 50 --rows 1e7 --workers 4";
    String source = words + " --source-network 1.5Gbit";
    assertThat(line(source).out())
        .contains(
            "  on        4 workers that share nothing, 10 Gbit/s, 50 µs latency, rows from a source"
                + " of 1.5 Gbit/s\n");
    JsonNode tree = line(source + " --format json").json();
    assertThat(tree.at("/cluster/source_bytes_per_second").asDouble()).isEqualTo(1.5e9 / 8);
    double load = tree.at("/candidates/0/load_seconds").asDouble();
    double bytes = tree.at("/candidates/0/load_bytes").asDouble();
    assertThat(load).isCloseTo(bytes / (1.5e9 / 8), Offset.offset(1e-9 * load));
    assertThat(line(words + " --format json").json().at("/candidates/0/load_seconds").asDouble())
        .isLessThan(load);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --workers 2", " --workers 2 --strategy dp"})
  void analyzesARunAndKeepsNothing(String words) throws IOException {
    String explain = "explain @sales.csv --predict amount --group-by store --analyze" + words;
    Shell.Answer answer = line(explain);
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out())
        .startsWith("amount by store: a linear model for each of 3 groups of sales.csv\n")
        .containsPattern("\n  run  +\\d.* as estimated;")
        .containsPattern("\nplan +rows +models +est. work +work +ratio")
        .containsPattern("\nrun +estimated +measured +ratio\n")
        .containsPattern("\nreading +\\? +\\d");
    JsonNode tree = line(explain + " --format json").json();
    assertThat(tree.at("/run/measured/groups").asInt()).isEqualTo(3);
    assertThat(tree.at("/run/measured/seconds").asDouble()).isPositive();
    assertThat(tree.at("/run/estimated/seconds").asDouble()).isPositive();
    assertThat(tree.at("/plan/1/ways/0/measured/work_seconds").asDouble()).isPositive();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --workers 2"})
  void trainsAndTellsWhatItTook(String words) {
    String train = "train @sales.csv --predict amount --group-by store --analyze" + words;
    Shell.Answer answer = line(train + " --out @m.kp");
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out())
        .containsPattern("\nrun +estimated +measured +ratio\n")
        .containsOnlyOnce(words.isEmpty() ? "\nthread " : "\nworker ")
        .contains("\nWritten to ");
    assertThat(line("groups @m.kp").code()).isZero();
    JsonNode tree = line(train + " --out @n.kp --format json --quiet").json();
    assertThat(tree.at("/explanation/run/measured/groups").asInt()).isEqualTo(3);
    JsonNode usual =
        line("train @sales.csv --predict amount --group-by store --out @o.kp --format json").json();
    assertThat(usual.has("explanation")).isFalse();
  }

  @Test
  void ratesCanBeNamedForThreadsIfTheyAreAnalyzed() throws IOException {
    Files.writeString(folder.resolve("r.json"), "{\"operations_per_second\": {\"solving\": 7e9}}");
    Shell.Answer answer =
        line(
            "train @sales.csv --predict amount --group-by store --out @m.kp --analyze --machine"
                + " @r.json");
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out()).contains("solving 7.00 G/s");
  }

  @Test
  void withoutAPlanTheExitCodeIsTwo() {
    Shell.Answer answer =
        line(
            "explain @sales.csv --predict amount --group-by store --workers 2"
                + " --worker-memory 30kB");
    assertThat(answer.out()).contains("none: no strategy is possible. Maybe give workers more");
    assertThat(answer.code()).isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void simulatesMadeUpGroupsOnADescribedCluster() throws IOException {
    Files.writeString(
        folder.resolve("c.json"),
        "{\"workers\": [{\"count\": 3}, {\"speed\": 0.5}, {\"slowdown\": 3}]}");
    Shell.Answer text = line("simulate --groups 50 --rows 1e7 --zipf 1.2 --cluster @c.json");
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out())
        .startsWith("target by group: a linear model for each of 50 groups of made-up rows\n")
        .contains("  on        5 workers that share nothing, speeds 0.33 to 1.0, 10 Gbit/s,")
        .contains("chosen by auto");
    JsonNode tree =
        line("simulate --groups 50 --rows 1e7 --task classification --workers 4 --format json")
            .json();
    assertThat(tree.at("/model/task").asString()).isEqualTo("classification");
    assertThat(tree.at("/model/predict").asString()).isEqualTo("target");
    assertThat(tree.at("/candidates/0/speed_up").asDouble()).isBetween(1.0, 4.0);
  }

  @Test
  void simulatesATable() {
    Shell.Answer answer =
        line("simulate @sales.csv --predict amount --group-by store --workers 4 --strategy gtp");
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out()).containsPattern("\ngtp +\\d.* as asked\n");
  }

  @Test
  void measuredRatesAreUsedAndNamed() throws IOException {
    Path file = folder.resolve("kingpin").resolve("machine.json");
    Files.createDirectories(folder.resolve("kingpin"));
    Files.writeString(file, "{\"operations_per_second\": {\"solving\": 7e9}}");
    Screen screen = Screen.pipes(Map.of("XDG_CACHE_HOME", folder.toString()));
    Main.run(screen.get(), "simulate", "--groups", "5", "--workers", "2", "--format", "json");
    JsonNode tree = new ObjectMapper().readTree(screen.out());
    assertThat(tree.at("/rates/operations_per_second/solving").asDouble()).isEqualTo(7e9);
    assertThat(tree.at("/rates/origin").asString()).isEqualTo("as measured here (" + file + ")");
  }
}
