package dev.kingpin.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.data.Parallel;
import dev.kingpin.data.RowBlock;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.kernel.Hash;
import dev.kingpin.learner.RowMask;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
  @ParameterizedTest
  @CsvSource({
    "10, 0.2, 2",
    "2500, 0.2, 500",
    "1024, 0.25, 256",
    "7, 0.5, 4", // to the nearest, ties to even
    "5, 0.5, 2",
    "2, 0.2, 0",
    "2, 0.9, 1", // one row to learn from is left
    "3, 0.999, 2",
    "1, 0.5, 0",
  })
  void theNumberOfRowsHeldOutIsExact(int rows, double share, int held) {
    GroupRows group = read(Recipe.of(rows)).rows(0);
    holdOut(group, share, 3);
    assertThat(held(group)).hasSize(held);
    assertThat(Split.validationRows(group)).isEqualTo(held);
  }

  @Test
  void theRowsHeldOutHaveTheSmallestHashesOfSeedAndPlace() {
    GroupRows group = read(Recipe.of(3000, 500)).rows(0);
    holdOut(group, 0.3, 11);
    assertThat(held(group)).isEqualTo(smallest(group, 0.3, 11, r -> true));
  }

  @Test
  void eachClassIsSplitByItself() {
    GroupRows group = read(Recipe.of(2100, 400).withClasses()).rows(0);
    holdOut(group, 0.2, 5);
    Set<Integer> expected = smallest(group, 0.2, 5, r -> group.target(r) == 0);
    expected.addAll(smallest(group, 0.2, 5, r -> group.target(r) == 1));
    assertThat(held(group)).isEqualTo(expected);
  }

  @Test
  void aRareClassKeepsARowToLearnFrom() {
    double[] y = new double[50];
    y[31] = 1;
    MemoryTable table =
        new MemoryTable("t").number("g", new double[50]).number("x", y).bool("y", y);
    GroupRows group = read(table, TrainQuery.groupBy("g").predict("y")).rows(0);
    holdOut(group, 0.9, 1);
    assertThat(held(group)).doesNotContain(31).hasSize(45 - 1);
  }

  @Test
  void otherGroupsHaveNoSayInWhichRowsAreHeldOut() {
    MemoryTable table = TestTables.make(Recipe.of(800, 900, 100), 2);
    GroupRows together = read(table, query()).rows(1);
    GroupRows alone = read(table, query().only(GroupKey.of("g001"))).rows(0);
    holdOut(together, 0.2, 9);
    holdOut(alone, 0.2, 9);
    assertThat(held(alone)).isEqualTo(held(together));
  }

  @Test
  void anotherSeedHoldsOutOtherRows() {
    GroupRows group = read(Recipe.of(900)).rows(0);
    holdOut(group, 0.2, 1);
    Set<Integer> first = held(group);
    holdOut(group, 0.2, 2);
    assertThat(held(group)).hasSameSizeAs(first).isNotEqualTo(first);
    holdOut(group, 0.2, 1);
    assertThat(held(group)).isEqualTo(first);
  }

  @Test
  void theMaskLearnsFromAllOtherRows() {
    RowMask mask = Validation.holdout(0.2).masks().get(0);
    assertThat(mask.fits(0)).isTrue();
    assertThat(mask.fits(1)).isFalse();
  }

  // ---------------------------------------------------------------- row order

  @Test
  void theOrderOfSequentialChainsMeetsEachRowOnce() {
    GroupRows group = read(Recipe.of(1500, 300)).rows(0);
    int[] order = RowOrder.permutation(group, 4);
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, 1500).toArray());
    assertThat(order).isEqualTo(RowOrder.permutation(group, 4));
    assertThat(order).isNotEqualTo(RowOrder.permutation(group, 5));
    long inPlace = IntStream.range(0, 1500).filter(i -> order[i] == i).count();
    assertThat(inPlace).isLessThan(20);
  }

  @Test
  void theOrderHasNothingToDoWithTheRowsHeldOut() {
    GroupRows group = read(Recipe.of(1000)).rows(0);
    holdOut(group, 0.5, 4);
    int[] order = RowOrder.permutation(group, 4);
    Set<Integer> held = held(group);
    long early =
        IntStream.range(0, 500).filter(i -> held.contains(group.ordinal(order[i]))).count();
    assertThat(early).isBetween(200L, 300L);
  }

  @Test
  void otherGroupsHaveNoSayInTheOrder() {
    MemoryTable table = TestTables.make(Recipe.of(300, 400), 2);
    GroupRows together = read(table, query()).rows(1);
    GroupRows alone = read(table, query().only(GroupKey.of("g001"))).rows(0);
    assertThat(RowOrder.permutation(alone, 1)).isEqualTo(RowOrder.permutation(together, 1));
  }

  private static void holdOut(GroupRows group, double share, long seed) {
    Split.assign(group, Validation.holdout(share), seed);
  }

  /** Places in the source of the rows of a group that are held out. */
  private static Set<Integer> held(GroupRows group) {
    Set<Integer> held = new TreeSet<>();
    for (int b = 0; b < group.blocks(); b++) {
      RowBlock block = group.block(b);
      for (int at = block.offset(); at < block.offset() + block.rows(); at++) {
        if (block.fold()[at] != 0) {
          held.add(block.ordinal()[at]);
        }
      }
    }
    return held;
  }

  private static Set<Integer> smallest(
      GroupRows group, double share, long seed, IntPredicate member) {
    int[] members = IntStream.range(0, (int) group.rows()).filter(member).toArray();
    Set<Integer> places = new TreeSet<>();
    Arrays.stream(members)
        .map(group::ordinal)
        .boxed()
        .sorted((a, b) -> Long.compare(Hash.hash(seed, a), Hash.hash(seed, b)))
        .limit(Math.round(share * members.length))
        .forEach(places::add);
    return places;
  }

  private static QueryBuilder query() {
    return TrainQuery.groupBy("g").predict("y");
  }

  private static GroupedTable read(Recipe recipe) {
    return read(TestTables.make(recipe, 6), query());
  }

  private static GroupedTable read(MemoryTable table, QueryBuilder query) {
    return TableEncoder.read(
        table,
        QueryResolver.resolve(query.build(), table.schema()).encoding(),
        Parallel.ALONE,
        (rows, all) -> {});
  }
}
