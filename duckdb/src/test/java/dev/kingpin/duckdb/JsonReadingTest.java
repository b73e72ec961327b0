package dev.kingpin.duckdb;

import static dev.kingpin.data.ColumnType.BOOLEAN;
import static dev.kingpin.data.ColumnType.DATETIME;
import static dev.kingpin.data.ColumnType.NUMBER;
import static dev.kingpin.data.ColumnType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.Column;
import dev.kingpin.data.TableSource;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReadingTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2.5, \"b\": null}\n",
        "[{\"a\": 1, \"b\": \"x\"}, {\"a\": 2.5}]",
        "{\"a\": 1,\n \"b\": \"x\"}\n{\"a\":\n 2.5}",
      })
  void objectsMayComeALineOrInAnArray(String json) {
    TableSource source = Tables.json(Made.text(folder, "t.json", json));
    Rows rows = Rows.of(source, List.of("a"), List.of("b"));

    assertThat(source.schema().columns())
        .containsExactly(new Column("a", NUMBER), new Column("b", TEXT));
    assertThat(rows.numbers().get(0)).containsExactly(1.0, 2.5);
    assertThat(rows.categories().get(0)).containsExactly("x", null);
  }

  @Test
  void columnsAndTypesComeFromAllObjects() {
    String json = "{\"a\": 1}\n".repeat(50_000) + "{\"a\": 1.5, \"z\": true}\n";
    TableSource source = Tables.open(Made.text(folder, "t.jsonl", json).toString());

    assertThat(source.schema().columns())
        .containsExactly(new Column("a", NUMBER), new Column("z", BOOLEAN));
    assertThat(Rows.numbers(source, "a")).hasSize(50_001).endsWith(1.5);
  }

  @Test
  void textsOfIsoTimesAreTimesAndOtherTextsStayTexts() {
    String json =
        """
        {"d": "1970-01-02", "t": "1970-01-01T01:00:00+01:00", "s": "007", "m": 1, "o": null}
        {"d": "1970-01-03", "t": "1970-01-01T00:00:01Z", "s": "008", "m": "007", "o": null}
        """;
    TableSource source = Tables.json(Made.text(folder, "t.json", json));

    assertThat(source.schema().columns().stream().map(Column::type))
        .containsExactly(DATETIME, DATETIME, TEXT, NUMBER, NUMBER);
    assertThat(Rows.numbers(source, "d")).containsExactly(86_400e6, 172_800e6);
    assertThat(Rows.numbers(source, "t")).containsExactly(0.0, 1e6);
    assertThat(Rows.texts(source, "s")).containsExactly("007", "008");
    assertThat(Rows.texts(source, "m")).containsExactly("1", "007");
    assertThat(Rows.numbers(source, "o")).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void wideObjectsHaveColumnsNotAMap() {
    String object =
        IntStream.range(0, 300)
            .mapToObj(i -> "\"c" + i + "\": " + i)
            .collect(Collectors.joining(",", "{", "}\n"));
    TableSource source = Tables.json(Made.text(folder, "t.json", object.repeat(3)));

    assertThat(source.schema().columns()).hasSize(300);
    assertThat(Rows.numbers(source, "c299")).containsExactly(299.0, 299.0, 299.0);
  }

  @Test
  void nestedPartsAreLeftOut() {
    Path file = Made.text(folder, "t.json", "{\"a\": 1, \"n\": {\"x\": 1}, \"l\": [1, 2]}");

    assertThat(Tables.json(file).schema().columns()).containsExactly(new Column("a", NUMBER));
  }
}
