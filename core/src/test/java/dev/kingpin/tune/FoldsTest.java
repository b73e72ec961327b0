package dev.kingpin.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.data.Parallel;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.kernel.Hash;
import dev.kingpin.learner.RowMask;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code folds:k}: every row is a validation row once. */
class FoldsTest {
  private static final String[] CLASSES = {"ant", "bee", "cat", "dog"};

  @ParameterizedTest
  @CsvSource({"10, 2", "10, 3", "2500, 5", "1024, 7", "3, 5", "2, 2", "2, 100", "101, 100"})
  void everyRowIsInOneFoldAndFoldsAreOfOneSize(int rows, int folds) {
    GroupRows group = numbers(rows);
    deal(group, folds, 3);
    int[] sizes = sizes(group, folds);
    assertThat(sizes[0]).as("rows never held out").isZero();
    assertThat(Arrays.stream(sizes).sum()).isEqualTo(rows);
    assertThat(spread(sizes)).isLessThanOrEqualTo(1);
    assertThat(Split.validationRows(group)).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10})
  void foldsAreDealtInTheOrderOfTheHashesOfSeedAndPlace(int folds) {
    GroupRows group = numbers(700);
    deal(group, folds, 11);
    List<Integer> order = new ArrayList<>(IntStream.range(0, 700).boxed().toList());
    order.sort(Comparator.comparingLong(r -> Hash.hash(11, group.ordinal(r))));
    for (int i = 0; i < order.size(); i++) {
      assertThat(group.fold(order.get(i))).isEqualTo(1 + i % folds);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 9", "3, 9", "4, 60", "4, 7", "2, 1000"})
  void eachClassAndAllRowsTogetherAreDealtEvenly(int classes, int rows) {
    for (int folds : new int[] {2, 3, 5, 8}) {
      GroupRows group = classes(classes, rows, folds);
      deal(group, folds, 5);
      for (int k = 0; k < classes; k++) {
        int[] sizes = sizes(group, folds, k);
        int members = Arrays.stream(sizes).sum();
        assertThat(spread(sizes)).as("class %s in %s folds", k, folds).isLessThanOrEqualTo(1);
        assertThat(sizes[0]).as("rows never held out").isEqualTo(members == 1 ? 1 : 0);
      }
      int[] all = sizes(group, folds);
      assertThat(spread(all)).as("all of %s in %s folds", rows, folds).isLessThanOrEqualTo(1);
    }
  }

  /** No fit lacks a class of its group. */
  @Test
  void noFoldHoldsAllRowsOfAClass() {
    for (int seed = 0; seed < 50; seed++) {
      for (int folds : new int[] {2, 3, 7}) {
        GroupRows group = classes(4, 9, seed);
        deal(group, folds, seed);
        for (RowMask mask : Validation.folds(folds).masks()) {
          for (int k = 0; k < 4; k++) {
            int[] sizes = sizes(group, folds, k);
            int members = Arrays.stream(sizes).sum();
            assertThat(members - sizes[mask.heldOut()] > 0).isEqualTo(members > 0);
          }
        }
      }
    }
  }

  @Test
  void foldsDependOnTheGroupAloneWhateverTheOrderOfTheGroups() {
    MemoryTable table = TestTables.make(Recipe.of(500, 90, 300, 2, 41).withClasses(), 6);
    List<SortedMap<Integer, Integer>> expected = new ArrayList<>();
    GroupedTable whole = read(table, query());
    for (int g = 0; g < whole.groups(); g++) {
      deal(whole.rows(g), 4, 8);
      expected.add(folds(whole.rows(g)));
    }
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4));
    for (int seed = 0; seed < 3; seed++) {
      Collections.shuffle(order, new Random(seed));
      GroupedTable again = read(table, query());
      order.forEach(g -> deal(again.rows(g), 4, 8));
      for (int g : order) {
        assertThat(folds(again.rows(g))).isEqualTo(expected.get(g));
      }
    }
    for (int g = 0; g < whole.groups(); g++) {
      GroupRows alone = read(table, query().only(whole.key(g))).rows(0);
      deal(alone, 4, 8);
      assertThat(folds(alone)).isEqualTo(expected.get(g));
    }
    assertThat(whole.key(0)).isEqualTo(GroupKey.of("g000"));
  }

  @Test
  void anotherSeedDealsOtherwiseAndTheSameSeedTheSame() {
    GroupRows group = numbers(900);
    deal(group, 3, 1);
    SortedMap<Integer, Integer> first = folds(group);
    deal(group, 3, 2);
    assertThat(folds(group)).isNotEqualTo(first);
    deal(group, 3, 1);
    assertThat(folds(group)).isEqualTo(first);
  }

  @Test
  void eachMaskLearnsFromAllOtherFolds() {
    for (RowMask mask : Validation.folds(3).masks()) {
      for (int fold = 0; fold <= 3; fold++) {
        assertThat(mask.fits(fold)).isEqualTo(fold != mask.heldOut());
        assertThat(RowMask.ALL.fits(fold)).isTrue();
      }
    }
  }

  private static void deal(GroupRows group, int folds, long seed) {
    Split.assign(group, Validation.folds(folds), seed);
  }

  /** Rows in each fold, fold 0 first. */
  private static int[] sizes(GroupRows group, int folds) {
    return sizes(group, folds, -1);
  }

  /** Rows of a class, or of all if it is negative. */
  private static int[] sizes(GroupRows group, int folds, int ofClass) {
    int[] sizes = new int[folds + 1];
    for (int r = 0; r < group.rows(); r++) {
      sizes[group.fold(r)] += ofClass < 0 || group.target(r) == ofClass ? 1 : 0;
    }
    return sizes;
  }

  /** Difference between the largest and the smallest fold that is held out. */
  private static int spread(int[] sizes) {
    int[] held = Arrays.copyOfRange(sizes, 1, sizes.length);
    return Arrays.stream(held).max().orElse(0) - Arrays.stream(held).min().orElse(0);
  }

  /** Folds by places in the source. */
  private static SortedMap<Integer, Integer> folds(GroupRows group) {
    SortedMap<Integer, Integer> folds = new TreeMap<>();
    for (int r = 0; r < group.rows(); r++) {
      folds.put(group.ordinal(r), group.fold(r));
    }
    return folds;
  }

  private static GroupRows numbers(int rows) {
    return read(TestTables.make(Recipe.of(rows, 30), 6), query()).rows(0);
  }

  /** A group of several classes, most rows of the first ones. */
  private static GroupRows classes(int classes, int rows, int seed) {
    Random random = new Random(seed);
    String[] y = new String[rows];
    for (int r = 0; r < rows; r++) {
      int k = (int) (classes * random.nextDouble() * random.nextDouble());
      y[r] = CLASSES[r < classes ? r : k]; // each class once at least
    }
    MemoryTable table =
        new MemoryTable("t").number("g", new double[rows]).number("x", new double[rows]);
    return read(table.text("y", y), query()).rows(0);
  }

  private static QueryBuilder query() {
    return TrainQuery.groupBy("g").predict("y");
  }

  private static GroupedTable read(MemoryTable table, QueryBuilder query) {
    return TableEncoder.read(
        table,
        QueryResolver.resolve(query.build(), table.schema()).encoding(),
        Parallel.ALONE,
        (rows, all) -> {});
  }
}
