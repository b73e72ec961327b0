package dev.kingpin.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.InputException;
import dev.kingpin.data.RowWriter;
import dev.kingpin.data.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyTest {
  private static final Column SCORE = new Column("score", ColumnType.NUMBER);
  private static final Column WORD = new Column("word", ColumnType.TEXT);

  @TempDir Path in;
  @TempDir Path out;

  /** Rows as they come, each with its number and a word of it added. */
  @ParameterizedTest
  @CsvSource({
    "part-*.parquet, t.parquet",
    "part-*.parquet, t.csv",
    "part-*.parquet, t.json",
    "part-*.csv, t.csv",
    "part-*.csv, t.csv.gz",
    "part-*.csv, t.parquet",
    "part-*.csv, t.tsv",
    "part-*.json, t.jsonl",
    "part-*.json, t.parquet",
    "query, t.parquet",
    "db.duckdb::t, t.parquet",
  })
  void everyRowKeepsItsPlaceAndItsAddedValues(String from, String to) {
    int rows = 520_000;
    TableSource source = Tables.open(make(from, rows));
    Path file = out.resolve(to);
    try (RowWriter writer = source.copyTo(file, List.of(SCORE, WORD))) {
      int block = 7_777;
      for (int row = 0; row < rows; row += block) {
        append(writer, row, Math.min(block, rows - row));
      }
      writer.finish();
    }

    String read = "(FROM " + reader(file) + ")";
    String wrong =
        "SELECT count(*), count(*) FILTER (i <> n - 1 OR k <> 'k' || (i % 7) OR score <> i * 0.5"
            + " OR word IS DISTINCT FROM CASE WHEN i % 5 = 0 THEN NULL ELSE 'w' || i END)"
            + " FROM (SELECT *, row_number() OVER () AS n FROM "
            + read
            + ")";
    assertThat(Made.rows(wrong).get(0)).containsExactly(Integer.toString(rows), "0");
    assertThat(Made.rows("SELECT column_name FROM (DESCRIBE " + read + ")"))
        .containsExactly(List.of("i"), List.of("k"), List.of("score"), List.of("word"));
    assertThat(files(out)).containsExactly(to);
  }

  /** The condition speaks of columns as they are read, the copy keeps them as they are written. */
  @ParameterizedTest
  @CsvSource({
    "part-*.parquet, t.parquet",
    "part-*.csv, t.csv",
    "part-*.csv, t.parquet",
    "part-*.json, t.jsonl",
    "query, t.parquet",
    "db.duckdb::t, t.parquet",
  })
  void onlyRowsThatMeetTheConditionAreCopied(String from, String to) {
    TableSource source = Tables.open(make(from, 520_000));
    Path file = out.resolve(to);
    int kept = 520_000 / 13;
    try (RowWriter writer = source.copyTo(file, List.of(SCORE), "i % 13 = 5 -- of each")) {
      double[] scores = new double[kept];
      for (int row = 0; row < kept; row++) {
        scores[row] = 13 * row + 5;
      }
      writer.append(kept, new Object[] {scores});
      writer.finish();
    }
    String wrong =
        "SELECT count(*), count(*) FILTER (i <> score OR i <> 13 * (n - 1) + 5 OR k <> 'k' || (i %"
            + " 7)) FROM (SELECT *, row_number() OVER () AS n FROM "
            + reader(file)
            + ")";
    assertThat(Made.rows(wrong).get(0)).containsExactly(Integer.toString(kept), "0");
  }

  @Test
  void aConditionOnTheTypedValuesKeepsTheTextsOfTheFile() throws IOException {
    Path file = in.resolve("t.csv");
    Files.writeString(file, "k,x,rows,holds\n007,1.50,a,b\n008,NA,c,d\n009,10,e,f\n");
    Path copy = out.resolve("u.csv");
    try (RowWriter writer =
        Tables.csv(file).copyTo(copy, List.of(SCORE), "x > 1.2 OR rows = 'c'")) {
      writer.append(3, new Object[] {new double[] {1, 2, 3}});
      writer.finish();
    }
    assertThat(Files.readAllLines(copy))
        .containsExactly(
            "k,x,rows,holds,score", "007,1.50,a,b,1.0", "008,NA,c,d,2.0", "009,10,e,f,3.0");
  }

  private String make(String name, int rows) {
    String all = "SELECT i, 'k' || (i % 7) AS k FROM range(" + rows + ") t(i)";
    if (name.equals("query")) {
      return all + " ORDER BY i";
    }
    if (name.startsWith("db.")) {
      Path database = in.resolve("db.duckdb");
      Made.sql("ATTACH " + Sql.text(database.toString()) + " AS db", "CREATE TABLE db.t AS " + all);
      return in.resolve(name).toString();
    }
    for (int part = 0; part < 4; part++) {
      String some = " WHERE i BETWEEN %d AND %d";
      String file = name.replace("*", Integer.toString(part));
      Made.table(in, file, all + some.formatted(part * rows / 4, (part + 1) * rows / 4 - 1));
    }
    return in.resolve(name).toString();
  }

  private static void append(RowWriter writer, int from, int count) {
    double[] scores = new double[count + 3];
    @Nullable String[] words = new @Nullable String[count + 3];
    for (int r = 0; r < count; r++) {
      scores[r] = (from + r) * 0.5;
      words[r] = (from + r) % 5 == 0 ? null : "w" + (from + r);
    }
    writer.append(count, new Object[] {scores, words});
  }

  private static String reader(Path file) {
    String name = Sql.text(file.toString());
    return file.toString().contains(".tsv") ? "read_csv(" + name + ", delim = '\t')" : name;
  }

  @Test
  void copiesOfCsvKeepEveryTextAsItIs() throws IOException {
    String csv = "id,x,d,t\n007,1.10,2020-01-02,\"a,\"\"b\"\"\"\n010,NA,,\n";
    TableSource source = Tables.csv(Made.text(in, "t.csv", csv));

    assertThat(Files.readString(copy(source, "u.csv", 2)))
        .isEqualTo("id,x,d,t,score\n007,1.10,2020-01-02,\"a,\"\"b\"\"\",0.0\n010,NA,,,\n");
  }

  @Test
  void csvGetsTypesInParquetButPaddedNumbersStayTexts() {
    String csv =
        "id,whole,part,day,at,flag,text\n007,1,1.5,2020-01-02,2020-01-02 10:00:00,true,x\n";
    Path file = copy(Tables.csv(Made.text(in, "t.csv", csv)), "u.parquet", 1);

    assertThat(
            Made.rows("SELECT column_type FROM (DESCRIBE FROM '" + file + "')").stream()
                .map(r -> r.get(0)))
        .containsExactly(
            "VARCHAR", "BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "BOOLEAN", "VARCHAR", "DOUBLE");
  }

  @Test
  void columnsThatKingpinCannotReadAreCopied() {
    Path file = Made.table(in, "t.parquet", "SELECT 1 AS a, [1, 2] AS list");

    assertThat(
            Made.rows(
                "SELECT list[2], score FROM '" + copy(Tables.parquet(file), "u.parquet", 1) + "'"))
        .containsExactly(List.of("2", "0.0"));
  }

  @Test
  void aTableMayBeReplacedByItsOwnCopy() {
    Path file = Made.text(in, "t.csv", "a\n1\n2\n");
    try (RowWriter writer = Tables.csv(file).copyTo(file, List.of(SCORE))) {
      writer.append(2, new Object[] {new double[] {5, Double.NaN}});
      writer.finish();
    }

    assertThat(file).hasContent("a,score\n1,5.0\n2,\n");
    assertThat(files(in)).containsExactly("t.csv");
  }

  @Test
  void allKindsOfAddedColumnsAreWritten() {
    Path file = Made.text(in, "t.csv", "a\n1\n2\n");
    List<Column> added =
        List.of(
            new Column("whole", ColumnType.NUMBER),
            new Column("flag", ColumnType.BOOLEAN),
            new Column("at", ColumnType.DATETIME),
            new Column("odd \"name\"", ColumnType.TEXT));
    try (RowWriter writer = Tables.csv(file).copyTo(out.resolve("u.csv"), added)) {
      double[] flags = {1, Double.NaN};
      double[] times = {0, Double.NaN};
      writer.append(2, new Object[] {new long[] {3, 4}, flags, times, new String[] {"x,y", ""}});
      writer.finish();
    }

    assertThat(out.resolve("u.csv"))
        .hasContent(
            "a,whole,flag,at,\"odd \"\"name\"\"\"\n1,3,true,1970-01-01 00:00:00,\"x,y\"\n2,4,,,\"\"\n");
  }

  @Test
  void anEmptyTableCanBeCopied() {
    Path file = Made.text(in, "t.csv", "a,b\n");

    assertThat(copy(Tables.csv(file), "u.csv", 0)).hasContent("a,b,score\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void aWrongNumberOfRowsIsAnErrorAndLeavesNoFile(int rows) {
    TableSource source = Tables.csv(Made.text(in, "t.csv", "a\n1\n2\n3\n"));

    assertThatThrownBy(() -> copy(source, "u.csv", rows))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(rows + " rows were given for 3 of t.csv");
    assertThat(files(out)).isEmpty();
  }

  @Test
  void whatIsNotFinishedLeavesNoFile() {
    TableSource source = Tables.csv(Made.text(in, "t.csv", "a\n1\n"));
    try (RowWriter writer = source.copyTo(out.resolve("u.csv"), List.of(SCORE))) {
      writer.append(1, new Object[] {new double[1]});
    }

    assertThat(files(out)).isEmpty();
  }

  @Test
  void addedColumnsNeedNamesOfTheirOwn() {
    TableSource source = Tables.csv(Made.text(in, "t.csv", "Score\n1\n"));

    assertThatThrownBy(() -> source.copyTo(out.resolve("u.csv"), List.of(SCORE)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Column (score) cannot be added to t.csv")
        .hasMessageContaining("Maybe");
    assertThatThrownBy(() -> source.copyTo(out.resolve("u.csv"), List.of(WORD, WORD)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Column (word)");
  }

  @Test
  void placesThatCannotBeWrittenAreRefused() throws IOException {
    TableSource source = Tables.csv(Made.text(in, "t.csv", "a\n1\n"));
    Path folder = Files.createDirectory(out.resolve("folder.csv"));

    assertRefused(source, out.resolve("u.xlsx"), "Cannot tell the format of");
    assertRefused(source, out.resolve("u.parquet.gz"), "Cannot tell the format of");
    assertRefused(source, out.resolve("none/u.csv"), "There is no folder");
    assertRefused(source, folder, "is a folder");
  }

  private static void assertRefused(TableSource source, Path place, String message) {
    assertThatThrownBy(() -> source.copyTo(place, List.of(SCORE)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("Maybe");
  }

  /** Copies a table with a score of 0, missing, 0, missing, ... */
  private Path copy(TableSource source, String name, int rows) {
    Path file = out.resolve(name);
    try (RowWriter writer = source.copyTo(file, List.of(SCORE))) {
      double[] scores = new double[rows];
      for (int r = 1; r < rows; r += 2) {
        scores[r] = Double.NaN;
      }
      if (rows > 0) {
        writer.append(rows, new Object[] {scores});
      }
      writer.finish();
    }
    return file;
  }

  private static List<String> files(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      return found.map(f -> f.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
