package dev.kingpin.engine.walled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.RowBlock;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learners;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Scores;
import dev.kingpin.learner.Task;
import dev.kingpin.plan.GroupPlan;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import dev.kingpin.store.TrainedGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Jobs of stochastic fits, drawn at random, and how far apart the models of two runs of them are.
 */
final class SummedJobs {
  private static final String[] SOLVERS = {"sgd", "adam"};
  private static final int[] CLASSES = {0, 0, 2, 2, 3};
  private static final int[] BATCHES = {7, 32, 100, 1024};

  private final Random random;

  SummedJobs(long seed) {
    random = new Random(seed);
  }

  private boolean draw(double probability) {
    return random.nextDouble() < probability;
  }

  TrainJob job() {
    int classes = CLASSES[random.nextInt(CLASSES.length)];
    int[] sizes =
        IntStream.rangeClosed(0, 2).map(g -> 40 + random.nextInt(g == 0 ? 8_000 : 3_000)).toArray();
    Recipe recipe = Recipe.of(sizes).numeric(2 + random.nextInt(4)).withClasses(classes);
    recipe = draw(0.5) ? recipe.levels(4) : recipe;
    recipe = draw(0.4) ? recipe.missing(0.05) : recipe;
    boolean weighted = draw(0.3);
    recipe = weighted ? recipe.withWeights() : recipe;
    QueryBuilder query = TrainQuery.groupBy("g").predict("y").minRows(10).seed(random.nextInt(100));
    query.weight(weighted ? "w" : null).refit(draw(0.7));
    query.validate(draw(0.3) ? Validation.folds(3) : Validation.holdout(0.2));
    List<Config> configs = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      configs.add(config(classes));
    }
    var table = TestTables.make(recipe, random.nextInt(1000));
    return TestJobs.of(
        Learners.of("linear"), configs.stream().distinct().toList(), query.build(), table);
  }

  private Config config(int classes) {
    TreeMap<String, String> settings = new TreeMap<>();
    settings.put("solver", SOLVERS[random.nextInt(2)]);
    settings.put("learning_rate", draw(0.5) ? "0.01" : "0.1");
    settings.put("batch", Integer.toString(BATCHES[random.nextInt(BATCHES.length)]));
    settings.put("epochs", Integer.toString(1 + random.nextInt(4)));
    settings.put("l2", draw(0.5) ? "0.01" : "1");
    if (draw(0.3)) {
      settings.put("l1", "0.05");
    }
    if (classes == 0 && draw(0.3)) {
      settings.put("loss", "poisson");
    }
    return new Config(settings);
  }

  static RecordingSink local(TrainJob job) {
    RecordingSink sink = new RecordingSink();
    new LocalEngine().run(job, sink, TestStages.threads(1), RunListener.NONE);
    return sink;
  }

  // ---------------------------------------------------------------- distances

  /**
   * How far apart models are: the largest difference of a metric of a config that does better than
   * the mean, and of an answer of a winner; what is in units of the target in standard deviations
   * of it.
   */
  static double distance(TrainJob job, RecordingSink a, RecordingSink b) {
    double most = 0;
    for (GroupPlan group : job.plan().groups()) {
      TrainedGroup first = a.group(group.family().key());
      TrainedGroup second = b.group(group.family().key());
      if (first.outcome() instanceof Outcome.Trained one
          && second.outcome() instanceof Outcome.Trained other) {
        GroupRows rows = job.table().rows(group.family());
        double unit = job.query().task() == Task.REGRESSION ? deviation(rows) : 1;
        most = Math.max(most, apart(job, one.scores(), other.scores(), unit));
        if (one.winner() == other.winner() && isSettled(job, one.scores(), one.winner())) {
          most = Math.max(most, apart(one.model(), other.model(), rows, unit));
        }
      } else {
        assertThat(second.outcome()).isEqualTo(first.outcome());
      }
    }
    return most;
  }

  private static boolean isSettled(TrainJob job, Scores scores, int config) {
    int r2 = Metric.kept(job.query().metric()).indexOf(Metric.R2);
    return r2 < 0 || scores.of(config, r2) > 0;
  }

  private static double apart(TrainJob job, Scores a, Scores b, double unit) {
    List<Metric> metrics = Metric.kept(job.query().metric());
    double most = 0;
    for (int c = 0; c < a.models(); c++) {
      for (int m = 0; m < metrics.size() && isSettled(job, a, c); m++) {
        double difference = Math.abs(a.of(c, m) - b.of(c, m));
        most = Math.max(most, metrics.get(m) == Metric.R2 ? difference : difference / unit);
      }
    }
    return most;
  }

  private static double apart(Model a, Model b, GroupRows rows, double unit) {
    double most = 0;
    for (int i = 0; i < rows.blocks(); i++) {
      RowBlock block = rows.block(i);
      double[] one = new double[block.rows() * a.width()];
      double[] other = one.clone();
      a.predict(block, one);
      b.predict(block, other);
      for (int j = 0; j < one.length; j++) {
        most = Math.max(most, Math.abs(one[j] - other[j]) / unit);
      }
    }
    return most;
  }

  private static double deviation(GroupRows rows) {
    double[] targets = IntStream.range(0, (int) rows.rows()).mapToDouble(rows::target).toArray();
    double mean = Arrays.stream(targets).average().orElse(0);
    double square = Arrays.stream(targets).map(t -> (t - mean) * (t - mean)).sum();
    return Math.sqrt(square / targets.length);
  }
}
