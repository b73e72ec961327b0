package dev.kingpin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.kingpin.data.InputException;
import dev.kingpin.data.MemoryTable;
import java.lang.management.ManagementFactory;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One row at a time gives what the same rows give as a table. */
class RowPredictorTest {
  private static final int ROWS = 400;
  private static final LocalDateTime START = LocalDateTime.of(2024, 2, 27, 22, 30, 0, 1000);

  private final double[] date = new double[ROWS];
  private final double[] distance = new double[ROWS];
  private final @Nullable String[] carrier = new String[ROWS];
  private final double[] stops = new double[ROWS];
  private final double[] delay = new double[ROWS];
  private final String[] kind = new String[ROWS];

  RowPredictorTest() {
    Random random = new Random(5);
    for (int r = 0; r < ROWS; r++) {
      double seconds = START.plusMinutes(37L * r).toEpochSecond(ZoneOffset.UTC);
      date[r] = seconds * 1e6 + 1;
      distance[r] = random.nextInt(20) == 0 ? Double.NaN : 1e6 + random.nextInt(3000);
      carrier[r] = random.nextInt(9) == 0 ? null : "c" + random.nextInt(4);
      stops[r] = random.nextInt(3);
      delay[r] = random.nextGaussian() + (r % 24) + stops[r] * ("c1".equals(carrier[r]) ? 3 : 1);
      kind[r] = delay[r] < 8 ? "early" : delay[r] < 16 ? "fair" : "late";
    }
  }

  private MemoryTable table() {
    return new MemoryTable("flights")
        .number("g", new double[ROWS])
        .dateTime("date", date)
        .number("distance", distance)
        .text("carrier", carrier)
        .number("stops", stops)
        .number("delay", delay)
        .text("kind", kind);
  }

  private GroupedModel train(String target) {
    return Kingpin.groupBy("g")
        .predict(target)
        .from("hour(date) AS hour", "weekday(date)", "log(distance) / 2 AS far", "distance")
        .categorical("carrier", "stops")
        .train(table());
  }

  private RowPredictor set(RowPredictor row, int r) {
    return row.set("date", date[r])
        .set("distance", distance[r])
        .set("carrier", carrier[r])
        .set("stops", stops[r]);
  }

  @Test
  void rawColumnsAreTurnedIntoFeaturesAsInATable() {
    try (GroupedModel model = train("delay")) {
      double[] expected = model.predict(table());
      RowPredictor row = model.forGroup("0");
      assertThat(IntStream.range(0, ROWS).mapToDouble(r -> set(row, r).predict()).toArray())
          .isEqualTo(expected);
      assertThat(row.level()).isEqualTo(Level.GROUP);
      assertThat(row.answering()).containsExactly("0");
    }
  }

  @Test
  void twoClassesHaveTheProbabilityOfTheSecond() {
    try (GroupedModel model = train("delay > 12 AS late")) {
      double[] expected = model.predict(table());
      RowPredictor row = model.forGroup("0");
      for (int r = 0; r < ROWS; r++) {
        assertThat(set(row, r).predict()).isEqualTo(expected[r]);
        assertThat(row.probability("true")).isEqualTo(expected[r]);
        assertThat(row.probability("false")).isEqualTo(1 - expected[r]);
        assertThat(row.predictedClass()).isEqualTo(expected[r] >= 0.5 ? "true" : "false");
      }
    }
  }

  @Test
  void moreClassesHaveAProbabilityEach() {
    try (GroupedModel model = train("kind")) {
      double[] expected = model.predict(table());
      assertThat(expected).hasSize(3 * ROWS);
      RowPredictor row = model.forGroup("0");
      for (int r = 0; r < ROWS; r++) {
        set(row, r);
        double fair = row.probability("fair");
        assertThat(fair).isEqualTo(expected[3 * r + 1]);
        assertThat(row.probability("early") + fair + row.probability("late"))
            .isCloseTo(1, within(1e-9));
        assertThat(row.probability(String.valueOf(row.predictedClass())))
            .isGreaterThanOrEqualTo(fair);
      }
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(row::predict)
          .withMessageContaining("3 classes");
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> row.probability("on time"))
          .withMessageEndingWith("Maybe it is one of these: early, fair, late.");
    }
  }

  @Test
  void aFeatureCanBeSetInsteadOfItsColumn() {
    try (GroupedModel model = train("delay")) {
      RowPredictor row = model.forGroup("0");
      double asDate = set(row, 3).set("date", START).predict();
      assertThat(row.set("hour", 22).predict()).isEqualTo(asDate);
      assertThat(row.set("hour", 23).predict()).isNotEqualTo(asDate);
      assertThat(row.set("date", START).predict()).isEqualTo(asDate);
    }
  }

  @Test
  void whatIsNotSetIsMissing() {
    try (GroupedModel model = train("delay")) {
      RowPredictor row = model.forGroup("0");
      double empty = row.predict();
      assertThat(empty).isFinite();
      assertThat(set(row, 0).predict()).isNotEqualTo(empty);
      assertThat(row.clear().predict()).isEqualTo(empty);
      Map<String, @Nullable Object> all = new HashMap<>();
      all.put("date", START.plusMinutes(37));
      all.put("distance", distance[1]);
      all.put("carrier", carrier[1]);
      all.put("stops", (int) stops[1]);
      assertThat(row.predict(all)).isEqualTo(set(row, 1).predict());
      assertThat(row.predict(Map.of())).isEqualTo(empty);
    }
  }

  @Test
  void namesThatNoModelReadsAreRefused() {
    try (GroupedModel model = train("delay")) {
      RowPredictor row = model.forGroup("0");
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> row.set("distanse", 1))
          .withMessage("No model reads a column (distanse). Maybe you meant (distance)?");
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> row.set("distance", "far"))
          .withMessageContaining("Column (distance) holds numbers, not texts such as (far).");
    }
  }

  @Test
  void nothingIsAllocatedOnceItRuns() {
    try (GroupedModel model = train("delay")) {
      RowPredictor row = model.forGroup("0");
      ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      double sum = 0;
      long allocated = 0;
      for (int round = 0; round < 60; round++) {
        long before = memory.getCurrentThreadAllocatedBytes();
        for (int r = 0; r < ROWS; r++) {
          row.set("date", date[r]).set("distance", distance[r]).set("carrier", carrier[r]);
          sum += row.set("hour", 7).predict();
        }
        allocated = memory.getCurrentThreadAllocatedBytes() - before;
      }
      assertThat(sum).isFinite();
      assertThat(allocated).isLessThan(ROWS);
    }
  }
}
