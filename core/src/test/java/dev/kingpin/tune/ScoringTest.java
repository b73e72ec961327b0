package dev.kingpin.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kingpin.data.GroupRows;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The referee's metrics beside plain loops over rows and, for the area, over pairs of rows. */
class ScoringTest {
  private static final double NAN = Double.NaN;

  // ---------------------------------------------------------------- by hand

  @Test
  void metricsOfNumbersAreThoseOfATextbook() {
    Answers answers = Answers.of(Task.REGRESSION, 0);
    answers.add(1, 1, 2);
    answers.add(3, 1, 1);
    answers.add(4, 1, 4);
    answers.add(6, 1, 5);
    assertThat(answers.score(Metric.RMSE)).isCloseTo(Math.sqrt(6 / 4.0), within(1e-15));
    assertThat(answers.score(Metric.MAE)).isCloseTo(4 / 4.0, within(1e-15));
    assertThat(answers.score(Metric.R2)).isCloseTo(1 - 6 / 13.0, within(1e-14));
  }

  @Test
  void aRowOfWeightThreeIsThreeRows() {
    for (Metric metric : List.of(Metric.RMSE, Metric.MAE, Metric.R2)) {
      Answers weighted = Answers.of(Task.REGRESSION, 0);
      weighted.add(1, 3, 2);
      weighted.add(5, 1, 2);
      Answers repeated = Answers.of(Task.REGRESSION, 0);
      IntStream.range(0, 3).forEach(i -> repeated.add(1, 1, 2));
      repeated.add(5, 1, 2);
      assertThat(weighted.score(metric)).isCloseTo(repeated.score(metric), within(1e-14));
    }
    for (Metric metric : List.of(Metric.LOG_LOSS, Metric.ACCURACY, Metric.AUC)) {
      Answers weighted = Answers.of(Task.CLASSIFICATION, 2);
      weighted.add(1, 3, 0.25);
      weighted.add(0, 1, 0.125);
      weighted.add(0, 1, 0.75);
      Answers repeated = Answers.of(Task.CLASSIFICATION, 2);
      IntStream.range(0, 3).forEach(i -> repeated.add(1, 1, 0.25));
      repeated.add(0, 1, 0.125);
      repeated.add(0, 1, 0.75);
      assertThat(weighted.score(metric)).isCloseTo(repeated.score(metric), within(1e-14));
    }
  }

  @Test
  void metricsOfTwoClassesAreThoseOfATextbook() {
    Answers answers = Answers.of(Task.CLASSIFICATION, 2);
    answers.add(1, 1, 0.75);
    answers.add(0, 1, 0.5); // even odds count as the second class
    answers.add(0, 1, 0.25);
    answers.add(1, 1, 0.5);
    double loss = -(2 * Math.log(0.75) + 2 * Math.log(0.5)) / 4;
    assertThat(answers.score(Metric.LOG_LOSS)).isCloseTo(loss, within(1e-7));
    assertThat(answers.score(Metric.ACCURACY)).isEqualTo(0.75);
    assertThat(answers.score(Metric.AUC)).isEqualTo(3.5 / 4);
  }

  @Test
  void metricsOfSeveralClassesAreThoseOfATextbook() {
    Answers answers = Answers.of(Task.CLASSIFICATION, 3);
    answers.add(0, 1, 0.5, 0.25, 0.25);
    answers.add(1, 1, 0.5, 0.5, 0); // the first of equals
    answers.add(2, 1, 0.25, 0.25, 0.5);
    answers.add(2, 1, 0, 0.75, 0.25);
    double loss = -(3 * Math.log(0.5) + Math.log(0.25)) / 4;
    assertThat(answers.score(Metric.LOG_LOSS)).isCloseTo(loss, within(1e-7));
    assertThat(answers.score(Metric.ACCURACY)).isEqualTo(0.5);
    double first = 2.5 / 3;
    double second = 2 / 3.0;
    double third = 3.5 / 4;
    assertThat(answers.score(Metric.AUC)).isCloseTo((first + second + third) / 3, within(1e-15));
  }

