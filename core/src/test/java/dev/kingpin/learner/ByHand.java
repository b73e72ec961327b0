package dev.kingpin.learner;

import dev.kingpin.data.Family;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.RowBlock;
import dev.kingpin.engine.GroupTraining;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.store.TrainedGroup;
import dev.kingpin.tune.Choice;
import dev.kingpin.tune.ScoreTotals;
import dev.kingpin.tune.Scoring;
import dev.kingpin.tune.Split;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Trains groups and families as the contract says, without an engine. Their rows are in folds
 * already.
 */
final class ByHand {
  private final TrainJob job;
  private final Learner learner;
  private final List<RowMask> masks;
  private final Workspace workspace = new Workspace(Kernels.best());

  ByHand(TrainJob job) {
    this.job = job;
    learner = job.query().learner();
    masks = job.query().query().validation().masks();
  }

  /** What children of a family may lean on. */
  static Prior prior(TrainedGroup family) {
    return new Prior(family.foldModels(), ((Outcome.Trained) family.outcome()).model());
  }

  /**
   * Trains a group or family of which targets differ.
   *
   * @param above the families above it, the nearest first
   */
  TrainedGroup train(Family family, List<TrainedGroup> above) {
    GroupRows rows = job.table().rows(family);
    boolean leans = job.configs().stream().anyMatch(learner::wantsPrior);
    @Nullable Prior prior = leans && !above.isEmpty() ? prior(above.get(0)) : null;
    long seed = job.query().query().seed();
    ChainDriver.Ground ground = new ChainDriver.Ground(rows, prior, Kernels.best(), seed);
    Map<Fit, ChainDriver<?>> homes = new HashMap<>();
    for (Chain chain : job.chains()) {
      ChainDriver<?> driver = ChainDriver.begin(learner.trainer(chain), chain, ground).run();
      chain.fits().forEach(f -> homes.put(f, driver));
    }
    List<List<@Nullable Model>> models = new ArrayList<>();
    BitSet trained = new BitSet();
    for (int c = 0; c < job.configs().size(); c++) {
      List<@Nullable Model> ofMasks = new ArrayList<>();
      for (RowMask mask : masks) {
        Fit fit = new Fit(job.configs().get(c), mask);
        ofMasks.add(Objects.requireNonNull(homes.get(fit)).result(fit).model());
      }
      models.add(ofMasks);
      trained.set(c, !ofMasks.contains(null));
    }
    if (trained.isEmpty()) {
      return failed(family, homes, above);
    }
    models.add(constants(rows));
    above.forEach(a -> models.add(new ArrayList<>(a.foldModels())));
    Scores scores = scores(rows, models);
    Scores own = scores.first(job.configs().size());
    int winner =
        new Choice(job.query().metric(), job.configs(), learner.simplerFirst())
            .winner(own, trained);
    Fit fit = new Fit(job.configs().get(winner), masks.get(0));
    ChainDriver<?> home = Objects.requireNonNull(homes.get(fit));
    @Nullable Model refitted =
        home.refit(home.chain.fits().indexOf(fit)).run().results().get(0).model();
    List<Model> foldModels = models.get(winner).stream().map(Objects::requireNonNull).toList();
    int rival = job.configs().size();
    Rivals rivals =
        new Rivals(
            scores.deciding(rival),
            above.size() < 2 ? Double.NaN : scores.deciding(rival + 1),
            above.isEmpty() ? Double.NaN : scores.deciding(rival + above.size()));
    Model model = refitted == null ? foldModels.get(0) : refitted;
    boolean isGroup = family.depth() == job.query().query().groupBy().size();
    return new TrainedGroup(
        family.key(),
        rows.rows(),
        Split.validationRows(rows),
        job.table().skipped(family),
        new Outcome.Trained(winner, own, rivals, model),
        isGroup ? List.of() : foldModels);
  }

