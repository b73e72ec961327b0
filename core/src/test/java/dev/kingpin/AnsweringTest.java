package dev.kingpin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kingpin.data.InputException;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Rivals;
import dev.kingpin.query.AnswerWith;
import dev.kingpin.query.Fallback;
import dev.kingpin.report.GroupLine;
import dev.kingpin.report.GroupsReport;
import dev.kingpin.report.GroupsView;
import dev.kingpin.store.TrainedGroup;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who answers: the group's own model, that of a family along the group-by columns, or nobody. */
class AnsweringTest {
  /** Slopes: US,a 1; US,b 2; DE,a 5; US,tiny and FR,tiny have too few rows. */
  private static MemoryTable table() {
    Random random = new Random(1);
    List<String[]> keys =
        List.of(
            new String[] {"US", "a", "1"},
            new String[] {"US", "b", "2"},
            new String[] {"DE", "a", "5"},
            new String[] {"US", "tiny", "0"},
            new String[] {"FR", "tiny", "0"});
    int[] sizes = {200, 200, 200, 4, 3};
    int rows = Arrays.stream(sizes).sum();
    @Nullable String[] country = new String[rows];
    @Nullable String[] store = new String[rows];
    double[] x = new double[rows];
    double[] y = new double[rows];
    int r = 0;
    for (int g = 0; g < sizes.length; g++) {
      for (int i = 0; i < sizes[g]; i++, r++) {
        country[r] = keys.get(g)[0];
        store[r] = keys.get(g)[1];
        x[r] = random.nextGaussian();
        y[r] = Double.parseDouble(keys.get(g)[2]) * x[r] + 0.1 * random.nextGaussian();
      }
    }
    return new MemoryTable("shops")
        .text("country", country)
        .text("store", store)
        .number("x", x)
        .number("y", y);
  }

  private static Training training(Fallback fallback) {
    return Kingpin.groupBy("country", "store").predict("y").from("x").fallback(fallback);
  }

  private static double slope(GroupedModel model, String... key) {
    RowPredictor row = model.forGroup(key);
    return row.set("x", 1).predict() - row.set("x", 0).predict();
  }

  @ParameterizedTest
  @CsvSource({
    "US, a, GROUP, 'US,a'",
    "US, tiny, PARENT, US",
    "US, new, PARENT, US",
    "FR, tiny, GLOBAL, ''",
    "FR, new, GLOBAL, ''",
    "XX, new, GLOBAL, ''"
  })
  void theNearestFamilyWithAModelAnswersForGroupsWithoutOne(
      String country, String store, Level level, String answering) {
    try (GroupedModel model = training(Fallback.PARENT).train(table())) {
      RowPredictor row = model.forGroup(country, store);
      assertThat(row.level()).isEqualTo(level);
      assertThat(String.join(",", row.answering())).isEqualTo(answering);
    }
  }

  @Test
  void aParentHasLearnedFromAllItsGroups() {
    try (GroupedModel model = training(Fallback.PARENT).train(table())) {
      assertThat(slope(model, "US", "a")).isBetween(0.95, 1.05);
      assertThat(slope(model, "US", "tiny")).isBetween(1.2, 1.8);
      assertThat(slope(model, "XX", "y")).isBetween(2.2, 3.2);
      assertThat(model.families()).hasSize(1 + 3);
      assertThat(model.family("US").rows()).isEqualTo(404);
      assertThat(model.family().rows()).isEqualTo(607);
    }
  }

  @Test
  void withFallbackGlobalNoParentAnswers() {
    try (GroupedModel model = training(Fallback.GLOBAL).train(table())) {
      assertThat(model.forGroup("US", "tiny").level()).isEqualTo(Level.GLOBAL);
      assertThat(model.forGroup("US", "new").level()).isEqualTo(Level.GLOBAL);
      assertThat(model.families()).hasSize(1);
    }
  }

  @Test
  void withFallbackNoneThereIsNoPrediction() {
    try (GroupedModel model = training(Fallback.NONE).train(table())) {
      assertThat(model.families()).isEmpty();
      for (String store : List.of("tiny", "new")) {
        RowPredictor row = model.forGroup("US", store);
        assertThat(row.level()).isEqualTo(Level.NONE);
        assertThat(row.set("x", 1).predict()).isNaN();
      }
      assertThat(model.predict(table())[603]).isNaN();
    }
  }

