package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Families: groups whose keys begin alike, and their rows as those of one large group. */
class FamiliesTest {
  private static final double NAN = Double.NaN;

  // ---------------------------------------------------------------- which groups

  @Test
  void familiesAreTheGroupsWhoseKeysBeginAlike() {
    MemoryTable source =
        new MemoryTable("t")
            .text("a", "x", "x", "y", null, "x", null, "NULL")
            .number("b", 2, 1, 1, 1, NAN, NAN, 1)
            .bool("c", 1, 0, 1, 0, 1, 1, 0)
            .number("y", 1, 2, 3, 4, 5, 6, 7);
    GroupedTable table = Encoding.by("a", "b", "c").read(source);
    assertThat(table.families(0)).containsExactly(new Family(GroupKey.of(), 0, 7));
    assertThat(table.families(1))
        .containsExactly(
            new Family(GroupKey.of("NULL"), 0, 1),
            new Family(GroupKey.of("x"), 1, 4),
            new Family(GroupKey.of("y"), 4, 5),
            new Family(GroupKey.of((String) null), 5, 7));
    assertThat(table.families(2).stream().map(f -> f.key().toString()))
        .containsExactly("NULL,1", "x,1", "x,2", "x,NULL", "y,1", "NULL,1", "NULL,NULL");
    assertThat(table.families(3)).hasSize(7);
    for (Family group : table.families(3)) {
      assertThat(group.to()).isEqualTo(group.from() + 1);
      assertThat(group.key()).isEqualTo(table.key(group.from()));
      assertThat(group.depth()).isEqualTo(3);
    }
  }

  @Test
  void everyGroupIsInOneFamilyOfEachDepth() {
    GroupedTable table = random(3_000, 7, 9);
    for (int depth = 0; depth <= 2; depth++) {
      int next = 0;
      for (Family family : table.families(depth)) {
        assertThat(family.from()).isEqualTo(next);
        assertThat(family.to()).isGreaterThan(next);
        for (int g = family.from(); g < family.to(); g++) {
          assertThat(table.key(g).prefix(depth)).isEqualTo(family.key());
        }
        next = family.to();
      }
      assertThat(next).isEqualTo(table.groups());
    }
  }

  @Test
  void rowsLeftOutAreCountedByFamily() {
    MemoryTable source =
        new MemoryTable("t")
            .text("a", "x", "x", "x", "y", "y")
            .text("b", "1", "1", "2", "1", "2")
            .number("y", NAN, 3, NAN, NAN, 5);
    GroupedTable table = Encoding.by("a", "b").read(source);
    assertThat(table.skipped(table.families(0).get(0))).isEqualTo(3);
    assertThat(table.families(1).stream().map(table::skipped)).containsExactly(2L, 1L);
    assertThat(table.rows(table.families(0).get(0)).rows()).isEqualTo(2);
  }

  @Test
  void aFamilyOfWhichAllRowsWereLeftOutHasNone() {
    MemoryTable source =
        new MemoryTable("t")
            .text("a", "x", "x", "y")
            .text("b", "1", "2", "1")
            .number("y", NAN, NAN, 3);
    GroupedTable table = Encoding.by("a", "b").read(source);
    GroupRows none = table.rows(table.families(1).get(0));
    assertThat(none.rows()).isZero();
    assertThat(none.blocks()).isZero();
    assertThat(none.foldStarts(1)).containsExactly(0);
    assertThat(none.stats().targetMinimum()).isNaN();
    assertThat(table.rows(table.families(0).get(0)).rows()).isEqualTo(1);
  }

  // ---------------------------------------------------------------- rows

  @Test
  void rowsOfAFamilyAreThoseOfItsGroupsOneGroupAfterTheOther() {
    GroupedTable table = random(9_000, 4, 11);
    for (int depth = 0; depth <= 2; depth++) {
      for (Family family : table.families(depth)) {
        assertIsUnion(table, family);
      }
    }
  }

  @Test
  void blocksAreFullButTheLastWhereGroupsAreNeighboursInMemory() {
    GroupedTable table = random(9_000, 4, 11);
    GroupRows all = table.rows(table.families(0).get(0));
    assertThat(all.blocks()).isEqualTo(9);
    assertThat(all.block(8).rows()).isEqualTo(9_000 - 8 * RowBlock.ROWS);
  }

