package dev.kingpin.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.InputException;
import dev.kingpin.data.RowWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableWritersTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("key", ColumnType.TEXT),
          new Column("rows", ColumnType.NUMBER),
          new Column("metric", ColumnType.NUMBER));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "t.csv  | key,rows,metric;007,5,0.5;,6,;",
        "t.tsv  | key\trows\tmetric;007\t5\t0.5;\t6\t;",
        "t.json | {\"key\":\"007\",\"rows\":5,\"metric\":0.5};{\"key\":null,\"rows\":6,\"metric\":null};",
      })
  void writesRowsInTheirOrder(String name, String content) {
    Path file = folder.resolve(name);
    write(file);

    assertThat(file).hasContent(content.replace(';', '\n'));
  }

  @Test
  void writesParquetToo() {
    Path file = folder.resolve("t.parquet");
    write(file);

    assertThat(Made.rows("FROM '" + file + "'"))
        .containsExactly(List.of("007", "5", "0.5"), java.util.Arrays.asList(null, "6", null));
  }

  private static void write(Path file) {
    try (RowWriter writer = TableWriters.write(file, COLUMNS)) {
      @Nullable String[] keys = {"007", null};
      double[] metrics = {0.5, Double.NaN};
      writer.append(1, new Object[] {keys, new long[] {5, 6}, metrics});
      writer.append(
          1,
          new Object[] {new @Nullable String[] {null}, new long[] {6}, new double[] {metrics[1]}});
      writer.finish();
    }
  }

  @Test
  void aTableMayHaveNoRows() {
    Path file = folder.resolve("t.csv");
    try (RowWriter writer = TableWriters.write(file, COLUMNS)) {
      writer.finish();
    }

    assertThat(file).hasContent("key,rows,metric\n");
  }

  @Test
  void columnsOfTheSameNameAreRefused() {
    Column key = COLUMNS.get(0);

    assertThatThrownBy(() -> TableWriters.write(folder.resolve("t.csv"), List.of(key, key)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Column (key) cannot be added: there is one of that name");
  }
}
