package dev.kingpin.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.InputException;
import dev.kingpin.data.TableSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each SQL type reads as one of four column types, as a number and as a category. */
class ColumnTypesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "CAST(-7 AS TINYINT)                     | NUMBER   | -7                | -7",
        "CAST(300 AS SMALLINT)                   | NUMBER   | 300               | 300",
        "CAST(7 AS INTEGER)                      | NUMBER   | 7                 | 7",
        "CAST(9007199254740992 AS BIGINT)        | NUMBER   | 9007199254740992  | 9007199254740992",
        "CAST(170141183460469 AS HUGEINT)        | NUMBER   | 170141183460469   | 170141183460469",
        "CAST(200 AS UTINYINT)                   | NUMBER   | 200               | 200",
        "CAST(60000 AS USMALLINT)                | NUMBER   | 60000             | 60000",
        "CAST(4000000000 AS UINTEGER)            | NUMBER   | 4000000000        | 4000000000",
        "CAST(18446744073709551615 AS UBIGINT)   | NUMBER   | 18446744073709551615 | 18446744073709551615",
        "CAST(5 AS UHUGEINT)                     | NUMBER   | 5                 | 5",
        "CAST(12345 AS BIGNUM)                   | NUMBER   | 12345             | 12345",
        "CAST(1.50 AS DECIMAL(9,2))              | NUMBER   | 1.5               | 1.5",
        "CAST(3 AS DECIMAL(30,4))                | NUMBER   | 3                 | 3",
        "CAST(0.5 AS FLOAT)                      | NUMBER   | 0.5               | 0.5",
        "CAST(7 AS DOUBLE)                       | NUMBER   | 7                 | 7",
        "CAST('-0' AS DOUBLE)                    | NUMBER   | -0.0              | 0",
        "CAST(1e300 AS DOUBLE)                   | NUMBER   | 1e300             | 1e+300",
        "CAST('inf' AS DOUBLE)                   | NUMBER   | Infinity          | inf",
        "CAST('nan' AS DOUBLE)                   | NUMBER   | NaN               | -",
        "CAST('nan' AS FLOAT)                    | NUMBER   | NaN               | -",
        "CAST(NULL AS INTEGER)                   | NUMBER   | NaN               | -",
        "true                                    | BOOLEAN  | 1                 | true",
        "false                                   | BOOLEAN  | 0                 | false",
        "CAST(NULL AS BOOLEAN)                   | BOOLEAN  | NaN               | -",
        "DATE '2020-02-29'                       | DATETIME | 1582934400000000  | 2020-02-29",
        "CAST('infinity' AS DATE)                | DATETIME | NaN               | infinity",
        "TIMESTAMP '1969-12-31 23:59:59.5'       | DATETIME | -500000           | 1969-12-31 23:59:59.5",
        "TIMESTAMPTZ '2020-01-01 02:00:00+02'    | DATETIME | 1577836800000000  | 2020-01-01 00:00:00+00",
        "TIMESTAMP_S '2020-01-01 00:00:01'       | DATETIME | 1577836801000000  | 2020-01-01 00:00:01",
        "TIMESTAMP_MS '2020-01-01 00:00:00.001'  | DATETIME | 1577836800001000  | 2020-01-01 00:00:00.001",
        "TIMESTAMP_NS '2020-01-01 00:00:00.000002' | DATETIME | 1577836800000002 | 2020-01-01 00:00:00.000002",
        "TIME '10:00:00'                         | DATETIME | 36000000000       | 10:00:00",
        "'a''b'                                  | TEXT     | *                 | a'b",
        "''                                      | TEXT     | *                 | ``",
        "CAST('on' AS ENUM('on', 'off'))         | TEXT     | *                 | on",
        "UUID 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' | TEXT | *                 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "BLOB '\\xAA'                            | TEXT     | *                 | \\xAA",
        "INTERVAL 1 MONTH                        | TEXT     | *                 | 1 month",
      })
  void readsAs(String sql, ColumnType type, String number, String text) {
    TableSource source = Tables.query("SELECT " + sql + " AS c", "c");

    assertThat(source.schema().columns()).containsExactly(new Column("c", type));
    assertThat(Rows.texts(source, "c")).containsExactly(text);
    if (!number.equals("*")) {
      assertThat(Rows.numbers(source, "c")).containsExactly(Double.valueOf(number));
    }
  }

  @Test
  void categoriesSortByTheirOwnTypeAndNullIsNoneOfThem() {
    TableSource source =
        Tables.query(
            "SELECT * FROM (VALUES (10, '10', DATE '2020-10-01', 1), (9, '9', DATE '2020-09-01', 2),"
                + " (NULL, NULL, NULL, 3), (-1, 'é', DATE '1999-01-01', 4),"
                + " (10, 'Z', DATE '2020-10-01', 5)) t(n, s, d, id)",
            "id");
    Rows rows = Rows.of(source, List.of(), List.of("n", "s", "d", "n"));

    assertThat(rows.dictionaries().get(0).values()).containsExactly("-1", "9", "10");
    assertThat(rows.dictionaries().get(1).values()).containsExactly("10", "9", "Z", "é");
    assertThat(rows.dictionaries().get(2).values())
        .containsExactly("1999-01-01", "2020-09-01", "2020-10-01");
    assertThat(rows.categories().get(0)).containsExactly("10", "9", null, "-1", "10");
    assertThat(rows.categories().get(1)).containsExactly("10", "9", null, "é", "Z");
    assertThat(rows.categories().get(3)).isEqualTo(rows.categories().get(0));
  }

  @Test
  void enumsSortByTheirBytesLikeTheTextsTheyStandFor() {
    TableSource source =
        Tables.query("SELECT unnest(['b', 'a'])::ENUM('b', 'a') AS e, 1 AS one", "one");

    assertThat(Rows.of(source, List.of(), List.of("e")).dictionaries().get(0).values())
        .containsExactly("a", "b");
  }

  @Test
  void zerosOfBothSignsAreOneCategory() {
    TableSource source =
        Tables.query("SELECT unnest(['0', '-0'])::DOUBLE AS z, unnest([1, 2]) AS id", "id");

    assertThat(Rows.texts(source, "z")).containsExactly("0", "0");
  }

  @Test
  void numbersMayStandInTextColumnsButWordsMayNot() {
    Path file =
        Made.table(
            folder, "t.parquet", "SELECT unnest(['1.5', NULL, 'NA', '2']) AS s, 'x' AS word");
    TableSource source = Tables.parquet(file);

    assertThat(Rows.numbers(source, "s")).containsExactly(1.5, Double.NaN, Double.NaN, 2.0);
    assertThatThrownBy(() -> Rows.numbers(source, "word"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Column (word) of t.parquet is not a number everywhere")
        .hasMessageContaining("row 1 holds (x)")
        .hasMessageContaining("Maybe");
  }

  @Test
  void nestedColumnsAreLeftOutAndSaidWhy() {
    Path file =
        Made.table(
            folder,
            "n.parquet",
            "SELECT 1 AS a, [1, 2] AS list, {'x': 1} AS struct, MAP {'k': 1} AS map");
    TableSource source = Tables.parquet(file);

    assertThat(source.schema().columns()).containsExactly(new Column("a", ColumnType.NUMBER));
    assertThatThrownBy(() -> Rows.texts(source, "list"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Column (list) of n.parquet is of type INTEGER[]")
        .hasMessageContaining("Maybe");
  }

  @Test
  void aTableOfListsAloneIsRefused() {
    Path file = Made.table(folder, "n.parquet", "SELECT [1] AS list");

    assertThatThrownBy(() -> Tables.parquet(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("n.parquet has no column that Kingpin can read");
  }
}
