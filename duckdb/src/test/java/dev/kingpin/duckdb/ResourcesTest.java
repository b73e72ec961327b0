package dev.kingpin.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.Chunk;
import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.InputException;
import dev.kingpin.data.ReadOptions;
import dev.kingpin.data.RowWriter;
import dev.kingpin.data.ScanRequest;
import dev.kingpin.data.TableScan;
import dev.kingpin.data.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTest {
  private static final ScanRequest REQUEST = new ScanRequest(List.of("i"), List.of("k"), null);

  @TempDir Path folder;

  private Path table(String name) {
    return Made.table(folder, name, "SELECT i, 'k' || (i % 9) AS k FROM range(500000) t(i)");
  }

  @Test
  void nothingIsLeftInTheTemporaryFolder() throws IOException {
    List<String> before = temporary();
    for (String name : List.of("t.parquet", "t.csv")) {
      TableSource source = Tables.open(table(name).toString());
      try (TableScan scan = source.scan(REQUEST)) {
        Chunk chunk = new Chunk(REQUEST);
        assertThat(scan.next(chunk)).isTrue();
      }
      assertThatThrownBy(() -> source.scan(new ScanRequest(List.of("i"), List.of(), "oops")))
          .isInstanceOf(InputException.class);
      source.copyTo(folder.resolve("u.csv"), List.of(new Column("x", ColumnType.TEXT))).close();
    }
    assertThatThrownBy(() -> Tables.open("none.csv")).isInstanceOf(InputException.class);

    assertThat(temporary()).isEqualTo(before);
  }

  private static List<String> temporary() throws IOException {
    try (Stream<Path> found = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return found
          .map(f -> f.getFileName().toString())
          .filter(name -> name.startsWith("kingpin-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aScanCanBeLeftMidwayAndStartedAgain() {
    TableSource source = Tables.parquet(table("t.parquet"));
    for (int i = 0; i < 3; i++) {
      try (TableScan scan = source.scan(REQUEST)) {
        Chunk chunk = new Chunk(REQUEST);
        assertThat(scan.next(chunk)).isTrue();
        assertThat(chunk.number(0)[5]).isEqualTo(5);
      }
    }

    assertThat(Rows.numbers(source, "i")).hasSize(500_000);
  }

  @Test
  void theEndOfAScanStaysTheEnd() {
    TableSource source = Tables.csv(Made.text(folder, "t.csv", "i,k\n1,a\n"));
    try (TableScan scan = source.scan(REQUEST)) {
      Chunk chunk = new Chunk(REQUEST);

      assertThat(scan.next(chunk)).isTrue();
      assertThat(scan.next(chunk)).isFalse();
      assertThat(chunk.rows()).isZero();
      assertThat(scan.next(chunk)).isFalse();
    }
  }

  @Test
  void severalTablesAreReadAndWrittenAtTheSameTime() throws Exception {
    TableSource parquet = Tables.parquet(table("t.parquet"));
    TableSource csv = Tables.csv(table("t.csv"));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Double>> tasks =
          IntStream.range(0, 8)
              .<Callable<Double>>mapToObj(i -> () -> sum(i % 2 == 0 ? parquet : csv, i))
              .toList();
      for (Future<Double> sum : pool.invokeAll(tasks)) {
        assertThat(sum.get()).isEqualTo(500_000.0 * 499_999 / 2);
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private double sum(TableSource source, int number) {
    double sum = 0;
    Path out = folder.resolve("u" + number + ".parquet");
    try (TableScan scan = source.scan(REQUEST);
        RowWriter writer = source.copyTo(out, List.of(new Column("x", ColumnType.NUMBER)))) {
      Chunk chunk = new Chunk(REQUEST);
      while (scan.next(chunk)) {
        for (int r = 0; r < chunk.rows(); r++) {
          sum += chunk.number(0)[r];
        }
        writer.append(chunk.rows(), new Object[] {chunk.number(0)});
      }
      writer.finish();
    }
    return sum;
  }

  @Test
  void aTableLargerThanTheMemoryIsReadByWayOfTheDisk() {
    String rows = "SELECT i, md5(i::VARCHAR) AS k FROM range(3000000) t(i)";
    Path file = Made.table(folder, "t.csv", rows);
    TableSource source =
        new DuckDbFormat().open(file.toString(), new ReadOptions(128L << 20, 2)).orElseThrow();
    ScanRequest request = new ScanRequest(List.of("i"), List.of(), null);
    double sum = 0;
    try (TableScan scan = source.scan(request)) {
      Chunk chunk = new Chunk(request);
      while (scan.next(chunk)) {
        sum += chunk.number(0)[0];
      }
    }

    assertThat(sum).isPositive();
  }

  @Test
  void tooLittleMemoryIsSaidInWords() {
    Path file = table("t.csv");

    assertThatThrownBy(
            () -> {
              TableSource source =
                  new DuckDbFormat()
                      .open(file.toString(), new ReadOptions(3L << 20, 1))
                      .orElseThrow();
              source.scan(REQUEST).close();
            })
        .isInstanceOf(InputException.class)
        .hasMessageContaining("needs more memory")
        .hasMessageContaining("Maybe");
  }
}