  @Test
  void withFallbackFailPredictingForSuchAGroupIsAnErrorThatNamesIt() {
    try (GroupedModel model = training(Fallback.FAIL).train(table())) {
      assertThat(model.forGroup("US", "a").level()).isEqualTo(Level.GROUP);
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> model.predict(table()))
          .withMessageStartingWith(
              "Nobody answers for group (US,tiny): 4 usable rows, fewer than 30. Maybe leave its");
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> model.forGroup("US", "new"))
          .withMessageContaining("(US,new): it was not in the training table");
    }
  }

  /** Groups that differ little from one another, so that some are served better by a family. */
  private static MemoryTable alike() {
    Random random = new Random(4);
    int rows = 900;
    @Nullable String[] country = new String[rows];
    @Nullable String[] store = new String[rows];
    double[] x = random.doubles(rows, -1, 1).toArray();
    double[] y = new double[rows];
    for (int r = 0; r < rows; r++) {
      country[r] = "c" + r % 4;
      store[r] = "s" + r % 5;
      y[r] = x[r] * (1 + 0.2 * (r % 4) + 0.1 * (r % 5)) + random.nextGaussian();
    }
    return new MemoryTable("alike")
        .text("country", country)
        .text("store", store)
        .number("x", x)
        .number("y", y);
  }

  @ParameterizedTest
  @EnumSource(names = {"RMSE", "R2"})
  void theBestOnTheValidationRowsAnswersIfAskedFor(Metric metric) {
    Training training = training(Fallback.PARENT).metric(metric).answerWith(AnswerWith.BEST);
    try (GroupedModel model = training.train(alike())) {
      Set<Level> levels = EnumSet.noneOf(Level.class);
      for (TrainedGroup group : model.groups()) {
        Outcome.Trained trained = (Outcome.Trained) group.outcome();
        Level level = model.forGroup(values(group)).level();
        double answering =
            switch (level) {
              case GROUP -> trained.metric();
              case PARENT -> trained.rivals().parent();
              default -> trained.rivals().global();
            };
        assertThat(metric.compare(answering, trained.metric())).isNotPositive();
        assertThat(metric.compare(answering, trained.rivals().parent())).isNotPositive();
        assertThat(metric.compare(answering, trained.rivals().global())).isNotPositive();
        levels.add(level);
      }
      assertThat(levels).containsExactly(Level.GROUP, Level.PARENT, Level.GLOBAL);
    }
  }

  @Test
  void betweenEqualsTheNearerAnswers() {
    Training training = Kingpin.groupBy("country", "store").predict("y > 3 AS high").from("x");
    training.metric(Metric.ACCURACY).answerWith(AnswerWith.BEST).minRows(20);
    try (GroupedModel model = training.train(alike())) {
      for (TrainedGroup group : model.groups()) {
        if (group.outcome() instanceof Outcome.Trained trained) {
          Rivals rivals = trained.rivals();
          boolean isBest = trained.metric() >= Math.max(rivals.parent(), rivals.global());
          assertThat(model.forGroup(values(group)).level() == Level.GROUP).isEqualTo(isBest);
        }
      }
      assertSameLevels(model);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reportsAndPredictionsNameTheSameLevel(AnswerWith answers) {
    for (MemoryTable table : List.of(table(), alike())) {
      try (GroupedModel model = training(Fallback.PARENT).answerWith(answers).train(table)) {
        assertSameLevels(model);
      }
    }
  }

  private static void assertSameLevels(GroupedModel model) {
    GroupsReport report = GroupsReport.of(model.header(), model.groups(), GroupsView.ALL);
    for (GroupLine line : report.lines()) {
      Level level = model.forGroup(line.key().values().toArray(String[]::new)).level();
      assertThat(line.level()).isEqualTo(level.word());
    }
  }

  private static @Nullable String[] values(TrainedGroup group) {
    return group.key().values().toArray(new @Nullable String[0]);
  }

  @Test
  void anArtifactAnswersAsTheModelsInMemoryDo(@TempDir Path folder) {
    try (GroupedModel model = training(Fallback.PARENT).train(table())) {
      Path file = folder.resolve("shops.kp");
      model.save(file);
      try (GroupedModel opened = GroupedModel.open(file)) {
        assertThat(opened.predict(table())).isEqualTo(model.predict(table()));
        assertThat(opened.families()).isEqualTo(model.families());
      }
    }
  }

  @Test
  void familiesThatAreNotThereAreRefused() {
    try (GroupedModel model = training(Fallback.PARENT).train(table())) {
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> model.family("USA"))
          .withMessage("There is no family of groups (USA). Maybe you meant (US)?");
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> model.family("US", "a"))
          .withMessageStartingWith("(US,a) has a value for each column, so it is a group");
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> model.forGroup("US"))
          .withMessageContaining("Maybe give a value for each");
    }
    try (GroupedModel model = training(Fallback.NONE).train(table())) {
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(model::family)
          .withMessageContaining("fallback was (none). Maybe train with fallback parent.");
    }
  }
}
