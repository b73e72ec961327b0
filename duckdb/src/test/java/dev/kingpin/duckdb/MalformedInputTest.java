package dev.kingpin.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kingpin.data.ColumnType;
import dev.kingpin.data.InputException;
import dev.kingpin.data.ScanRequest;
import dev.kingpin.data.TableSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read is refused in Kingpin's words. */
class MalformedInputTest {
  @TempDir Path folder;

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of(
            "short.csv",
            "a,b\n1,x\n2\n",
            "short.csv, line 3: 1 columns instead of the header's 2, in (2)"),
        Arguments.of(
            "long.csv",
            "a,b\n1,x\n2,y,z\n",
            "long.csv, line 3: 3 columns instead of the header's 2, in (2,y,z)"),
        Arguments.of(
            "late.csv",
            "a,b\n" + "1,x\n".repeat(60_000) + "2\n",
            "late.csv, line 60,002: 1 columns"),
        Arguments.of(
            "quote.csv", "a,b\n1,\"x\n2,y\n", "quote.csv, line 2: a double quote is not closed"),
        Arguments.of(
            "inner.csv", "a,b\n1,\"x\"y\n2,y\n", "inner.csv, line 2: a double quote is not closed"),
        Arguments.of("latin.csv", "a,b\n1,\u00e9\n", "latin.csv, line 2 is not in UTF-8"),
        Arguments.of("latin-header.csv", "a,\u00e9\n1,x\n", "latin-header.csv is not in UTF-8"),
        Arguments.of("empty.csv", "", "empty.csv starts with an empty line"),
        Arguments.of("blank.csv", "\na,b\n1,2\n", "blank.csv starts with an empty line"),
        Arguments.of("headless.csv", "1,2\n3,4\n", "The first line of headless.csv holds numbers"),
        Arguments.of("plain.csv.gz", "a,b\n1,2\n", "plain.csv.gz cannot be read"),
        Arguments.of(
            "csv.parquet", "a,b\n1,2\n3,4\n5,6\n7,8\n", "csv.parquet is no whole Parquet file"),
        Arguments.of("empty.parquet", "", "empty.parquet is no whole Parquet file"),
        Arguments.of(
            "cut.json", "{\"a\": 1}\n{\"a\": 2", "cut.json, about line 3: the JSON is broken"),
        Arguments.of("word.json", "hello", "word.json, about line 2: the JSON is broken"),
        Arguments.of("empty.json", "", "empty.json holds no JSON objects"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void refuses(String name, String content, String message) {
    boolean latin = name.startsWith("latin");
    byte[] bytes = content.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);

    assertRefused(Made.bytes(folder, name, bytes).toString(), message);
  }

  @Test
  void aParquetFileCutOffAnywhereIsRefused() throws IOException {
    byte[] whole =
        Files.readAllBytes(Made.table(folder, "t.parquet", "SELECT range AS a FROM range(99)"));
    for (int length = 1; length < whole.length; length += 37) {
      Path cut = Made.bytes(folder, "cut.parquet", Arrays.copyOf(whole, length));

      assertRefused(cut.toString(), "cut.parquet is no whole Parquet file");
    }
  }

  @Test
  void missingFilesAndFoldersAreRefusedWithAdvice() {
    Made.text(folder, "flights.csv", "a\n1\n");
    Made.text(folder, "data.parquet/part.parquet".replace('/', '-'), "");

    assertRefused(folder.resolve("flight.csv").toString(), "Maybe you meant (flights.csv)?");
    assertRefused("nowhere/nothing.csv", "There is no file (nowhere/nothing.csv)");
    assertRefused(folder + "/*.json", "No file matches");
    assertRefused(folder + "/none/**/x?.parquet", "No file matches");
  }

  @Test
  void aFolderIsRefusedWithTheGlobToUse() throws IOException {
    Path spark = Files.createDirectory(folder.resolve("out.parquet"));

    assertRefused(spark.toString(), "(" + spark + "/*.parquet)");
  }

