package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTableTest {
  @Test
  void columnsOfUnequalLengthAreRefused() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> new MemoryTable("t").number("a", 1, 2).text("b", "x"))
        .withMessageContaining("Column (b) of t has 1 rows, the others have 2");
  }

  @Test
  void conditionsAndCopiesAreRefused() {
    MemoryTable table = new MemoryTable("t").number("a", 1);
    ScanRequest request = new ScanRequest(List.of("a"), List.of(), "a > 1");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> table.scan(request))
        .withMessageContaining("cannot be filtered by (a > 1)");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> table.copyTo(Path.of("out.csv"), List.of()))
        .withMessageContaining("cannot be copied to out.csv");
  }

  @Test
  void textsAreNoNumbers() {
    MemoryTable table = new MemoryTable("t").text("a", "1");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> table.scan(new ScanRequest(List.of("a"), List.of(), null)))
        .withMessageContaining("Column (a) of t holds no numbers");
  }

  @Test
  void categoriesOfAnyTypeAreSortedByThatType() {
    MemoryTable table =
        new MemoryTable("t")
            .number("n", 10, 9.5, Double.NaN, 10)
            .bool("b", 1, 0, Double.NaN, 1)
            .text("s", "b", "a", null, "b");
    try (TableScan scan = table.scan(new ScanRequest(List.of(), List.of("n", "b", "s"), null))) {
      assertThat(scan.dictionary(0).values()).containsExactly("9.5", "10");
      assertThat(scan.dictionary(1).values()).containsExactly("false", "true");
      assertThat(scan.dictionary(2).values()).containsExactly("a", "b");
      Chunk chunk = new Chunk(new ScanRequest(List.of(), List.of("n", "b", "s"), null));
      assertThat(scan.next(chunk)).isTrue();
      for (int c = 0; c < 3; c++) {
        assertThat(chunk.code(c)).startsWith(1, 0, Dictionary.NULL, 1);
      }
      assertThat(scan.next(chunk)).isFalse();
      assertThat(chunk.rows()).isZero();
    }
  }
}
