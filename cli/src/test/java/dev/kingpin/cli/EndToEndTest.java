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
import tools.jackson.databind.JsonNode;

/** The commands one after the other, on a table with groups of every fate. */
class EndToEndTest {
  @TempDir private Path folder = Path.of("");

  private Answer kingpin(String... words) {
    return new Shell(folder).kingpin(words);
  }

  private Answer train(String... more) {
    List<String> words = new ArrayList<>(List.of("--grid", "l2=0,0.1"));
    words.addAll(List.of(more));
    return search(words.toArray(String[]::new));
  }

  /** A training with a grid of its own. */
  private Answer search(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("train", "@sales.csv", "--predict", "amount", "--group-by", "store"));
    words.addAll(List.of("--from", "x, day", "--threads", "1", "--out", "@m.kp"));
    words.addAll(List.of(more));
    return kingpin(words.toArray(String[]::new));
  }

  @BeforeEach
  void writeTable() throws IOException {
    Random random = new Random(7);
    List<String> lines = new ArrayList<>(List.of("store,x,day,amount"));
    for (int i = 0; i < 300; i++) {
      double x = random.nextInt(1000) / 100.0;
      int day = i % 7;
      lines.add("007," + x + "," + day + "," + (3 * x + day));
      lines.add("\"a, b\"," + x + "," + day + "," + (5 - x + random.nextInt(3)));
      lines.add("flat," + x + "," + day + ",12.5");
      if (i < 60) {
        lines.add("," + x + "," + day + "," + (x * 2));
      }
      if (i < 3) {
        lines.add("few," + x + "," + day + ",1" + i);
      }
    }
    Files.write(folder.resolve("sales.csv"), lines);
  }

  @Test
  void trainsAndTellsWhatBecameOfTheGroups() {
    Answer train = train();
    assertThat(train.code()).as(train.err()).isZero();
    assertThat(train.err()).isEmpty();
    assertThat(train.out())
        .startsWith("amount by store: a linear model for each of 5 groups of sales.csv\n")
        .contains(
            "groups     3 trained, 1 constant, 1 answered by the global model (1 too few rows), 0"
                + " failed\n")
        .contains("with own models, ")
        .contains("each group's mean ")
        .contains("Written to " + folder.resolve("m.kp"));
    assertThat(folder.resolve("m.kp.run.json")).exists();

    assertThat(kingpin("groups", "@m.kp", "--sort", "key").out())
        .startsWith("store  status    rows  winner")
        .containsPattern("007 +trained +300 +l2=0 ")
        .containsPattern("few +fallback +3 +.*30; global answers")
        .containsPattern("NULL +trained +60 ");
    assertThat(kingpin("show", "@m.kp", "007").out())
        .contains("007  (amount by store)")
        .containsPattern("x +3\\.00")
        .contains("winner");
    assertThat(kingpin("show", "@m.kp", "--global", "--format=json").json().at("/groups/0/rows"))
        .hasToString("963");
    assertThat(kingpin("show", "@m.kp", "few", "--global").out())
        .containsPattern("few  \\(amount by store\\)\n\nstatus +fallback\n")
        .contains("\nall rows  (amount by store)\n");
    assertThat(kingpin("show", "@m.kp", "07").err()).contains("Maybe you meant (007)");
  }

  @Test
  void answersInOneJsonDocument() {
    JsonNode train = train("--format", "json").json();
    assertThat(train.at("/summary/trained").asInt()).isEqualTo(3);
    assertThat(train.at("/summary/gain_over_constant").isNumber()).isTrue();
    assertThat(train.at("/lost_too_many").asBoolean()).isFalse();

    JsonNode groups = kingpin("groups", "@m.kp", "--format", "json", "--sort", "key").json();
    assertThat(groups.at("/groups")).hasSize(5);
    assertThat(groups.at("/model/group_by/0").asString()).isEqualTo("store");

    JsonNode show = kingpin("show", "@m.kp", "a, b", "NULL", "--format=json").json();
    assertThat(show.at("/groups/0/key/store").asString()).isEqualTo("a, b");
    assertThat(show.at("/groups/0/configs")).hasSize(2);
    assertThat(show.at("/groups/1/key/store").isNull()).isTrue();
  }

  @Test
  void writesTheListOfGroups() throws IOException {
    train("--quiet");
    Answer list = kingpin("groups", "@m.kp", "--status", "fallback", "--out", "@groups.csv");
    assertThat(list.out()).startsWith("Wrote 1 group to ");
    assertThat(Files.readAllLines(folder.resolve("groups.csv")))
        .element(1)
        .asString()
        .startsWith("few,fallback,3,0,0,");
  }

  @Test
  void endsWithOneIfTooManyGroupsFailed() {
    Answer lost = train("--fallback", "none", "--max-failed", "0");
    assertThat(lost.code()).isEqualTo(ExitCode.LOST_GROUPS);
    assertThat(lost.err())
        .isEqualTo(
            "kingpin: 1 of 5 groups failed, more than allowed (--max-failed 0). The others are in "
                + folder.resolve("m.kp")
                + ".\n");
    Answer few = train("--overwrite", "--fallback=none", "--max-failed=20%");
    assertThat(few.code()).isZero();
    assertThat(train("--overwrite", "--max-failed", "0").code())
        .as("a group for which its parent answers is not lost")
        .isZero();
  }

  @Test
  void withFallbackFailNoGroupMayBeWithoutAModel() {
    Answer lost = train("--fallback", "fail");
    assertThat(lost.code()).isEqualTo(ExitCode.LOST_GROUPS);
    assertThat(lost.err())
        .startsWith("kingpin: 1 of 5 groups failed, more than allowed (--fallback fail). ");
    Answer allowed = train("--overwrite", "--fallback=fail", "--max-failed=1");
    assertThat(allowed.code()).as(allowed.err()).isZero();
  }

  @Test
  void drawsSettingsAtRandom() {
    Answer some = search("--search", "random:5", "--grid", "l2=0.0001..10", "--format", "json");
    assertThat(some.json().at("/model/configs").asInt()).isEqualTo(5);
    JsonNode group = kingpin("show", "@m.kp", "007", "--format", "json").json();
    assertThat(group.at("/groups/0/configs"))
        .extracting(config -> config.at("/settings/l2").asDouble())
        .hasSize(5)
        .allMatch(l2 -> l2 >= 0.0001 && l2 <= 10);

    Answer all = search("--overwrite", "--search", "random:5", "--grid", "l2=0,1");
    assertThat(all.err())
        .contains("note: The values make 2 different configs, no more than 5: all are tried.");
    Answer range = search("--overwrite", "--grid", "l2=0..1");
    assertThat(range.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(range.err()).contains("is a range, but a grid needs values.");
  }

  @Test
  void holdsOutTheLastRows() throws IOException {
    List<String> lines = new ArrayList<>(List.of("store,date,x,amount"));
    for (int i = 0; i < 100; i++) {
      String date = i < 7 ? "" : "2024-%02d-%02d".formatted(1 + i / 28, 1 + i % 28);
      lines.add("A," + date + "," + i % 5 + "," + (i < 80 ? i % 5 : 100 + i % 7));
    }
    Files.write(folder.resolve("days.csv"), lines);
    Answer last =
        kingpin(
            "train @days.csv --predict amount --group-by store --out @d.kp --validate last:0.2"
                .concat(" --order-by date")
                .split(" "));
    assertThat(last.code()).as(last.err()).isZero();
    assertThat(last.err()).contains("note: 7 rows have no (date): they count as the first of");
    assertThat(last.out())
        .contains("on the last 20% of each group's rows (by date)")
        .containsPattern("rmse 10[0-9] with own models");
    assertThat(kingpin("show", "@d.kp", "A").out()).contains(" x ").doesNotContain("date  ");
  }

  @Test
  void keepsWhatIsThereUnlessTold() {
    assertThat(train("--quiet").out()).isEmpty();
    Answer again = train();
    assertThat(again.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(again.err()).contains("is there already").contains("--overwrite");
    assertThat(train("--overwrite", "--only", "007").out()).contains("1 trained, 0 failed");
  }
}