  private TrainedGroup failed(
      Family family, Map<Fit, ChainDriver<?>> homes, List<TrainedGroup> above) {
    String message = "";
    for (Fit fit : GroupTraining.fits(job.configs(), masks)) {
      FitResult result = Objects.requireNonNull(homes.get(fit)).result(fit);
      if (message.isEmpty() && result.model() == null) {
        message = "no config could be trained; " + fit.config() + ": " + result.problem();
      }
    }
    GroupRows rows = job.table().rows(family);
    return new TrainedGroup(
        family.key(),
        rows.rows(),
        Split.validationRows(rows),
        job.table().skipped(family),
        above.isEmpty()
            ? new Outcome.Failed(Outcome.Reason.NO_FIT, message)
            : new Outcome.Fallback(Outcome.Reason.NO_FIT, message, above.get(0).key()));
  }

  /** What models, one for each mask, score; NaN for those of which one is missing. */
  private Scores scores(GroupRows rows, List<List<@Nullable Model>> models) {
    List<Metric> metrics = Metric.kept(job.query().metric());
    ScoreTotals totals = new ScoreTotals(models.size());
    for (int m = 0; m < masks.size(); m++) {
      List<Model> ofMask = new ArrayList<>();
      for (List<@Nullable Model> each : models) {
        List<@Nullable Model> complete = each.contains(null) ? constants(rows) : each;
        ofMask.add(Objects.requireNonNull(complete.get(m)));
      }
      int fold = masks.get(m).heldOut();
      Scoring.Request request =
          scoring().request(ofMask, metrics, rows.stats(), fold, rows.foldStarts(fold));
      if (request.rows() > 0) {
        score(request, rows, totals);
      }
    }
    double[] values = new double[models.size() * metrics.size()];
    for (int c = 0; c < models.size(); c++) {
      for (int i = 0; i < metrics.size(); i++) {
        boolean complete = !models.get(c).contains(null);
        values[c * metrics.size() + i] = complete ? totals.of(c, metrics.get(i)) : Double.NaN;
      }
    }
    return new Scores(metrics.size(), values);
  }

  private Scoring scoring() {
    return new Scoring(learner);
  }

  private void score(Scoring.Request request, GroupRows rows, ScoreTotals totals) {
    Scoring.Answers answers = scoring().partial(request, null);
    for (int b = 0; b < rows.blocks(); b++) {
      scoring().accumulate(request, rows.block(b), RowState.NONE, answers, workspace);
    }
    totals.add(request, answers);
  }

  /** For each mask, the mean or the shares of the classes of the rows that it leaves. */
  private List<@Nullable Model> constants(GroupRows rows) {
    int width = Math.max(1, rows.stats().classes());
    double[][][] sums = new double[rows.blocks()][masks.size() + 1][width + 1]; // weight last
    for (int b = 0; b < rows.blocks(); b++) {
      RowBlock block = rows.block(b);
      for (int at = block.offset(); at < block.offset() + block.rows(); at++) {
        double[] ofFold = sums[b][block.fold()[at]];
        double weight = block.weight() == null ? 1 : block.weight()[at];
        float y = block.target()[at];
        ofFold[width] += weight;
        ofFold[width == 1 ? 0 : (int) y] += width == 1 ? weight * y : weight;
      }
    }
    List<@Nullable Model> constants = new ArrayList<>();
    for (RowMask mask : masks) {
      double[] answer = new double[width];
      double weight = 0;
      for (double[][] ofBlock : sums) {
        for (int fold = 0; fold <= masks.size(); fold++) {
          for (int k = 0; k < width && mask.fits(fold); k++) {
            answer[k] += ofBlock[fold][k];
          }
          weight += mask.fits(fold) ? ofBlock[fold][width] : 0;
        }
      }
      for (int k = 0; k < width; k++) {
        answer[k] = answer[k] / weight + (width == 1 ? rows.stats().targetOffset() : 0);
      }
      constants.add(
          width == 2
              ? learner.constant(job.table().features(), answer[1])
              : learner.constant(job.table().features(), answer));
    }
    return constants;
  }
}