  @Test
  void aProbabilityOfNothingCountsAsAVerySmallOne() {
    Answers answers = Answers.of(Task.CLASSIFICATION, 2);
    answers.add(1, 1, 0);
    answers.add(0, 1, 0);
    assertThat(answers.score(Metric.LOG_LOSS)).isCloseTo(-Math.log(1e-15) / 2, within(1e-6));
  }

  @Test
  void whereTargetsDoNotVaryThereIsNoR2AndNoArea() {
    Answers numbers = Answers.of(Task.REGRESSION, 0);
    Answers classes = Answers.of(Task.CLASSIFICATION, 2);
    for (int i = 0; i < 5; i++) {
      numbers.add(2, 1, i);
      classes.add(1, 1, i / 8.0);
    }
    assertThat(numbers.score(Metric.R2)).isNaN();
    assertThat(numbers.score(Metric.RMSE)).isFinite();
    assertThat(classes.score(Metric.AUC)).isNaN();
    assertThat(classes.score(Metric.LOG_LOSS)).isFinite();
  }

  @Test
  void anAnswerThatIsNoNumberMakesNoMetric() {
    Answers numbers = Answers.of(Task.REGRESSION, 0);
    numbers.add(2, 1, 2);
    numbers.add(1, 1, NAN);
    for (Metric metric : List.of(Metric.RMSE, Metric.MAE, Metric.R2)) {
      assertThat(numbers.score(metric)).isNaN();
    }
    Answers classes = Answers.of(Task.CLASSIFICATION, 2);
    classes.add(0, 1, 0.25);
    classes.add(1, 1, NAN);
    assertThat(classes.score(Metric.LOG_LOSS)).isNaN();
    assertThat(classes.score(Metric.AUC)).isNaN();
  }

  @Test
  void withoutRowsThereIsNoMetric() {
    for (Metric metric : Metric.values()) {
      assertThat(new ScoreTotals(1).of(0, metric)).isNaN();
    }
  }

  // ---------------------------------------------------------------- beside plain loops

