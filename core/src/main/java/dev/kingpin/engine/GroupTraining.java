package dev.kingpin.engine;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.TargetInfo;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Outcome;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.store.GroupSink;
import dev.kingpin.store.TrainedGroup;
import dev.kingpin.tune.Choice;
import dev.kingpin.tune.Holdout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The whole way of one group, the same on every engine: checks, the row split, all chains, the
 * winner, its refit.
 */
public final class GroupTraining {
  private static final System.Logger LOG = System.getLogger(GroupTraining.class.getName());

  private final TrainJob job;
  private final int group;
  private final GroupRows rows;
  private final GroupKey key;
  private final Learner learner;
  private final ChainRunner runner;
  private long validationRows;

  /**
   * @param group position in the job's table
   * @param snapshotSeconds how often the state is kept
   */
  public GroupTraining(
      TrainJob job, int group, GroupSink sink, Scans scans, double snapshotSeconds) {
    this.job = job;
    this.group = group;
    rows = job.table().rows(group);
    key = job.table().key(group);
    learner = job.query().learner();
    runner =
        new ChainRunner(
            new Progress(key, sink, snapshotSeconds), scans, rows, job.query().query().seed());
  }

  /** Trains the group. A defect in it is its outcome; what the sink throws is thrown on. */
  public TrainedGroup train() {
    Outcome outcome;
    try {
      outcome = outcome();
    } catch (SinkFailure e) {
      throw e.thrown();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Group " + key + " failed", e);
      outcome = new Outcome.Failed(Outcome.Reason.INTERNAL, "a defect of Kingpin: " + e);
      validationRows = 0;
    }
    return new TrainedGroup(key, rows.rows(), validationRows, job.table().skipped(group), outcome);
  }

  private Outcome outcome() {
    TrainQuery query = job.query().query();
    if (rows.rows() == 0) {
      return new Outcome.Failed(
          Outcome.Reason.NO_TARGET,
          String.format(
              Locale.ROOT,
              "none of its %,d rows has a value of (%s) that can be used",
              job.table().skipped(group),
              job.table().target().name()));
    }
    if (rows.rows() < query.minRows()) {
      return new Outcome.Failed(
          Outcome.Reason.TOO_FEW_ROWS,
          String.format(
              Locale.ROOT, "%,d usable rows, fewer than %,d", rows.rows(), query.minRows()));
    }
    GroupStats stats = rows.stats();
    if (stats.targetMinimum() == stats.targetMaximum()) {
      return constant(stats);
    }
    boolean classes = !job.table().target().classes().isEmpty();
    validationRows = Holdout.assign(rows, query.validation().holdout(), classes, query.seed());
    return tuned(query.refit());
  }

  private Outcome constant(GroupStats stats) {
    TargetInfo target = job.table().target();
    double value = stats.targetMinimum() + stats.targetOffset();
    String shown =
        target.classes().isEmpty()
            ? Double.toString(value)
            : target.classes().get((int) stats.targetMinimum());
    Model model = learner.constant(job.table().features(), value);
    return new Outcome.Constant("all its targets are " + shown, model);
  }

  private Outcome tuned(boolean refit) {
    List<ChainRunner.Trained> trained = new ArrayList<>();
    List<Place> places = new ArrayList<>(Arrays.asList(new Place[job.configs().size()]));
    for (Chain chain : job.chains()) {
      for (int f = 0; f < chain.fits().size(); f++) {
        places.set(
            job.configs().indexOf(chain.fits().get(f).config()), new Place(trained.size(), f));
      }
      trained.add(runner.run(learner.trainer(chain), chain));
    }
    List<FitResult> results = new ArrayList<>();
    for (Place place : places) {
      results.add(trained.get(place.chain()).finish(place.fit()));
    }
    int winner = Choice.winner(results, job.configs(), learner.simplerFirst());
    if (winner == Choice.NONE) {
      return new Outcome.Failed(Outcome.Reason.NO_FIT, problem(results));
    }
    Place place = places.get(winner);
    Model model = results.get(winner).model();
    if (refit) {
      Model refitted = runner.refit(trained.get(place.chain()), place.fit()).finish(0).model();
      model = refitted == null ? model : refitted;
    }
    List<Double> metrics = results.stream().map(FitResult::metric).toList();
    if (model == null) {
      throw new IllegalStateException("A winner without a model");
    }
    return new Outcome.Trained(winner, metrics, results.get(winner).constantMetric(), model);
  }

  private record Place(int chain, int fit) {}

  private String problem(List<FitResult> results) {
    @Nullable String first = null;
    @Nullable Config config = null;
    for (int i = 0; i < results.size(); i++) {
      if (first == null && results.get(i).problem() != null) {
        first = results.get(i).problem();
        config = job.configs().get(i);
      }
    }
    return "no config could be trained; " + config + ": " + first;
  }

  /** The fits of all configs, each without the validation rows. */
  public static List<Fit> fits(List<Config> configs) {
    return configs.stream().map(c -> new Fit(c, Holdout.MASK)).toList();
  }
}
