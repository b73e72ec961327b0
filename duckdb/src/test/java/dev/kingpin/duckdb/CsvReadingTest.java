package dev.kingpin.duckdb;

import static dev.kingpin.data.ColumnType.BOOLEAN;
import static dev.kingpin.data.ColumnType.DATETIME;
import static dev.kingpin.data.ColumnType.NUMBER;
import static dev.kingpin.data.ColumnType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.InputException;
import dev.kingpin.data.ScanRequest;
import dev.kingpin.data.Schema;
import dev.kingpin.data.TableSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvReadingTest {
  private static final double NA = Double.NaN;

  @TempDir Path folder;

  static Stream<Arguments> columns() {
    return Stream.of(
        Arguments.of("whole numbers", "1\n-2\n+3", NUMBER, List.of(1.0, -2.0, 3.0)),
        Arguments.of(
            "numbers of all kinds", "1\n2.5\n1e3\n.5", NUMBER, List.of(1.0, 2.5, 1000.0, 0.5)),
        Arguments.of("empty means missing", "1,\n,", NUMBER, List.of(1.0, NA)),
        Arguments.of(
            "words that mean missing",
            "1\nNA\nn/a\nnull\nNone\n?\n-\n.\nNaN",
            NUMBER,
            List.of(1.0, NA, NA, NA, NA, NA, NA, NA, NA)),
        Arguments.of(
            "infinite numbers",
            "inf\n-Infinity",
            NUMBER,
            List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)),
        Arguments.of("padded numbers are numbers", "007\n010", NUMBER, List.of(7.0, 10.0)),
        Arguments.of("nothing at all", ",\n,", NUMBER, List.of(NA, NA)),
        Arguments.of("truth values", "true\nFALSE\nNA", BOOLEAN, List.of(1.0, 0.0, NA)),
        Arguments.of("one letter is no truth value", "t\nf", TEXT, List.of()),
        Arguments.of("dates", "1970-01-02\n1969-12-31", DATETIME, List.of(86_400e6, -86_400e6)),
        Arguments.of(
            "timestamps",
            "1970-01-01 00:00:01\n1970-01-01T00:00:00.5",
            DATETIME,
            List.of(1e6, 0.5e6)),
        Arguments.of(
            "dates and timestamps",
            "1970-01-02\n1970-01-01 00:00:01\nNA",
            DATETIME,
            List.of(86_400e6, 1e6, NA)),
        Arguments.of(
            "offsets from UTC",
            "1970-01-01 00:00:00Z\n1970-01-01 02:00:00+02\n1970-01-01 00:00:00-01:30",
            DATETIME,
            List.of(0.0, 0.0, 5_400e6)),
        Arguments.of("times", "00:00:01\n01:00", DATETIME, List.of(1e6, 3_600e6)),
        Arguments.of("dates of other orders are text", "13/02/2020\n01/02/2020", TEXT, List.of()),
        Arguments.of("one word makes text", "1\n2\nthree", TEXT, List.of()),
        Arguments.of("numbers and dates are text", "1\n2020-01-01", TEXT, List.of()),
        Arguments.of("decimal commas are text", "\"1,5\"\n\"2,5\"", TEXT, List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("columns")
  void reads(String claim, String values, ColumnType type, List<Double> numbers) {
    StringBuilder csv = new StringBuilder("c,row\n");
    values.lines().forEach(v -> csv.append(v.replaceAll(",$", "")).append(",1\n"));
    TableSource source = Tables.csv(Made.text(folder, "t.csv", csv.toString()));

    assertThat(source.schema().get("c")).isEqualTo(new Column("c", type));
    if (type != TEXT) {
      assertThat(Rows.numbers(source, "c")).isEqualTo(numbers);
    }
  }

  /** The first rows say number; what comes later counts as much. */
  @ParameterizedTest
  @MethodSource("late")
  void typesDoNotDependOnTheFirstRows(String first, String late, ColumnType type) {
    String csv = "c,row\n" + (first + ",1\n").repeat(50_000) + late + ",1\n";
    TableSource source = Tables.csv(Made.text(folder, "t.csv", csv));

    assertThat(source.schema().get("c").type()).isEqualTo(type);
    assertThat(Rows.texts(source, "c")).hasSize(50_001).endsWith(late);
  }

  static Stream<Arguments> late() {
    return Stream.of(
        Arguments.of("1", "1.5", NUMBER),
        Arguments.of("1", "NA", NUMBER),
        Arguments.of("1", "many", TEXT),
        Arguments.of("", "2.5", NUMBER),
        Arguments.of("", "2020-01-01", DATETIME),
        Arguments.of("", "true", BOOLEAN),
        Arguments.of("NA", "word", TEXT),
        Arguments.of("2020-01-01", "2020-01-01 10:00:00", DATETIME),
        Arguments.of("2020-01-01", "soon", TEXT),
        Arguments.of("true", "maybe", TEXT));
  }

  @Test
  void aColumnReadsTheSameAmongAThousand() {
    List<Arguments> kinds = late().toList();
    StringBuilder csv = new StringBuilder("c0");
    IntStream.range(1, 1000).forEach(c -> csv.append(",c").append(c));
    for (int row = 0; row < 3; row++) {
      for (int c = 0; c < 1000; c++) {
        csv.append(c == 0 ? '\n' : ',').append(kinds.get(c % kinds.size()).get()[row / 2]);
      }
    }
    Schema schema = Tables.csv(Made.text(folder, "t.csv", csv.append('\n').toString())).schema();

    for (int c = 0; c < 1000; c++) {
      assertThat(schema.get("c" + c).type()).isEqualTo(kinds.get(c % kinds.size()).get()[2]);
    }
  }

  @Test
  void aLateFractionIsNotRounded() {
    String csv = "c,row\n" + "1,1\n".repeat(50_000) + "1.5,1\n";

    assertThat(Rows.numbers(Tables.csv(Made.text(folder, "t.csv", csv)), "c")).endsWith(1.5);
  }

  @Test
  void aQuotedValueMayComeLateAndHoldAnything() {
    String csv = "a,b\n" + "1,x\n".repeat(50_000) + "2,\"p,\"\"q\"\"\nr\"\n";

    assertThat(Rows.texts(Tables.csv(Made.text(folder, "t.csv", csv)), "b"))
        .hasSize(50_001)
        .endsWith("p,\"q\"\nr");
  }

  @Test
  void categoriesAreReadAsTheyAreWritten() {
    Path file = Made.text(folder, "t.csv", "id,x\n007,1\n12,2\n7,3\nNA,4\n,5\n 7,6\n");
    Rows rows = Rows.of(Tables.csv(file), List.of("id"), List.of("id"));

    assertThat(rows.categories().get(0)).containsExactly("007", "12", "7", "NA", null, " 7");
    assertThat(rows.dictionaries().get(0).values()).containsExactly(" 7", "007", "12", "7", "NA");
    assertThat(rows.numbers().get(0)).containsExactly(7.0, 12.0, 7.0, NA, NA, 7.0);
  }

  @Test
  void conditionsSeeTypedColumns() {
    Path file = Made.text(folder, "t.csv", "id,d\n007,2020-01-01\n12,2021-01-01\n");

    assertThat(Rows.of(Tables.csv(file), where("id < 10")).numbers().get(0)).containsExactly(7.0);
    assertThat(Rows.of(Tables.csv(file), where("year(d) = 2021")).numbers().get(0))
        .containsExactly(12.0);
  }

  private static ScanRequest where(String condition) {
    return new ScanRequest(List.of("id"), List.of(), condition);
  }

  static Stream<Arguments> layouts() {
    return Stream.of(
        Arguments.of("t.csv", "a,b\n1,x\n2,y\n"),
        Arguments.of("t.csv", "a,b\n1,x\n2,y"),
        Arguments.of("t.csv", "a,b\r\n1,x\r\n2,y\r\n"),
        Arguments.of("t.csv", "\uFEFFa,b\n1,x\n2,y\n"),
        Arguments.of("t.csv", "\uFEFFa,b\r\n1,x\r\n2,y\r\n"),
        Arguments.of("t.csv", "\"a\",\"b\"\n\"1\",\"x\"\n\"2\",\"y\"\n"),
        Arguments.of("t.csv", "a;b\n1;x\n2;y\n"),
        Arguments.of("t.csv", "a\tb\n1\tx\n2\ty\n"),
        Arguments.of("t.csv", "a|b\n1|x\n2|y\n"),
        Arguments.of("t.tsv", "a\tb\n1\tx\n2\ty\n"),
        Arguments.of("t.csv", "a,b\n1,x\n\n2,y\n"));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void layoutsDoNotMatter(String name, String content) {
    TableSource source = Tables.open(Made.text(folder, name, content).toString());

    assertThat(source.schema().columns())
        .containsExactly(new Column("a", NUMBER), new Column("b", TEXT));
    assertThat(Rows.numbers(source, "a")).containsExactly(1.0, 2.0);
    assertThat(Rows.texts(source, "b")).containsExactly("x", "y");
  }

  @Test
  void compressedFilesAreReadToo() throws IOException {
    Path file = folder.resolve("t.csv.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("a,b\n1,x\n2,y\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(Rows.texts(Tables.open(file.toString()), "b")).containsExactly("x", "y");
  }

  @Test
  void aHeaderAloneIsAnEmptyTable() {
    TableSource source = Tables.csv(Made.text(folder, "t.csv", "a,b\n"));
    Rows rows = Rows.of(source, List.of("a"), List.of("b"));

    assertThat(source.schema().columns())
        .containsExactly(new Column("a", NUMBER), new Column("b", NUMBER));
    assertThat(rows.numbers().get(0)).isEmpty();
    assertThat(rows.dictionaries().get(0).values()).isEmpty();
  }

  @Test
  void filesOfAGlobMayOrderTheirColumnsDifferentlyAndLackSome() {
    Made.text(folder, "p1.csv", "a,b\n1,x\n");
    Made.text(folder, "p2.csv", "b;a\ny;2.5\n");
    Made.text(folder, "p3.csv", "a\n3\n");
    Rows rows = Rows.of(Tables.csv(folder.resolve("p*.csv")), List.of("a"), List.of("b"));

    assertThat(rows.numbers().get(0)).containsExactly(1.0, 2.5, 3.0);
    assertThat(rows.categories().get(0)).containsExactly("x", "y", null);
  }

  @Test
  void aTextColumnAskedForAsNumbersTellsTheFirstWord() {
    String csv = "c,row\n" + "1,1\n".repeat(30_000) + "few,1\n";

    assertThatThrownBy(() -> Rows.numbers(Tables.csv(Made.text(folder, "t.csv", csv)), "c"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Column (c) of t.csv is not a number everywhere: row 30,001 holds (few). Maybe read it"
                + " as a category with --categorical, or leave such rows out with --where.");
  }
}