  static Stream<Arguments> queries() {
    return Stream.of(
        Arguments.of("SELECT 1 AS a", "names no order"),
        Arguments.of("SELECT * FROM (SELECT 1 AS a ORDER BY a)", "names no order"),
        Arguments.of("FROM range(3)", "names no order"),
        Arguments.of("WITH t AS (SELECT 1 AS a) SELECT * FROM t", "names no order"),
        Arguments.of("SELECT FROM WHERE", "cannot be understood"),
        Arguments.of("SELECT 1 AS a ORDER BY a; DROP TABLE x", "cannot be understood"),
        Arguments.of("SELECT 1 AS a ORDER BY a; SELECT 2", "more than one statement"),
        Arguments.of(
            "SELECT b FROM (SELECT 1 AS a) ORDER BY b",
            "The query cannot be read: Referenced column \"b\""),
        Arguments.of(
            "FROM 'missing.parquet' ORDER BY 1", "The query cannot be read: No files found"));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void refusesQueries(String sql, String message) {
    assertRefused(sql, message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a >", "b = 1", "sum(a) > 1", "a = 'x'", "a = 1) OR (", "1; DROP TABLE t"})
  void wrongConditionsAreQuoted(String condition) {
    TableSource source = Tables.csv(Made.text(folder, "t.csv", "a\n1\n"));

    assertThatThrownBy(() -> Rows.of(source, new ScanRequest(List.of("a"), List.of(), condition)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("The condition (" + condition + ") does not fit t.csv: ")
        .hasMessageContaining("Maybe");
  }

  @Test
  void unknownColumnsAreRefusedWithTheNearestName() {
    TableSource source = Tables.csv(Made.text(folder, "t.csv", "delay\n1\n"));

    assertThatThrownBy(() -> Rows.numbers(source, "delai"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Maybe you meant (delay)?");
  }

  @Test
  void aFileThatChangedSinceItWasOpenedIsRefused() {
    Path file = Made.text(folder, "t.csv", "a\n1\n");
    TableSource source = Tables.csv(file);
    Made.text(folder, "t.csv", "a\nmore\n");

    assertThatThrownBy(() -> Rows.numbers(source, "a"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("t.csv changed while it was in use");
  }

  @ParameterizedTest
  @ValueSource(strings = {"md5((i % 5000)::VARCHAR)", "sqrt(i // 10)"})
  void aPageThatIsDamagedFarInsideEndsTheScanInsteadOfLosingRows(String value) throws IOException {
    String rows = "SELECT " + value + " AS a FROM range(1000000) t(i)";
    Path file = Made.table(folder, "t.parquet", rows, ", ROW_GROUP_SIZE 100000");
    byte[] bytes = Files.readAllBytes(file);
    int from = bytes.length * 8 / 10;
    Arrays.fill(bytes, from, from + 5000, (byte) 0x55);
    Files.write(file, bytes);
    TableSource source = Tables.parquet(file);
    boolean number = source.schema().get("a").type() == ColumnType.NUMBER;

    assertThatThrownBy(
            () ->
                Rows.of(
                    source, number ? List.of("a") : List.of(), number ? List.of() : List.of("a")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("t.parquet")
        .hasMessageContaining("Maybe");
    assertThatThrownBy(() -> Rows.texts(source, "a"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("t.parquet")
        .hasMessageContaining("Maybe");
  }

  private static void assertRefused(String location, String message) {
    InputException refusal =
        catchThrowableOfType(InputException.class, () -> Tables.open(location));

    assertThat(refusal).as(location).isNotNull();
    assertThat(refusal.getMessage()).contains(message).contains("Maybe");
    assertThat(refusal.getMessage())
        .doesNotContain("\n")
        .doesNotContain("LINE 1")
        .doesNotContain("Error:");
  }
}
