package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of blocks, dealt into parts. */
class DealTest {
  private static GroupRows rows(int count) {
    GroupedTable table = Encoding.by("g").numeric("x0").read(TestTables.make(Recipe.of(count), 3));
    GroupRows rows = table.rows(0);
    IntStream.range(0, count).forEach(r -> rows.assignFold(r, r % 3));
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 1024, 1500})
  void everyRunOfRowsIsSharedOutEvenly(int parts) {
    for (int rows : new int[] {0, 1, 5, 333, 1023, 1024}) {
      int all = 0;
      for (int p = 0; p < parts; p++) {
        int count = new Deal(p, parts).before(rows);
        assertThat(count).isBetween(rows / parts, rows / parts + 1);
        all += count;
      }
      assertThat(all).isEqualTo(rows);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8})
  void everyRowIsInItsBlockOfOnePart(int parts) {
    GroupRows rows = rows(2_051); // three rows in the last block
    for (int p = 0; p < parts; p++) {
      GroupRows dealt = rows.dealt(new Deal(p, parts));
      assertThat(dealt.blocks()).isEqualTo(p < 3 ? 3 : 2);
      for (int b = 0; b < dealt.blocks(); b++) {
        RowBlock block = dealt.block(b);
        RowBlock from = rows.block(b);
        assertThat(block.number()).isEqualTo(b);
        assertThat(block.rows()).isEqualTo(new Deal(p, parts).before(from.rows()));
        for (int i = 0; i < block.rows(); i++) {
          int r = from.offset() + p + i * parts;
          assertThat(block.ordinal()[block.offset() + i]).isEqualTo(from.ordinal()[r]);
          assertThat(block.fold()[block.offset() + i]).isEqualTo(from.fold()[r]);
          assertThat(block.numeric()[block.numericOffset() + i]).isEqualTo(from.numeric()[r]);
        }
      }
    }
  }

  @Test
  void aPartOfABlockIsReadFromWhereItStarts() {
    RowBlock block = rows(2_051).block(1);
    RowBlock part = block.part(10, 14);
    assertThat(part.rows()).isEqualTo(4);
    assertThat(part.number()).isEqualTo(1);
    assertThat(part.firstRow()).isEqualTo(1_034);
    assertThat(part.ordinal()[part.offset()]).isEqualTo(block.ordinal()[block.offset() + 10]);
    assertThat(block.part(7, 7).rows()).isZero();
  }

  @Test
  void foldsAreReadInTheOrderOfTheRows() {
    byte[] folds = rows(1_100).folds();
    assertThat(folds).hasSize(1_100);
    assertThat(IntStream.range(0, 1_100).allMatch(r -> folds[r] == r % 3)).isTrue();
  }
}
