package dev.kingpin.bench;

import dev.kingpin.GroupedModel;
import dev.kingpin.Kingpin;
import dev.kingpin.data.TableSource;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.learner.Outcome;
import java.util.Arrays;
import java.util.List;

/**
 * One training in memory, from a table to models.
 *
 * @param seconds of all of it
 * @param trainSeconds of them after the rows were read, encoded and brought together by group
 * @param model what was trained
 */
record KingpinRun(double seconds, double trainSeconds, GroupedModel model) {
  private static final double NANOS = 1e-9;

  static KingpinRun of(Scenario scenario, TableSource table, int threads) {
    Clock clock = new Clock();
    RunOptions options =
        new RunOptions(threads, false, false, RunOptions.defaults().snapshotSeconds());
    long start = System.nanoTime();
    GroupedModel model = Kingpin.train(scenario.query(), table, options, clock);
    long end = System.nanoTime();
    return new KingpinRun((end - start) * NANOS, (end - clock.trainingStart) * NANOS, model);
  }

  private static final class Clock implements RunListener {
    private long trainingStart;

    @Override
    public void training(int groups, int resumed, long rows, double work) {
      trainingStart = System.nanoTime();
    }
  }

  /** Metrics of all groups in the order of their keys: (groups, configs), NaN without a model. */
  double[] metrics(int configs) {
    return model.groups().stream()
        .flatMapToDouble(g -> Arrays.stream(metrics(g.outcome(), configs)))
        .toArray();
  }

  private static double[] metrics(Outcome outcome, int configs) {
    if (outcome instanceof Outcome.Trained trained) {
      List<Double> metrics = trained.metrics();
      return metrics.stream().mapToDouble(Double::doubleValue).toArray();
    }
    double[] none = new double[configs];
    Arrays.fill(none, Double.NaN);
    return none;
  }

  /** Mean over trained groups of the metric of the best constant. */
  double constantMetric() {
    return model.groups().stream()
        .map(g -> g.outcome())
        .filter(Outcome.Trained.class::isInstance)
        .mapToDouble(o -> ((Outcome.Trained) o).rivals().constant())
        .average()
        .orElse(Double.NaN);
  }
}
