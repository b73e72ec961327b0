package dev.kingpin.engine;

import dev.kingpin.data.Family;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.TargetInfo;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.RowMask;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.store.GroupSink;
import dev.kingpin.store.TrainedGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole way of one group, or of a family of groups that learn together, the same on every
 * engine: checks, the row split, all chains, the winner, its refit.
 */
public final class GroupTraining {
  private static final System.Logger LOG = System.getLogger(GroupTraining.class.getName());

  private final TrainJob job;
  private final Family family;
  private final Kin kin;
  private final GroupSink sink;
  private final Field field;
  private final double snapshotSeconds;
  private final Learner learner;
  private long validationRows;
  private List<Model> foldModels = List.of();

  /**
   * @param kin families trained before
   * @param snapshotSeconds how often the state is kept
   */
  public GroupTraining(
      TrainJob job, Family family, Kin kin, GroupSink sink, Field field, double snapshotSeconds) {
    this.job = job;
    this.family = family;
    this.kin = kin;
    this.sink = sink;
    this.field = field;
    this.snapshotSeconds = snapshotSeconds;
    learner = job.query().learner();
  }

  /** Trains the group. A defect in it is its outcome; what the sink throws is thrown on. */
  public TrainedGroup train() {
    Outcome outcome;
    try {
      outcome = outcome();
    } catch (SinkFailure e) {
      throw e.thrown();
    } catch (WorkerLost e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Group " + family.key() + " failed", e);
      outcome =
          new Outcome.Failed(Outcome.Reason.INTERNAL, "a defect of Kingpin: " + Defect.text(e));
      validationRows = 0;
    }
    return new TrainedGroup(
        family.key(),
        field.rows(),
        validationRows,
        job.table().skipped(family),
        withFallback(outcome),
        isGroup() ? List.of() : foldModels);
  }

  private boolean isGroup() {
    return family.depth() == job.query().query().groupBy().size();
  }

  private Outcome withFallback(Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed && isGroup()) {
      Optional<TrainedGroup> answering =
          kin.answering(family.key(), job.query().query().fallback());
      if (answering.isPresent()) {
        return new Outcome.Fallback(failed.reason(), failed.message(), answering.get().key());
      }
    }
    return outcome;
  }

  private Outcome outcome() {
    TrainQuery query = job.query().query();
    if (field.rows() == 0) {
      return new Outcome.Failed(
          Outcome.Reason.NO_TARGET,
          String.format(
              Locale.ROOT,
              "none of its %,d rows has a value of (%s) that can be used",
              job.table().skipped(family),
              job.table().target().name()));
    }
    if (field.rows() < query.minRows()) {
      return new Outcome.Failed(
          Outcome.Reason.TOO_FEW_ROWS,
          String.format(
              Locale.ROOT,
              "%,d usable %s, fewer than %,d",
              field.rows(),
              field.rows() == 1 ? "row" : "rows",
              query.minRows()));
    }
    GroupStats stats = field.stats();
    if (stats.targetMinimum() == stats.targetMaximum()) {
      return constant(stats);
    }
    field.split();
    validationRows = field.validationRows();
    return tuned(query);
  }

  private Outcome constant(GroupStats stats) {
    TargetInfo target = job.table().target();
    double value = stats.targetMinimum() + stats.targetOffset();
    int classes = target.classes().size();
    double[] answer = {value};
    if (classes > 2) {
      answer = new double[classes];
      answer[(int) stats.targetMinimum()] = 1;
    }
    String shown =
        classes == 0 ? Double.toString(value) : target.classes().get((int) stats.targetMinimum());
    Model model = learner.constant(job.table().features(), answer);
    return new Outcome.Constant("all its targets are " + shown, model);
  }

  private Outcome tuned(TrainQuery query) {
    Optional<TrainedGroup> parent = kin.parent(family.key());
    @Nullable Prior prior = kin.prior(job, family.key());
    ChainRunner runner =
        new ChainRunner(new Progress(family.key(), sink, snapshotSeconds), learner, field, prior);
    Judge judge = new Judge(learner, field, query.validation().masks(), Tuning.metrics(job));
    Tuning.Result result = new Tuning(job, runner, judge).run(parent, kin.global(family.key()));
    foldModels = result.foldModels();
    return result.outcome();
  }

  /** The fits of all configs, each on every row mask. */
  public static List<Fit> fits(List<Config> configs, List<RowMask> masks) {
    List<Fit> fits = new ArrayList<>();
    for (Config config : configs) {
      masks.forEach(mask -> fits.add(new Fit(config, mask)));
    }
    return fits;
  }
}
