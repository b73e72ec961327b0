package dev.kingpin.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.data.Parallel;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last rows of each group are held out, by a column that orders them. */
class LastRowsTest {
  private static final double MISSING = Double.NaN;

  @Test
  void theRowsWithTheLargestValuesAreHeldOut() {
    assertThat(held(0.4, 5, 1, 4, 2, 3)).containsExactly(0, 2);
    assertThat(held(0.4, -5, -1, -4, -2, -3)).containsExactly(1, 3);
  }

  @Test
  void ofEqualValuesTheLastInTheSourceAre() {
    assertThat(held(0.5, 7, 7, 7, 7)).containsExactly(2, 3);
    assertThat(held(0.5, 1, 2, 2, 2, 0, 3)).containsExactly(2, 3, 5);
    assertThat(held(0.5, 0.0, -0.0)).as("the two zeros are one value").containsExactly(1);
  }

  @Test
  void rowsWithoutAValueCountAsTheFirst() {
    assertThat(held(0.5, MISSING, 1, MISSING, Double.NEGATIVE_INFINITY)).containsExactly(1, 3);
    assertThat(held(0.75, MISSING, 1, MISSING, 2)).containsExactly(1, 2, 3);
    assertThat(held(0.5, MISSING, MISSING)).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({"10, 0.2, 2", "7, 0.5, 4", "2, 0.9, 1", "3, 0.999, 2", "1, 0.5, 0", "2, 0.2, 0"})
  void theNumberIsExactAndOneRowIsLeftToLearnFrom(int rows, double share, int held) {
    double[] order = IntStream.range(0, rows).asDoubleStream().toArray();
    assertThat(held(share, order)).hasSize(held);
  }

  @Test
  void aShuffledSourceHoldsOutTheSameRows() {
    Random random = new Random(3);
    double[] times = random.doubles(3_000, 0, 1e15).toArray();
    double border = Arrays.stream(times).sorted().toArray()[2_400];
    List<Double> shuffled = new ArrayList<>(Arrays.stream(times).boxed().toList());
    Collections.shuffle(shuffled, random);
    for (double[] source :
        List.of(times, shuffled.stream().mapToDouble(Double::doubleValue).toArray())) {
      assertThat(held(0.2, source))
          .hasSize(600)
          .allSatisfy(r -> assertThat(source[r]).isGreaterThanOrEqualTo(border));
    }
  }

  @Test
  void eachGroupHasItsOwnLastRowsAndClassesAreNotToldApart() {
    MemoryTable table =
        new MemoryTable("t")
            .text("g", "a", "b", "a", "b", "a", "b", "a", "b")
            .number("x", 1, 2, 3, 4, 5, 6, 7, 8)
            .number("t", 4, 10, 3, 20, 2, 30, 1, 40)
            .bool("y", 1, 1, 1, 1, 0, 0, 0, 0);
    GroupedTable groups = read(table);
    assertThat(held(groups.rows(0), 0.5)).containsExactly(0, 2);
    assertThat(held(groups.rows(1), 0.5)).containsExactly(5, 7);
  }

  @Test
  void theTableTellsHowManyRowsHaveNoValue() {
    assertThat(read(table(MISSING, 1, MISSING)).rowsWithoutOrder()).isEqualTo(2);
    assertThat(read(table(1, 2)).rowsWithoutOrder()).isZero();
  }

  private static Set<Integer> held(double share, double... order) {
    return held(read(table(order)).rows(0), share);
  }

  /** Places in the source of the rows that are held out. */
  private static Set<Integer> held(GroupRows group, double share) {
    Split.assign(group, Validation.last(share), 0);
    Set<Integer> held = new TreeSet<>();
    for (int r = 0; r < group.rows(); r++) {
      if (group.fold(r) == 1) {
        held.add(group.ordinal(r));
      }
    }
    return held;
  }

  private static MemoryTable table(double... order) {
    double[] x = IntStream.range(0, order.length).asDoubleStream().toArray();
    double[] key = new double[order.length];
    return new MemoryTable("t").number("g", key).number("x", x).number("t", order).number("y", x);
  }

  private static GroupedTable read(MemoryTable table) {
    QueryBuilder query =
        TrainQuery.groupBy("g").predict("y").validate(Validation.last(0.2)).orderBy("t");
    return TableEncoder.read(
        table,
        QueryResolver.resolve(query.build(), table.schema()).encoding(),
        Parallel.ALONE,
        (rows, all) -> {});
  }
}