  @Test
  void aFoldGivenToAGroupIsSeenByItsFamilies() {
    GroupedTable table = random(4_000, 3, 5);
    Random random = new Random(1);
    int[] folds = new int[4_000]; // by place in the source
    for (int g = 0; g < table.groups(); g++) {
      for (int r = 0; r < table.rows(g).rows(); r++) {
        int fold = random.nextInt(4);
        table.rows(g).assignFold(r, fold);
        folds[table.rows(g).ordinal(r)] = fold;
      }
    }
    for (int depth = 0; depth <= 2; depth++) {
      for (Family family : table.families(depth)) {
        GroupRows rows = table.rows(family);
        for (int r = 0; r < rows.rows(); r++) {
          assertThat(rows.fold(r)).isEqualTo(folds[rows.ordinal(r)]);
        }
      }
    }
  }

  @Test
  void theRowsOfAFoldComeInOrderBlockByBlock() {
    GroupedTable table = random(5_000, 3, 5);
    GroupRows rows = table.rows(table.families(1).get(1));
    for (int r = 0; r < rows.rows(); r++) {
      rows.assignFold(r, r % 7 % 3);
    }
    FoldRows foldRows = new FoldRows();
    for (int fold = 0; fold < 4; fold++) {
      int[] starts = rows.foldStarts(fold);
      for (int b = 0; b < rows.blocks(); b++) {
        RowBlock block = rows.block(b);
        RowBlock part = foldRows.of(block, fold);
        assertThat(part.rows()).isEqualTo(starts[b + 1] - starts[b]);
        assertThat(part.number()).isEqualTo(b);
        int at = 0;
        for (int r = (int) block.firstRow(); r < block.firstRow() + block.rows(); r++) {
          if (r % 7 % 3 == fold) {
            assertSameRow(part, at++, rows, r);
          }
        }
        assertThat(part.rows()).isEqualTo(at);
      }
    }
    assertThat(rows.foldStarts(3)[rows.blocks()]).isZero();
  }

  @Test
  void statisticsOfAFamilyAreThoseOfItsRows() {
    GroupedTable table = random(6_000, 5, 6);
    for (int depth = 0; depth <= 2; depth++) {
      for (Family family : table.families(depth)) {
        assertStatistics(table.rows(family));
      }
    }
  }

  private static void assertStatistics(GroupRows rows) {
    GroupStats stats = rows.stats();
    int width = stats.features().numeric().size();
    for (int j = 0; j < width; j++) {
      List<Float> values = new ArrayList<>();
      for (int r = 0; r < rows.rows(); r++) {
        RowBlock block = blockOf(rows, r);
        int row = r - (int) block.firstRow();
        float value = block.numeric()[block.numericOffset() + row * width + j];
        if (!Float.isNaN(value)) {
          values.add(value);
        }
      }
      double mean = values.stream().mapToDouble(v -> v).average().orElse(0);
      assertThat(stats.missing()[j]).isEqualTo((int) rows.rows() - values.size());
      assertThat(stats.minimum()[j])
          .isEqualTo(values.stream().min(Float::compare).orElse(Float.NaN));
      assertThat(stats.maximum()[j])
          .isEqualTo(values.stream().max(Float::compare).orElse(Float.NaN));
      assertThat((double) stats.mean()[j])
          .isCloseTo(mean, org.assertj.core.data.Offset.offset(1e-4 * (1 + Math.abs(mean))));
    }
    double[] targets =
        IntStream.range(0, (int) rows.rows()).mapToDouble(r -> rows.target(r)).toArray();
    assertThat(stats.rows()).isEqualTo(rows.rows());
    assertThat((double) stats.targetMinimum()).isEqualTo(Arrays.stream(targets).min().orElse(NAN));
    assertThat((double) stats.targetMaximum()).isEqualTo(Arrays.stream(targets).max().orElse(NAN));
    float heaviest = 0;
    for (int b = 0; b < rows.blocks(); b++) {
      RowBlock block = rows.block(b);
      for (int at = block.offset(); at < block.offset() + block.rows(); at++) {
        heaviest = Math.max(heaviest, block.weight()[at]);
      }
    }
    assertThat(stats.maximumWeight()).isEqualTo(heaviest);
  }

  /** Groups that share slabs, fill them and need several: no block crosses from one to another. */
  @Test
  void rowsOfAFamilyMayLieInSeveralSlabs() {
    int[] sizes = {700_000, 600_000, 5, Clusterer.SLAB_ROWS + 3_000, 400_000, 9};
    int rows = IntStream.of(sizes).sum();
    String[] parent = new String[rows];
    double[] group = new double[rows];
    double[] y = new double[rows];
    for (int g = 0, r = 0; g < sizes.length; g++) {
      for (int i = 0; i < sizes[g]; i++, r++) {
        parent[r] = g < 4 ? "a" : "b";
        group[r] = g;
        y[r] = r % 8191;
      }
    }
    GroupedTable table =
        Encoding.by("p", "g")
            .read(new MemoryTable("t").text("p", parent).number("g", group).number("y", y));
    assertThat(table.families(1)).hasSize(2);
    assertIsUnion(table, table.families(0).get(0));
    assertIsUnion(table, table.families(1).get(0));
    GroupRows all = table.rows(table.families(0).get(0));
    for (int r = 0; r < rows; r += 9_973) {
      all.assignFold(r, 1);
    }
    assertThat(all.foldStarts(1)[all.blocks()]).isEqualTo((rows + 9_972) / 9_973);
    GroupRows turned = all.permuted(IntStream.range(0, rows).map(r -> rows - 1 - r).toArray());
    for (int r = 0; r < rows; r += 9_973) {
      assertSameRow(turned, rows - 1 - r, all, r);
    }
  }

