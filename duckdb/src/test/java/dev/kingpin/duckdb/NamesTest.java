package dev.kingpin.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.Column;
import dev.kingpin.data.ScanRequest;
import dev.kingpin.data.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of columns and files may hold anything. */
class NamesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        "it's",
        "say \"hi\"",
        "Größe",
        "列",
        "select",
        "a,b",
        "a.b",
        "k",
        "n0",
        "c0",
        "text of column 0",
        "the text of column 0",
        "?",
        "%s",
        "staged",
        "*",
        "$1",
        "a;b",
        " lead",
        "line\nbreak"
      })
  void columnsMayBeNamedAnything(String name) {
    String quoted = Sql.name(name);
    String rows = "SELECT unnest([3, 1]) AS " + quoted + ", unnest(['x', NULL]) AS \"other\"";
    for (String ending : List.of("csv", "parquet", "json")) {
      TableSource source = Tables.open(Made.table(folder, "t." + ending, rows).toString());
      Rows read = Rows.of(source, List.of(name, name), List.of(name, "other", "other"));

      assertThat(source.schema().columns().stream().map(Column::name))
          .containsExactly(name, "other");
      assertThat(read.numbers()).allMatch(n -> n.equals(List.of(3.0, 1.0)));
      assertThat(read.categories().get(0)).containsExactly("3", "1");
      assertThat(read.categories().get(1)).containsExactly("x", null);
      ScanRequest where = new ScanRequest(List.of(name), List.of(), quoted + " > 2");
      assertThat(Rows.of(source, where).numbers().get(0)).containsExactly(3.0);
    }
  }

  @Test
  void namesThatComeTwiceGetANumber() {
    Path csv = Made.text(folder, "t.csv", "a,A,a,,\n1,2,3,4,5\n");
    TableSource source = Tables.csv(csv);

    assertThat(source.schema().columns().stream().map(Column::name))
        .containsExactly("a", "A_1", "a_2", "column3", "column4");
    assertThat(Rows.numbers(source, "A_1")).containsExactly(2.0);
    assertThat(Rows.numbers(source, "a_2")).containsExactly(3.0);
    assertThat(Rows.numbers(source, "column4")).containsExactly(5.0);
  }

  @Test
  void namesThatDifferInCaseOnlyAreToldApartInParquetAndJsonToo() {
    Path json = Made.text(folder, "t.json", "{\"a\": 1, \"A\": 2}\n");

    assertThat(Tables.json(json).schema().columns()).hasSize(2);
    assertThat(Rows.numbers(Tables.json(json), "a")).containsExactly(1.0);
    TableSource source = Tables.query("SELECT 1 AS a, 2 AS \"A\"", "a");
    assertThat(source.schema().columns()).hasSize(2);
    assertThat(Rows.numbers(source, source.schema().columns().get(1).name())).containsExactly(2.0);
  }

  @Test
  void columnsAreFoundWhateverTheCase() {
    TableSource source = Tables.csv(Made.text(folder, "t.csv", "Delay\n7\n"));

    assertThat(Rows.numbers(source, "delay")).containsExactly(7.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "it's", "a[1]", "a*", "a?", "ü", "[", "a]b", "100%", "a;b", "{x,y}"})
  void filesMayBeNamedAnything(String name) {
    for (String ending : List.of("csv", "parquet", "json")) {
      Made.table(folder, "plain." + ending, "SELECT 1 AS a");
      Path odd = folder.resolve(name + "." + ending);
      try {
        Files.move(folder.resolve("plain." + ending), odd);
      } catch (IOException e) {
        throw new AssertionError(e);
      }

      assertThat(Rows.numbers(Tables.open(odd.toString()), "a")).containsExactly(1.0);
    }
  }

  @Test
  void foldersNamedColumnEqualsValueAddAColumn() throws IOException {
    for (String store : List.of("007", "12")) {
      Path partition = Files.createDirectory(folder.resolve("store=" + store));
      for (String ending : List.of("csv", "parquet", "json")) {
        Made.table(partition, "t." + ending, "SELECT 1 AS a");
      }
    }
    for (String ending : List.of("csv", "parquet", "json")) {
      TableSource source = Tables.open(folder + "/store=*/*." + ending);

      assertThat(Rows.texts(source, "store")).containsExactly("007", "12");
      assertThat(Rows.numbers(source, "a")).containsExactly(1.0, 1.0);
    }
  }

  @Test
  void globsReachIntoFolders() throws IOException {
    for (String part : List.of("b/1.csv", "a/2.csv", "a/10.csv", "a/c/3.csv", "x.csv")) {
      Files.createDirectories(folder.resolve(part).getParent());
      Made.text(folder, part, "file\n" + part + "\n");
    }

    assertThat(Rows.texts(Tables.csv(folder.resolve("**/*.csv")), "file"))
        .containsExactly("a/10.csv", "a/2.csv", "a/c/3.csv", "b/1.csv", "x.csv");
    assertThat(Rows.texts(Tables.csv(folder.resolve("[ab]/?.csv")), "file"))
        .containsExactly("a/2.csv", "b/1.csv");
  }
}
