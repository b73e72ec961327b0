package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClustererTest {
  @Test
  void rowsOfAGroupStayInTheOrderOfTheSource() {
    int rows = 5_000;
    Random random = new Random(1);
    int[] key = random.ints(rows, 0, 7).toArray();
    double[] x = IntStream.range(0, rows).mapToDouble(r -> r).toArray();
    double[] y = random.ints(rows, 0, 1000).mapToDouble(i -> i).toArray();
    double[] w = random.ints(rows, 1, 9).mapToDouble(i -> i).toArray();
    @Nullable String[] level = new String[rows];
    for (int r = 0; r < rows; r++) {
      level[r] = r % 5 == 0 ? null : "level " + r % 5;
    }
    MemoryTable source =
        new MemoryTable("t")
            .number("g", IntStream.of(key).mapToDouble(k -> k).toArray())
            .number("x", x)
            .text("c", level)
            .number("w", w)
            .number("y", y);
    GroupedTable table =
        Encoding.by("g").numeric("x", "-x").categorical("c").weight("w").read(source);
    Dictionary levels = table.features().categorical().get(0).dictionary();
    for (int g = 0; g < 7; g++) {
      int group = g;
      int[] members = IntStream.range(0, rows).filter(r -> key[r] == group).toArray();
      assertThat(table.key(g)).isEqualTo(GroupKey.of(Integer.toString(g)));
      GroupRows of = table.rows(g);
      assertThat(of.rows()).isEqualTo(members.length);
      for (int i = 0; i < members.length; i++) {
        RowBlock block = of.block(i / RowBlock.ROWS);
        int r = i % RowBlock.ROWS;
        int at = block.offset() + r;
        assertThat(block.ordinal()[at]).isEqualTo(members[i]).isEqualTo(of.ordinal(i));
        assertThat(block.numeric()[block.numericOffset() + 2 * r]).isEqualTo((float) x[members[i]]);
        assertThat(block.numeric()[block.numericOffset() + 2 * r + 1])
            .isEqualTo((float) -x[members[i]]);
        int code = block.codes()[block.codesOffset() + r];
        assertThat(code == Dictionary.NULL ? null : levels.value(code))
            .isEqualTo(level[members[i]]);
        assertThat(block.target()[at]).isEqualTo((float) y[members[i]]).isEqualTo(of.target(i));
        assertThat(block.weight()[at]).isEqualTo((float) w[members[i]]);
        assertThat(block.fold()[at]).isZero();
      }
    }
  }

  /** Several threads, in the least likely order. */
  private static final Parallel LAST_FIRST =
      new Parallel() {
        @Override
        public int threads() {
          return 3;
        }

        @Override
        public void run(int parts, IntConsumer part) {
          for (int i = parts - 1; i >= 0; i--) {
            part.accept(i);
          }
        }
      };

  @ParameterizedTest
  @ValueSource(ints = {1, 65_536, 70_000, 400_000})
  void whoeverReadsTheTableIsTheSame(int rows) {
    Recipe recipe = Recipe.of(rows / 2, rows - rows / 2 - rows / 5, rows / 5).missing(0.1);
    MemoryTable source = TestTables.make(recipe.withWeights(), 9);
    Encoding encoding =
        Encoding.by("g").numeric("x0", "x1", "x2", "x0 - x1", "x2 - x1").weight("w").orderBy("x0");
    assertSameTable(encoding.read(source, LAST_FIRST), encoding.read(source));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65_536, 70_000})
  void aWideTableIsCutIntoMoreSegmentsAndIsTheSame(int rows) {
    Recipe recipe = Recipe.of(rows / 2, rows - rows / 2 - rows / 5, rows / 5).missing(0.1);
    MemoryTable source = TestTables.make(recipe.numeric(3).withWeights(), 9);
    Encoding encoding = Encoding.by("g").weight("w");
    IntStream.range(0, 130)
        .forEach(j -> encoding.numeric("x%d + %d AS f%d".formatted(j % 3, j, j)));
    assertSameTable(encoding.read(source, LAST_FIRST), encoding.read(source));
  }

  @Test
  void segmentsAndSlabsOfWideTablesHaveFewerRows() {
    for (int columns : new int[] {0, 1, 100, 2_000, 10_000}) {
      int segment = EncodedTable.segmentRows(columns);
      assertThat((long) segment * columns).isLessThanOrEqualTo(1 << 20);
      assertThat(segment).isEqualTo(Integer.highestOneBit(segment)).isBetween(64, 8192);
      int slab = Slab.mostRows(new Features(numbers(columns), List.of()));
      assertThat((long) slab * columns).isLessThan(Integer.MAX_VALUE);
      assertThat(slab % RowBlock.ROWS).isZero();
    }
  }

  private static List<Feature.Numeric> numbers(int count) {
    Expression x = new Expression.ColumnRef("x");
    return Collections.nCopies(count, new Feature.Numeric("x", x, 0));
  }

  private static void assertSameTable(GroupedTable together, GroupedTable alone) {
    assertThat(together.dataHash()).isEqualTo(alone.dataHash());
    assertThat(together.sourceRows()).isEqualTo(alone.sourceRows());
    assertThat(together.groups()).isEqualTo(alone.groups());
    for (int g = 0; g < alone.groups(); g++) {
      assertThat(together.key(g)).isEqualTo(alone.key(g));
      assertThat(together.rows(g).stats())
          .usingRecursiveComparison()
          .isEqualTo(alone.rows(g).stats());
      assertThat(together.rows(g).blocks()).isEqualTo(alone.rows(g).blocks());
      for (int b = 0; b < alone.rows(g).blocks(); b++) {
        assertSameRows(together.rows(g).block(b), alone.rows(g).block(b));
      }
    }
  }

  private static void assertSameRows(RowBlock a, RowBlock b) {
    int rows = b.rows();
    assertThat(a.rows()).isEqualTo(rows);
    int numbers = rows * b.width();
    assertThat(part(a.numeric(), a.numericOffset(), numbers))
        .isEqualTo(part(b.numeric(), b.numericOffset(), numbers));
    assertThat(part(a.target(), a.offset(), rows)).isEqualTo(part(b.target(), b.offset(), rows));
    assertThat(part(a.weight(), a.offset(), rows)).isEqualTo(part(b.weight(), b.offset(), rows));
    for (int i = 0; i < rows; i++) {
      assertThat(a.ordinal()[a.offset() + i]).isEqualTo(b.ordinal()[b.offset() + i]);
    }
  }

  private static float[] part(float @Nullable [] values, int from, int count) {
    return Arrays.copyOfRange(Objects.requireNonNull(values), from, from + count);
  }

  @Test
  void aGroupIsCutIntoBlocksOfOneSizeButTheLast() {
    GroupedTable table =
        Encoding.by("g")
            .numeric("x0")
            .read(TestTables.make(Recipe.of(1, 1023, 1024, 1025, 3000), 2));
    int[][] expected = {{1}, {1023}, {1024}, {1024, 1}, {1024, 1024, 952}};
    for (int g = 0; g < expected.length; g++) {
      GroupRows rows = table.rows(g);
      assertThat(rows.blocks()).isEqualTo(expected[g].length);
      for (int b = 0; b < rows.blocks(); b++) {
        assertThat(rows.block(b).rows()).isEqualTo(expected[g][b]);
        assertThat(rows.block(b).firstRow()).isEqualTo(1024L * b);
      }
    }
  }

  @Test
  void keysAscendByTheirBytesWithNullLast() {
    MemoryTable source =
        new MemoryTable("t")
            .text("g", "a", null, "Z", "\uD83D\uDE00", "\uFF5E", "é", "", "aa", "NULL")
            .number("y", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(keys(Encoding.by("g").read(source)))
        .containsExactly("", "NULL", "Z", "a", "aa", "é", "\uFF5E", "\uD83D\uDE00", "NULL");
    assertThat(Encoding.by("g").read(source).key(8)).isEqualTo(GroupKey.of((String) null));
  }

  @Test
  void keysOfSeveralColumnsAscendColumnByColumnAndByValue() {
    double nan = Double.NaN;
    MemoryTable source =
        new MemoryTable("t")
            .number("n", 10, 9, nan, 10, nan, 10, 9)
            .text("s", "b", "z", "a", null, null, "a", "z")
            .bool("b", 0, 1, 1, 0, nan, 1, 0)
            .number("y", 1, 2, 3, 4, 5, 6, 7);
    assertThat(keys(Encoding.by("n", "s", "b").read(source)))
        .containsExactly(
            "9,z,false",
            "9,z,true",
            "10,a,true",
            "10,b,false",
            "10,NULL,false",
            "NULL,a,true",
            "NULL,NULL,NULL");
  }

  private static List<String> keys(GroupedTable table) {
    return IntStream.range(0, table.groups()).mapToObj(g -> table.key(g).toString()).toList();
  }

  /** Two groups that do not fit into one slab together, then one that needs two of its own. */
  @Test
  void slabsAreCutWhereNoGroupNotices() {
    int[] sizes = {600_000, 500_000, Clusterer.SLAB_ROWS + 5_000, 10};
    int rows = IntStream.of(sizes).sum();
    double[] key = new double[rows];
    double[] y = new double[rows];
    int[] left = sizes.clone();
    for (int r = 0; r < rows; r++) {
      int g = r % 4;
      while (left[g] == 0) {
        g = (g + 1) % 4;
      }
      left[g]--;
      key[r] = g;
      y[r] = r % 8191;
    }
    GroupedTable table =
        Encoding.by("g").read(new MemoryTable("t").number("g", key).number("y", y));
    for (int g = 0; g < sizes.length; g++) {
      assertInOrder(table.rows(g), sizes[g], key, g);
    }
    GroupRows giant = table.rows(2);
    int last = sizes[2] - 1;
    giant.assignFold(last, 3);
    RowBlock end = giant.block(giant.blocks() - 1);
    assertThat(end.fold()[end.offset() + end.rows() - 1]).isEqualTo((byte) 3);
    GroupRows turned = giant.permuted(IntStream.rangeClosed(0, last).map(i -> last - i).toArray());
    assertThat(turned.block(0).fold()[0]).isEqualTo((byte) 3);
    for (int i = 0; i <= last; i += 997) {
      assertThat(turned.ordinal(i)).isEqualTo(giant.ordinal(last - i));
      assertThat(turned.target(i)).isEqualTo(giant.target(last - i));
    }
  }

  private static void assertInOrder(GroupRows rows, int size, double[] key, int group) {
    assertThat(rows.rows()).isEqualTo(size);
    int source = -1;
    long seen = 0;
    for (int b = 0; b < rows.blocks(); b++) {
      RowBlock block = rows.block(b);
      for (int r = 0; r < block.rows(); r++, seen++) {
        source++;
        while (key[source] != group) {
          source++;
        }
        int at = block.offset() + r;
        if (block.ordinal()[at] != source || block.target()[at] != source % 8191) {
          throw new AssertionError("row " + seen + " of group " + group + " is not row " + source);
        }
      }
    }
    assertThat(seen).isEqualTo(size);
  }

  @Test
  void permutedRowsBringAllTheirColumns() {
    Recipe recipe = Recipe.of(40).numeric(2).levels(3).withWeights();
    GroupedTable table =
        Encoding.by("g")
            .numeric("x0", "x1")
            .categorical("c")
            .weight("w")
            .read(TestTables.make(recipe, 3));
    GroupRows rows = table.rows(0);
    int[] order = IntStream.range(0, 40).map(i -> (i * 7 + 3) % 40).toArray();
    RowBlock from = rows.block(0);
    RowBlock to = rows.permuted(order).block(0);
    for (int i = 0; i < 40; i++) {
      int r = order[i];
      assertThat(to.ordinal()[i]).isEqualTo(from.ordinal()[r]);
      assertThat(to.target()[i]).isEqualTo(from.target()[r]);
      assertThat(to.weight()[i]).isEqualTo(from.weight()[r]);
      assertThat(to.codes()[i]).isEqualTo(from.codes()[r]);
      assertThat(to.numeric()[2 * i]).isEqualTo(from.numeric()[2 * r]);
      assertThat(to.numeric()[2 * i + 1]).isEqualTo(from.numeric()[2 * r + 1]);
    }
  }
}
