package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableEncoderTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  // ---------------------------------------------------------------- offsets

  @Test
  void largeNumbersKeepTheirDigits() {
    double[] x = IntStream.range(0, 1000).mapToDouble(i -> 1e9 + i / 4.0).toArray();
    double[] y = IntStream.range(0, 1000).mapToDouble(i -> -3e12 + i).toArray();
    GroupedTable table =
        Encoding.by("g").numeric("x").read(oneGroup(1000).number("x", x).number("y", y));
    RowBlock block = table.rows(0).block(0);
    double offset = table.features().numeric().get(0).offset();
    for (int i = 0; i < block.rows(); i++) {
      assertThat(offset + block.numeric()[i]).isEqualTo(x[i]);
      assertThat(table.target().offset() + block.target()[i]).isEqualTo(y[i]);
    }
    assertThat(table.rows(0).stats().targetOffset()).isEqualTo(table.target().offset());
  }

  @Test
  void largeNumbersKeepTheirDigitsBesideInfinity() {
    double[] x = {1e9 + 1, INFINITY, 1e9 + 2, NAN, 1e9 + 3};
    GroupedTable table =
        Encoding.by("g").numeric("x").read(oneGroup(5).number("x", x).number("y", new double[5]));
    double offset = table.features().numeric().get(0).offset();
    float[] encoded = table.rows(0).block(0).numeric();
    assertThat(offset + encoded[0]).isEqualTo(1e9 + 1);
    assertThat(offset + encoded[4]).isEqualTo(1e9 + 3);
    assertThat(encoded[1]).isNaN();
  }

  @Test
  void dateTimesKeepTheirSeconds() {
    double start = 1_700_000_000e6;
    double[] t = IntStream.range(0, 1000).mapToDouble(i -> start + i * 60e6).toArray();
    MemoryTable source = oneGroup(1000).dateTime("t", t).number("y", new double[1000]);
    GroupedTable table = Encoding.by("g").numeric("days(t)").read(source);
    double offset = table.features().numeric().get(0).offset();
    for (int i = 0; i < 1000; i++) {
      double seconds = (offset + table.rows(0).block(0).numeric()[i]) * 86_400;
      assertThat(seconds).isCloseTo(t[i] / 1e6, org.assertj.core.data.Offset.offset(0.01));
    }
  }

  @Test
  void numbersAroundZeroStayAsTheyAre() {
    double[] x = {-3, 0.5, 7, 1e-20, 12345, -4000};
    GroupedTable table =
        Encoding.by("g").numeric("x").read(oneGroup(6).number("x", x).number("y", x));
    assertThat(table.features().numeric().get(0).offset()).isZero();
    assertThat(table.target().offset()).isZero();
    assertThat(table.rows(0).block(0).numeric()).containsExactly(-3, 0.5f, 7, 1e-20f, 12345, -4000);
  }

  @Test
  void oneHugeValueDoesNotTakeTheDigitsOfTheOthers() {
    for (double huge : new double[] {1e35, -1e38, 1e300, Double.MAX_VALUE, INFINITY}) {
      double[] x = {1, 2, 3, huge, 5};
      GroupedTable table =
          Encoding.by("g").numeric("x").read(oneGroup(5).number("x", x).number("y", new double[5]));
      assertThat(Arrays.copyOf(table.rows(0).block(0).numeric(), 3))
          .as("beside %s", huge)
          .containsExactly(1, 2, 3);
    }
  }

  @Test
  void offsetsDoNotDependOnTheGroupsKept() {
    MemoryTable source =
        new MemoryTable("t")
            .text("g", "a", "b", "a", "b")
            .number("x", 1e9, 1e9 + 50, 1e9 + 1, 1e9 + 51)
            .number("y", 5e8, 5e8 + 70, 5e8 + 2, 5e8 + 71);
    GroupedTable all = Encoding.by("g").numeric("x").read(source);
    assertThat(all.target().offset()).isNotZero();
    for (String key : List.of("a", "b")) {
      GroupedTable one = Encoding.by("g").numeric("x").only(key).read(source);
      assertThat(one.features()).isEqualTo(all.features());
      assertThat(one.target()).isEqualTo(all.target());
    }
  }

  // ---------------------------------------------------------------- only

  @Test
  void onlyLeavesOutGroupsAndNothingElse() {
    Recipe recipe = Recipe.of(300, 200, 100).levels(6).missing(0.1).withWeights();
    MemoryTable source = TestTables.make(recipe, 1);
    UnaryOperator<Encoding> features =
        e -> e.numeric("x0", "x1", "log(w) AS l").categorical("c").weight("w").orderBy("x1");
    GroupedTable all = features.apply(Encoding.by("g")).read(source);
    GroupedTable some = features.apply(Encoding.by("g").only("g000").only("g002")).read(source);
    assertThat(some.groups()).isEqualTo(2);
    assertThat(some.features()).isEqualTo(all.features());
    assertThat(some.target()).isEqualTo(all.target());
    assertThat(some.dataHash()).isEqualTo(all.dataHash());
    assertThat(some.sourceRows()).isEqualTo(all.sourceRows()).isEqualTo(600);
    assertThat(rows(some, 0)).isEqualTo(rows(all, 0));
    assertThat(rows(some, 1)).isEqualTo(rows(all, 2));
  }

  @Test
  void onlyANullKeyIsFound() {
    MemoryTable source =
        new MemoryTable("t").text("g", "a", null, "a", null).number("x", 1, 2, 3, 4);
    GroupedTable table = Encoding.by("g").numeric("x").target("x").only((String) null).read(source);
    assertThat(table.groups()).isEqualTo(1);
    assertThat(table.rows(0).rows()).isEqualTo(2);
  }

  /** All rows of a group as texts. */
  private static List<String> rows(GroupedTable table, int group) {
    List<String> rows = new ArrayList<>();
    GroupRows of = table.rows(group);
    for (int b = 0; b < of.blocks(); b++) {
      RowBlock block = of.block(b);
      for (int r = 0; r < block.rows(); r++) {
        int from = block.numericOffset() + r * block.width();
        int codes = block.codesOffset() + r * block.categories();
        rows.add(
            Arrays.toString(Arrays.copyOfRange(block.numeric(), from, from + block.width()))
                + Arrays.toString(
                    Arrays.copyOfRange(block.codes(), codes, codes + block.categories()))
                + block.target()[block.offset() + r]
                + of.order(block.firstRow() + r)
                + (block.weight() == null ? "" : " " + block.weight()[block.offset() + r])
                + " at "
                + block.ordinal()[block.offset() + r]);
      }
    }
    return rows;
  }

  // ---------------------------------------------------------------- hash

  private static MemoryTable hashed(Changes changes) {
    return new MemoryTable("t")
        .text("g", "a", "b", changes.key, "b")
        .number("x", 1, NAN, changes.x, 4)
        .text("c", "u", null, changes.level, "v")
        .number("w", 1, 2, changes.w, 4)
        .number("y", 1, 2, changes.y, 4);
  }

  private record Changes(String key, double x, String level, double w, double y) {
    static final Changes NONE = new Changes("a", 3, "v", 3, 3);
  }

  private static long hash(TableSource source) {
    return Encoding.by("g").numeric("x").categorical("c").weight("w").read(source).dataHash();
  }

  static Stream<Changes> changes() {
    return Stream.of(
        new Changes("b", 3, "v", 3, 3),
        new Changes("c", 3, "v", 3, 3),
        new Changes("a", 3.5, "v", 3, 3),
        new Changes("a", NAN, "v", 3, 3),
        new Changes("a", 3, "u", 3, 3),
        new Changes("a", 3, "z", 3, 3),
        new Changes("a", 3, "v", 3.5, 3),
        new Changes("a", 3, "v", 3, 3.5));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void anyOtherValueGivesAnotherHash(Changes changes) {
    assertThat(hash(hashed(Changes.NONE))).isEqualTo(hash(hashed(Changes.NONE)));
    assertThat(hash(hashed(changes))).isNotEqualTo(hash(hashed(Changes.NONE)));
  }

  @Test
  void otherNamesForTheSameLevelsGiveAnotherHash() {
    MemoryTable source = new MemoryTable("t").text("g", "a", "a").number("y", 1, 2);
    MemoryTable other = new MemoryTable("t").text("g", "a", "a").number("y", 1, 2);
    Encoding encoding = Encoding.by("g").categorical("c");
    assertThat(encoding.read(source.text("c", "u", "v")).dataHash())
        .isNotEqualTo(encoding.read(other.text("c", "u", "w")).dataHash());
  }

  @Test
  void whatOrdersRowsIsPartOfTheHash() {
    MemoryTable source = new MemoryTable("t").number("g", 1, 1).number("y", 1, 2);
    MemoryTable later = new MemoryTable("t").number("g", 1, 1).number("y", 1, 2);
    Encoding encoding = Encoding.by("g").orderBy("t");
    assertThat(encoding.read(source.dateTime("t", 1, 2)).dataHash())
        .isNotEqualTo(encoding.read(later.dateTime("t", 1, 3)).dataHash());
  }

  @Test
  void rowsInAnotherOrderGiveAnotherHash() {
    MemoryTable source = new MemoryTable("t").number("g", 1, 1).number("y", 1, 2);
    MemoryTable turned = new MemoryTable("t").number("g", 1, 1).number("y", 2, 1);
    assertThat(Encoding.by("g").read(source).dataHash())
        .isNotEqualTo(Encoding.by("g").read(turned).dataHash());
  }

  // ---------------------------------------------------------------- skipped rows

  @ParameterizedTest
  @ValueSource(doubles = {NAN, INFINITY, Double.NEGATIVE_INFINITY, 1e39, -1e300})
  void aRowWithoutAUsableTargetIsSkippedAndCounted(double bad) {
    MemoryTable source =
        new MemoryTable("t")
            .text("g", "a", "a", "b", "a", "b")
            .number("x", 1, 2, 3, 4, 5)
            .number("y", 1, bad, bad, 3, bad);
    GroupedTable table = Encoding.by("g").numeric("x").read(source);
    assertThat(table.groups()).isEqualTo(2);
    assertThat(table.rows(0).rows()).isEqualTo(2);
    assertThat(table.skipped(0)).isEqualTo(1);
    assertThat(table.rows(0).stats().targetMinimum()).isEqualTo(1);
    assertThat(table.rows(0).stats().targetMaximum()).isEqualTo(3);
    assertThat(table.rows(1).rows()).isZero();
    assertThat(table.rows(1).blocks()).isZero();
    assertThat(table.skipped(1)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {NAN, INFINITY, 0, -0.0, 1e-50, 1e300})
  void aRowWithoutAUsableWeightIsSkippedAndCounted(double bad) {
    MemoryTable source =
        new MemoryTable("t")
            .text("g", "a", "a", "b", "a", "b")
            .number("w", 0.5, bad, bad, 2, bad)
            .number("y", 1, 2, 3, 4, 5);
    GroupedTable table = Encoding.by("g").weight("w").read(source);
    assertThat(table.rows(0).rows()).isEqualTo(2);
    assertThat(table.rows(0).block(0).weight()).startsWith(0.5f, 2);
    assertThat(table.rows(0).stats().maximumWeight()).isEqualTo(2);
    assertThat(table.skipped(0)).isEqualTo(1);
    assertThat(table.skipped(1)).isEqualTo(2);
  }

  @Test
  void aNegativeWeightIsNamedWithItsRow() {
    int rows = 70_000; // beyond the first segment
    double[] w = new double[rows];
    Arrays.fill(w, 1);
    w[66_001] = -2.5;
    MemoryTable source =
        new MemoryTable("shop.csv")
            .text("g", Collections.nCopies(rows, "a").toArray(new String[0]))
            .number("weight of it", w)
            .number("y", new double[rows]);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Encoding.by("g").weight("weight of it").read(source))
        .withMessageContaining("(-2.5) in column (weight of it) of shop.csv")
        .withMessageContaining("row 66,002")
        .withMessageContaining("Maybe");
  }

  // ---------------------------------------------------------------- values

  @Test
  void infinityAndNumbersBeyondFloatAreMissing() {
    double[] x = {1, INFINITY, Double.NEGATIVE_INFINITY, 1e300, -1e39, NAN, 2};
    GroupedTable table =
        Encoding.by("g")
            .numeric("x", "1 / (x - 1) AS inverse")
            .read(oneGroup(7).number("x", x).number("y", new double[7]));
    GroupStats stats = table.rows(0).stats();
    assertThat(stats.missing()).containsExactly(5, 2);
    assertThat(stats.minimum()[0]).isEqualTo(1);
    assertThat(stats.maximum()[0]).isEqualTo(2);
  }

  @Test
  void statisticsAreThoseOfTheRowsKept() {
    Recipe recipe = Recipe.of(500, 70).missing(0.2).withWeights();
    MemoryTable source = TestTables.make(recipe, 8);
    GroupedTable table = Encoding.by("g").numeric("x0", "x1", "x2").weight("w").read(source);
    for (int g = 0; g < 2; g++) {
      GroupRows rows = table.rows(g);
      GroupStats stats = rows.stats();
      RowBlock block = rows.block(0);
      for (int j = 0; j < 3; j++) {
        int feature = j;
        double[] present =
            IntStream.range(0, (int) rows.rows())
                .mapToDouble(r -> block.numeric()[block.numericOffset() + r * 3 + feature])
                .filter(v -> !Double.isNaN(v))
                .toArray();
        assertThat(stats.missing()[j]).isEqualTo((int) rows.rows() - present.length).isPositive();
        assertThat((double) stats.minimum()[j])
            .isEqualTo(DoubleStream.of(present).min().orElse(NAN));
        assertThat((double) stats.maximum()[j])
            .isEqualTo(DoubleStream.of(present).max().orElse(NAN));
      }
      double heaviest = 0;
      for (int r = 0; r < rows.rows(); r++) {
        assertThat(block.target()[block.offset() + r])
            .isBetween(stats.targetMinimum(), stats.targetMaximum());
        heaviest = Math.max(heaviest, block.weight()[block.offset() + r]);
      }
      assertThat((double) stats.maximumWeight()).isEqualTo(heaviest);
    }
  }

  @Test
  void aCategoryMayHaveAnotherNameThanItsColumn() {
    MemoryTable source =
        new MemoryTable("t").number("g", 1, 1).text("colour of it", "red", null).number("y", 1, 2);
    GroupedTable table = Encoding.by("g").categorical("\"colour of it\" AS colour").read(source);
    Feature.Categorical feature = table.features().categorical().get(0);
    assertThat(feature.name()).isEqualTo("colour");
    assertThat(feature.column()).isEqualTo("colour of it");
    assertThat(table.rows(0).block(0).codes()).containsExactly(0, Dictionary.NULL);
  }

  // ---------------------------------------------------------------- classes

  @Test
  void aTextOfTwoValuesMakesTwoClasses() {
    MemoryTable source =
        new MemoryTable("t").number("g", 1, 1, 1).text("\"is\" it", "yes", "no", null);
    GroupedTable table =
        Encoding.by("g").numeric("g").target("\"\"\"is\"\" it\"").classes().read(source);
    assertThat(table.target().classes()).containsExactly("no", "yes");
    assertThat(table.rows(0).block(0).target()).startsWith(1, 0);
    assertThat(table.skipped(0)).isEqualTo(1);
  }

  @Test
  void numbersOfTwoValuesMakeTwoClassesInTheirOrder() {
    MemoryTable source = new MemoryTable("t").number("g", 1, 1, 1).number("y", 10, 9, 10);
    GroupedTable table = Encoding.by("g").classes().read(source);
    assertThat(table.target().classes()).containsExactly("9", "10");
    assertThat(table.rows(0).block(0).target()).startsWith(1, 0, 1);
  }

  @Test
  void zeroAndMinusZeroAreOneClassAndOneGroup() {
    MemoryTable source = new MemoryTable("t").number("g", 0.0, -0.0, 0.0).number("y", 0.0, -0.0, 1);
    GroupedTable table = Encoding.by("g").classes().read(source);
    assertThat(table.groups()).isEqualTo(1);
    assertThat(table.target().classes()).containsExactly("0", "1");
    assertThat(table.rows(0).block(0).target()).startsWith(0, 0, 1);
  }

  @Test
  void aComparisonMakesClassesFalseAndTrue() {
    MemoryTable source = new MemoryTable("t").number("g", 1, 1, 1).number("y", 10, 20, NAN);
    GroupedTable table = Encoding.by("g").target("y > 5 AS high").classes().read(source);
    assertThat(table.target().classes()).containsExactly("false", "true");
    assertThat(table.rows(0).block(0).target()).startsWith(1, 1);
    assertThat(table.skipped(0)).isEqualTo(1);
  }

  @Test
  void severalClassesAreNumberedInOrder() {
    MemoryTable source =
        new MemoryTable("pets.csv")
            .number("g", 1, 1, 1, 1, 1, 1)
            .text("y", "hen", "dog", "eel", "fox", "gnu", "cat");
    GroupedTable table = Encoding.by("g").classes().read(source);
    assertThat(table.target().classes()).containsExactly("cat", "dog", "eel", "fox", "gnu", "hen");
    assertThat(table.rows(0).block(0).target()).startsWith(5, 1, 2, 3, 4, 0);
    assertThat(table.rows(0).stats().classes()).isEqualTo(6);
  }

  @Test
  void moreThanAHundredClassesAreRefused() {
    MemoryTable source =
        new MemoryTable("pets.csv").number("g", new double[101]).text("y", pets(101));
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Encoding.by("g").classes().read(source))
        .withMessageContaining(
            "Target (y) of pets.csv has 101 classes (pet 000, pet 001, pet 002, pet 003, pet 004, ...)")
        .withMessageContaining("Maybe predict a comparison");
    MemoryTable fewer =
        new MemoryTable("pets.csv").number("g", new double[100]).text("y", pets(100));
    assertThat(Encoding.by("g").classes().read(fewer).target().classes()).hasSize(100);
  }

  private static String[] pets(int count) {
    return IntStream.range(0, count).mapToObj("pet %03d"::formatted).toArray(String[]::new);
  }

  // ---------------------------------------------------------------- tables that cannot be

  @Test
  void aTableWithoutRowsIsRefused() {
    MemoryTable source = new MemoryTable("empty.csv").number("g").number("y");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Encoding.by("g").read(source))
        .withMessageContaining("There are no rows in empty.csv. Maybe");
  }

  @Test
  void aTableWithoutRowsIsRefusedBeforeItsClassesAre() {
    MemoryTable source = new MemoryTable("empty.csv").text("g").text("y");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Encoding.by("g").classes().read(source))
        .withMessageContaining("There are no rows in empty.csv. Maybe");
  }

  @Test
  void aGroupForEachRowIsRefusedBeyondTenThousand() {
    MemoryTable source = numbered(10_001, 10_001);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Encoding.by("g").read(source))
        .withMessageContaining("Grouping numbered by (g) makes 10,001 groups of 10,001 rows")
        .withMessageContaining("--max-groups 10001");
    assertThat(Encoding.by("g").read(numbered(10_000, 10_000)).groups()).isEqualTo(10_000);
    assertThat(Encoding.by("g").read(numbered(20_002, 10_001)).groups()).isEqualTo(10_001);
  }

  @Test
  void aLimitOfGroupsTakesThePlaceOfTheRuleOfThumb() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Encoding.by("g").maxGroups(3).read(numbered(100, 4)))
        .withMessageContaining("makes 4 groups of 100 rows");
    assertThat(Encoding.by("g").maxGroups(4).read(numbered(100, 4)).groups()).isEqualTo(4);
    assertThat(Encoding.by("g").maxGroups(20_000).read(numbered(10_001, 10_001)).groups())
        .isEqualTo(10_001);
  }

  private static MemoryTable numbered(int rows, int groups) {
    Random random = new Random(5);
    return new MemoryTable("numbered")
        .number("g", IntStream.range(0, rows).mapToDouble(r -> r % groups).toArray())
        .number("y", random.doubles(rows).toArray());
  }

  private static MemoryTable oneGroup(int rows) {
    @Nullable String[] keys = new String[rows];
    Arrays.fill(keys, "a");
    return new MemoryTable("one group").text("g", keys);
  }
}