  // ---------------------------------------------------------------- helpers

  private static void assertIsUnion(GroupedTable table, Family family) {
    GroupRows rows = table.rows(family);
    List<Integer> expected = new ArrayList<>();
    for (int g = family.from(); g < family.to(); g++) {
      for (int r = 0; r < table.rows(g).rows(); r++) {
        expected.add(table.rows(g).ordinal(r));
      }
    }
    assertThat(rows.rows()).isEqualTo(expected.size());
    int at = 0;
    for (int b = 0; b < rows.blocks(); b++) {
      RowBlock block = rows.block(b);
      assertThat(block.firstRow()).isEqualTo(at);
      assertThat(block.rows()).isBetween(1, RowBlock.ROWS);
      for (int r = 0; r < block.rows(); r++, at++) {
        boolean same =
            block.ordinal()[block.offset() + r] == expected.get(at)
                && rows.ordinal(at) == expected.get(at)
                && block.target()[block.offset() + r] == rows.target(at);
        if (!same) {
          throw new AssertionError("row " + at + " of " + family);
        }
      }
    }
    assertThat(at).isEqualTo(expected.size());
  }

  private static RowBlock blockOf(GroupRows rows, int row) {
    int b = 0;
    while (rows.block(b).firstRow() + rows.block(b).rows() <= row) {
      b++;
    }
    return rows.block(b);
  }

  /** Two rows have the same place in the source, so all their columns must be the same. */
  private static void assertSameRow(GroupRows actual, int a, GroupRows expected, int e) {
    assertThat(actual.ordinal(a)).isEqualTo(expected.ordinal(e));
    assertThat(actual.target(a)).isEqualTo(expected.target(e));
    assertThat(actual.fold(a)).isEqualTo(expected.fold(e));
    RowBlock to = blockOf(actual, a);
    assertSameRow(to, a - (int) to.firstRow(), expected, e);
  }

  private static void assertSameRow(RowBlock to, int row, GroupRows expected, int e) {
    RowBlock from = blockOf(expected, e);
    int of = e - (int) from.firstRow();
    assertThat(to.ordinal()[to.offset() + row]).isEqualTo(from.ordinal()[from.offset() + of]);
    assertThat(to.target()[to.offset() + row]).isEqualTo(from.target()[from.offset() + of]);
    assertThat(to.fold()[to.offset() + row]).isEqualTo(from.fold()[from.offset() + of]);
    int toRow = to.numericOffset() + row * to.width();
    int fromRow = from.numericOffset() + of * from.width();
    assertThat(Arrays.copyOfRange(to.numeric(), toRow, toRow + to.width()))
        .isEqualTo(Arrays.copyOfRange(from.numeric(), fromRow, fromRow + from.width()));
    for (int j = 0; j < to.categories(); j++) {
      assertThat(to.codes()[to.codesOffset() + row * to.categories() + j])
          .isEqualTo(from.codes()[from.codesOffset() + of * to.categories() + j]);
    }
    if (to.weight() != null) {
      assertThat(to.weight()[to.offset() + row]).isEqualTo(from.weight()[from.offset() + of]);
    }
  }

  /** A table of groups by two columns, with all kinds of columns. */
  private static GroupedTable random(int rows, int parents, int groups) {
    Recipe recipe = Recipe.of(rows).numeric(3).levels(4).missing(0.2).withWeights();
    Random random = new Random(7);
    @Nullable String[] parent = new String[rows];
    double[] group = new double[rows];
    for (int r = 0; r < rows; r++) {
      int p = random.nextInt(parents);
      parent[r] = p == 0 ? null : "p" + p;
      group[r] = random.nextInt(groups);
    }
    MemoryTable source = TestTables.make(recipe, 5).text("p", parent).number("h", group);
    return Encoding.by("p", "h")
        .numeric("x0", "x1", "x2")
        .categorical("c")
        .weight("w")
        .read(source);
  }
}