  /** Coarse answers, so that many are tied. */
  private static Answers random(Metric metric, int classes, int rows, long seed) {
    Random random = new Random(seed);
    Answers answers = Answers.of(metric.task(), classes);
    for (int r = 0; r < rows; r++) {
      double[] answer = new double[Math.max(1, classes > 2 ? classes : 1)];
      for (int k = 0; k < answer.length; k++) {
        answer[k] = random.nextInt(17) / 16.0;
      }
      double target = classes == 0 ? random.nextGaussian() : random.nextInt(classes);
      answers.add((float) target, random.nextInt(1, 9) / 4.0, answer);
    }
    return answers;
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void everyMetricIsWhatAPlainLoopMakesOfTheRows(Metric metric) {
    for (int rows : new int[] {1, 2, 7, 300, 1024, 1025, 2500}) {
      for (int classes : metric.task() == Task.REGRESSION ? new int[] {0} : new int[] {2, 3, 5}) {
        Answers answers = random(metric, classes, rows, 31 * rows + classes);
        double expected = answers.plain(metric);
        assertThat(answers.score(metric)).isCloseTo(expected, within(1e-7));
      }
    }
  }

  @Test
  void offsetsOfTargetsChangeNothing() {
    Answers near = Answers.of(Task.REGRESSION, 0);
    Answers far = Answers.of(Task.REGRESSION, 0);
    Random random = new Random(4);
    for (int r = 0; r < 200; r++) {
      double y = random.nextInt(1000);
      double error = random.nextInt(50);
      near.add(y, 1, y + error);
      far.add(1e12 + y, 1, y + error); // the model adds what features cannot hold
    }
    far.shift = 1e12;
    for (Metric metric : List.of(Metric.RMSE, Metric.MAE, Metric.R2)) {
      assertThat(far.score(metric)).isCloseTo(near.score(metric), within(1e-9));
    }
  }

  // ---------------------------------------------------------------- folds

  @ParameterizedTest
  @EnumSource(Metric.class)
  void foldsArePooledButAreasAreAveragedByWeight(Metric metric) {
    int classes = metric.task() == Task.REGRESSION ? 0 : 3;
    List<Answers> folds =
        List.of(
            random(metric, classes, 700, 1),
            random(metric, classes, 40, 2),
            random(metric, classes, 1100, 3));
    ScoreTotals totals = new ScoreTotals(1);
    Answers all = Answers.of(metric.task(), classes);
    double areas = 0;
    double weights = 0;
    for (Answers fold : folds) {
      fold.addTo(totals, metric);
      all.addAll(fold);
      areas += metric == Metric.AUC ? fold.plain(metric) * fold.weight() : 0;
      weights += fold.weight();
    }
    double expected = metric == Metric.AUC ? areas / weights : all.plain(metric);
    assertThat(totals.of(0, metric)).isCloseTo(expected, within(1e-7));
  }

  @Test
  void aFoldOfOneClassHasNoSayInTheArea() {
    Answers mixed = random(Metric.AUC, 2, 50, 1);
    Answers single = Answers.of(Task.CLASSIFICATION, 2);
    single.add(1, 1, 0.25);
    ScoreTotals totals = new ScoreTotals(1);
    mixed.addTo(totals, Metric.AUC);
    single.addTo(totals, Metric.AUC);
    assertThat(totals.of(0, Metric.AUC)).isCloseTo(mixed.plain(Metric.AUC), within(1e-12));
  }

  // ---------------------------------------------------------------- many models, many workers

  @Test
  void modelsAreScoredSideBySide() {
    Answers answers = random(Metric.LOG_LOSS, 2, 1500, 8);
    List<Metric> metrics = List.of(Metric.AUC, Metric.LOG_LOSS, Metric.ACCURACY);
    Model opposite =
        new Answers.Constant(1) {
          @Override
          public void predict(dev.kingpin.data.RowBlock block, double[] predictions) {
            answers.model().predict(block, predictions);
            for (int r = 0; r < block.rows(); r++) {
              predictions[r] = 1 - predictions[r];
            }
          }
        };
    List<Model> models = List.of(answers.model(), new Answers.Constant(1), opposite);
    ScoreTotals totals = answers.totals(models, metrics);
    for (Metric metric : metrics) {
      assertThat(totals.of(0, metric)).isEqualTo(answers.score(metric));
    }
    assertThat(totals.of(2, Metric.AUC)).isCloseTo(1 - totals.of(0, Metric.AUC), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void blocksInAnyOrderOnAnyWorkersGiveTheSameBits(int classes) {
    Metric metric = classes == 0 ? Metric.RMSE : Metric.AUC;
    Answers answers = random(metric, classes, 9 * 1024 + 77, classes);
    List<Metric> metrics = Metric.kept(metric);
    List<Model> models = List.of(answers.model(), new Answers.Constant(Math.max(1, classes)));
    models = classes > 2 ? models : List.of(answers.model(), new Answers.Constant(1));
    ScoreTotals whole = answers.totals(models, metrics);
    Random random = new Random(1);
    for (int workers : new int[] {1, 2, 3, 11}) {
      ScoreTotals parts = answers.sharded(models, metrics, workers, random);
      for (int m = 0; m < models.size(); m++) {
        for (Metric each : metrics) {
          assertThat(parts.of(m, each)).isEqualTo(whole.of(m, each));
        }
      }
    }
  }

  @Test
  void theValidationRowsOfAFoldAreScoredAsATableOfTheirOwn() {
    Answers answers = random(Metric.RMSE, 0, 5000, 3);
    GroupRows rows = answers.rows();
    Answers third = Answers.of(Task.REGRESSION, 0);
    List<Integer> order = new ArrayList<>(IntStream.range(0, 5000).boxed().toList());
    Collections.shuffle(order, new Random(2));
    order.forEach(r -> rows.assignFold(r, 1 + r % 3));
    for (int r = 0; r < 5000; r++) {
      if (rows.fold(r) == 3) {
        third.addFrom(answers, r);
      }
    }
    ScoreTotals totals =
        Answers.totals(rows, List.of(answers.model()), Metric.kept(Metric.RMSE), 3);
    assertThat(totals.of(0, Metric.RMSE)).isCloseTo(third.score(Metric.RMSE), within(1e-13));
  }
}
