package dev.kingpin.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.Chunk;
import dev.kingpin.data.ScanRequest;
import dev.kingpin.data.TableScan;
import dev.kingpin.data.TableSource;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows come in the order of the files, whatever the number of threads does. */
class RowOrderTest {
  private static final int ROWS = 400_000; // a file

  @TempDir static Path folder;

  /** Three files whose names sort as bytes in the order of their rows: 1, 10, 2. */
  @BeforeAll
  static void makeFiles() {
    int from = 0;
    for (String part : List.of("1", "10", "2")) {
      String rows =
          "SELECT i, 'k' || (i %% 7) AS k, i / 2 AS v FROM range(%d, %d) t(i)"
              .formatted(from, from + ROWS);
      Made.table(folder, "part-" + part + ".parquet", rows, ", ROW_GROUP_SIZE 30000");
      Made.table(folder, "part-" + part + ".csv", rows);
      Made.table(folder, "part-" + part + ".json", rows);
      from += ROWS;
    }
    Made.sql(
        "ATTACH '" + folder.resolve("db.duckdb") + "' AS db",
        "CREATE TABLE db.t AS SELECT i, 'k' || (i % 7) AS k FROM range(" + 3 * ROWS + ") t(i)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"part-*.parquet", "part-*.csv", "part-*.json", "db.duckdb::t"})
  void filesAreReadInTheByteOrderOfTheirNamesAndRowsInTheOrderOfTheirFiles(String name) {
    TableSource source = open(folder.resolve(name).toString());

    assertThat(readInOrder(source, null, 1)).isEqualTo(3 * ROWS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"part-*.parquet", "part-*.csv", "part-*.json", "db.duckdb::t"})
  void conditionsKeepTheOrder(String name) {
    TableSource source = open(folder.resolve(name).toString());

    assertThat(readInOrder(source, "i % 3 = 0", 3)).isEqualTo(ROWS);
  }

  @Test
  void aQueryComesInTheOrderItNames() {
    String files = "'" + folder + "/part-*.parquet'";

    assertThat(readInOrder(open("SELECT * FROM " + files + " ORDER BY i"), null, 1))
        .isEqualTo(3 * ROWS);
    assertThat(readInOrder(open("FROM " + files + " WHERE i % 2 = 0 ORDER BY i;"), null, 2))
        .isEqualTo(3 * ROWS / 2);
    assertThat(readInOrder(Tables.query("FROM " + files, "i"), "i % 4 = 0", 4))
        .isEqualTo(3 * ROWS / 4);
  }

  @Test
  void rowsThatTheOrderDoesNotTellApartAreOrderedByAllColumns() {
    TableSource source =
        Tables.query("SELECT 1 AS same, 5000 - i AS v FROM range(5000) t(i)", "same");

    assertThat(Rows.numbers(source, "v")).isSorted().hasSize(5000);
  }

  private static TableSource open(String location) {
    return new DuckDbFormat().open(location, Made.OPTIONS).orElseThrow();
  }

  /** Counts the rows after holding that column i goes up by steps and agrees with column k. */
  private static long readInOrder(TableSource source, @Nullable String where, int step) {
    ScanRequest request = new ScanRequest(List.of("i"), List.of("k"), where);
    long rows = 0;
    try (TableScan scan = source.scan(request)) {
      Chunk chunk = new Chunk(request);
      while (scan.next(chunk)) {
        for (int r = 0; r < chunk.rows(); r++, rows++) {
          long i = rows * step;
          if (chunk.number(0)[r] != i
              || !scan.dictionary(0).value(chunk.code(0)[r]).equals("k" + i % 7)) {
            throw new AssertionError("Row " + rows + " holds i = " + chunk.number(0)[r]);
          }
        }
      }
      assertThat(scan.expectedRows()).isEqualTo(rows);
    }
    return rows;
  }
}
