package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** New rows are encoded as the rows that were trained on. */
class RowReaderTest {
  private static final double NAN = Double.NaN;

  private static GroupedTable trained() {
    MemoryTable table =
        new MemoryTable("old")
            .text("g", "a", "b", "a", "b")
            .number("x", 1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3)
            .text("c", "u", "w", null, "w")
            .number("y", 1, 2, 3, 4);
    return Encoding.by("g").numeric("x", "x / 2 AS half").categorical("c").read(table);
  }

  private static RowReader reader(TableSource source, GroupedTable trained) {
    return new RowReader(source, List.of("g"), trained.features(), trained.target(), null, null);
  }

  @Test
  void offsetsAndCodesAreThoseOfTheTrainedTable() {
    GroupedTable trained = trained();
    MemoryTable source =
        new MemoryTable("new")
            .text("g", "b", "new", null)
            .number("x", 1e6 + 5, NAN, 1e300)
            .text("c", "w", "v", null);
    try (RowReader reader = reader(source, trained)) {
      assertThat(reader.next()).isTrue();
      RowBlock block = reader.block(new int[] {0, 1, 2}, 0, 3);
      double offset = trained.features().numeric().get(0).offset();
      assertThat(offset).isNotZero();
      assertThat(offset + block.numeric()[0]).isEqualTo(1e6 + 5);
      assertThat(trained.features().numeric().get(1).offset() + block.numeric()[1])
          .isEqualTo(5e5 + 2.5);
      assertThat(block.numeric()[2]).isNaN();
      assertThat(block.numeric()[4]).isNaN();
      assertThat(block.codes()).containsExactly(1, Dictionary.UNSEEN, Dictionary.NULL);
      assertThat(IntStream.of(0, 1, 2).mapToObj(i -> reader.key(reader.groups()[i])))
          .containsExactly(GroupKey.of("b"), GroupKey.of("new"), GroupKey.of((String) null));
      assertThat(reader.targets()).isNull();
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void rowsOfAChunkCanBeHadGroupByGroupInTheirOrder() {
    int rows = Chunk.CAPACITY + 100;
    @Nullable String[] g = new String[rows];
    double[] x = new double[rows];
    for (int r = 0; r < rows; r++) {
      g[r] = r >= Chunk.CAPACITY ? "late" : r % 3 == 0 ? null : "k" + r * 7 % 5;
      x[r] = r;
    }
    @Nullable String[] c = new String[rows];
    MemoryTable source = new MemoryTable("new").text("g", g).number("x", x).text("c", c);
    try (RowReader reader = reader(source, trained())) {
      assertThat(reader.next()).isTrue();
      assertGrouped(reader, g, 0);
      assertThat(reader.groupsSeen()).isEqualTo(6);
      assertThat(reader.next()).isTrue();
      assertGrouped(reader, g, Chunk.CAPACITY);
      assertThat(reader.groupsSeen()).isEqualTo(7);
    }
  }

  private static void assertGrouped(RowReader reader, @Nullable String[] g, int first) {
    int[] order = reader.rowsByGroup();
    assertThat(Arrays.stream(order).sorted())
        .containsExactlyElementsOf(IntStream.range(0, reader.rows()).boxed().toList());
    for (int i = 0; i < order.length; i++) {
      int group = reader.groups()[order[i]];
      assertThat(reader.key(group)).isEqualTo(GroupKey.of(g[first + order[i]]));
      if (i > 0) {
        int before = reader.groups()[order[i - 1]];
        assertThat(before < group || before == group && order[i - 1] < order[i]).isTrue();
      }
    }
  }

  @Test
  void targetsOfClassesAreTheTrainedClasses() {
    MemoryTable old =
        new MemoryTable("old").number("g", 1, 1).number("x", 1, 2).text("y", "yes", "no");
    GroupedTable trained = Encoding.by("g").numeric("x").classes().read(old);
    MemoryTable source =
        new MemoryTable("new")
            .number("g", 1, 1, 1, 1)
            .number("x", 1, 2, 3, 4)
            .text("y", "maybe", "yes", null, "no");
    try (RowReader reader = reader(source, trained)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.targets()).containsExactly(NAN, 1, NAN, 0);
    }
  }

  @Test
  void targetsThatAreComputedAreComputedAgain() {
    MemoryTable old = new MemoryTable("old").number("g", 1, 1).number("d", 1, 20).number("x", 1, 2);
    GroupedTable trained =
        Encoding.by("g").numeric("x").target("d > 15 AS late").classes().read(old);
    MemoryTable source =
        new MemoryTable("new").number("g", 1, 1, 1).number("d", 30, NAN, 3).number("x", 1, 2, 3);
    try (RowReader reader = reader(source, trained)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.targets()).startsWith(1, NAN, 0);
    }
  }

  @Test
  void textsWhereNumbersWereTrainedOnAreRefused() {
    MemoryTable source = new MemoryTable("new.csv").text("g", "a").text("x", "1,5").text("c", "u");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> reader(source, trained()))
        .withMessageContaining("Column (x) of new.csv holds texts");
  }

  @Test
  void aMissingColumnIsNamedWithTheNearest() {
    MemoryTable source = new MemoryTable("new.csv").text("g", "a").number("x", 1).text("cc", "u");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> reader(source, trained()))
        .withMessageContaining("Column (c) is not in new.csv. Maybe you meant (cc)?");
  }
}
