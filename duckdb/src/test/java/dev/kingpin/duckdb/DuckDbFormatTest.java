package dev.kingpin.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.InputException;
import dev.kingpin.data.ReadOptions;
import dev.kingpin.data.ScanRequest;
import dev.kingpin.data.TableSource;
import dev.kingpin.data.TableSources;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckDbFormatTest {
  @TempDir Path folder;

  @Test
  void isFoundByTheDoorToAllFormats() {
    Path file = Made.text(folder, "t.csv", "a\n1\n");
    TableSource source = TableSources.open(file.toString(), ReadOptions.defaults());

    assertThat(source.schema().table()).isEqualTo("t.csv");
    assertThat(Rows.numbers(source, "a")).containsExactly(1.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t.csv",
        "t.CSV",
        "t.tsv",
        "t.csv.gz",
        "t.parquet",
        "t.json",
        "t.jsonl",
        "t.ndjson",
        "t.json.gz"
      })
  void knowsAFileByItsEnding(String name) {
    Path file = Made.table(folder, name, "SELECT 1 AS a, 'x' AS b");
    TableSource source = Tables.open(file.toString());

    assertThat(Rows.numbers(source, "a")).containsExactly(1.0);
    assertThat(Rows.texts(source, "b")).containsExactly("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 AS a ORDER BY a",
        "  select 1 as a order by all ; ",
        "FROM (SELECT 1 AS a) ORDER BY a -- as it is",
        "WITH t AS (SELECT 1 AS a) SELECT a FROM t ORDER BY 1 LIMIT 5",
        "SELECT 1 AS a UNION ALL SELECT 1 ORDER BY 1",
      })
  void knowsAQueryByItsFirstWord(String sql) {
    TableSource source = Tables.open(sql);

    assertThat(source.schema().table()).isEqualTo("the query");
    assertThat(Rows.numbers(source, "a")).startsWith(1.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.xlsx", "parquet", "from", "http://example.com/", "selected.txt", ""})
  void leavesOtherLocationsToOtherFormats(String location) {
    assertThat(new DuckDbFormat().open(location, ReadOptions.defaults())).isEmpty();
    assertThatThrownBy(() -> Tables.open(location))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Cannot tell what kind of table this is")
        .hasMessageContaining("Maybe");
  }

  @Test
  void readsTablesOfDatabaseFiles() {
    String file = folder.resolve("d.duckdb").toString();
    Made.sql(
        "ATTACH " + Sql.text(file) + " AS db",
        "CREATE TABLE db.flights AS SELECT 7 AS a",
        "CREATE SCHEMA db.more",
        "CREATE TABLE db.more.\"odd name\" AS SELECT 8 AS a");

    assertThat(Rows.numbers(Tables.open(file + "::flights"), "a")).containsExactly(7.0);
    assertThat(Rows.numbers(Tables.open(file + "::more.odd name"), "a")).containsExactly(8.0);
    assertThatThrownBy(() -> Tables.open(file + "::flight"))
        .isInstanceOf(InputException.class)
        .hasMessage("There is no table (flight) in d.duckdb. Maybe you meant (flights)?");
    assertThatThrownBy(() -> Tables.open(folder.resolve("none.duckdb") + "::t"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("There is no file");
  }

  @Test
  void twoReadersShareADatabaseFile() {
    String file = folder.resolve("d.duckdb").toString();
    Made.sql("ATTACH " + Sql.text(file) + " AS db", "CREATE TABLE db.t AS SELECT 7 AS a");
    TableSource first = Tables.open(file + "::t");
    try (var scan = first.scan(new ScanRequest(List.of("a"), List.of(), null))) {
      assertThat(Rows.numbers(Tables.open(file + "::t"), "a")).containsExactly(7.0);
      assertThat(scan.expectedRows()).isEqualTo(1);
    }
  }

  @Test
  void queriesNeverWrite() {
    String file = folder.resolve("x.csv").toString();

    assertThatThrownBy(() -> Tables.open("FROM (COPY (SELECT 1) TO '" + file + "') ORDER BY 1"))
        .isInstanceOf(InputException.class);
    assertThat(Path.of(file)).doesNotExist();
  }

  @Test
  void nothingIsFetchedFromTheNetwork() {
    assertThatThrownBy(() -> Tables.open("FROM 'https://example.com/x.parquet' ORDER BY ALL"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("httpfs");
  }
}
