package dev.kingpin.engine;

import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Rivals;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.Scores;
import dev.kingpin.query.ResolvedQuery;
import dev.kingpin.store.TrainedGroup;
import dev.kingpin.tune.Choice;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Trains all configs on one group, compares them with one another and with others, and refits. */
final class Tuning {
  private final TrainJob job;
  private final ChainRunner runner;
  private final Judge judge;
  private final List<RowMask> masks;
  private final Map<Fit, Place> places = new HashMap<>();

  Tuning(TrainJob job, ChainRunner runner, Judge judge) {
    this.job = job;
    this.runner = runner;
    this.judge = judge;
    masks = job.query().query().validation().masks();
  }

  /** Where a fit ran. */
  private record Place(ChainRunner.Trained chain, int fit) {
    FitResult result() {
      return chain.finish(fit);
    }
  }

  /**
   * What came of it.
   *
   * @param foldModels of the winner, for every mask; empty if there is none
   */
  record Result(Outcome outcome, List<Model> foldModels) {}

  Result run(Optional<TrainedGroup> parent, Optional<TrainedGroup> global) {
    for (ChainRunner.Trained trained : runner.run(job.chains())) {
      List<Fit> fits = trained.chain().fits();
      for (int f = 0; f < fits.size(); f++) {
        places.put(fits.get(f), new Place(trained, f));
      }
    }
    List<Judge.Contender> contenders = new ArrayList<>();
    BitSet trained = new BitSet();
    @Nullable String problem = null;
    for (Config config : job.configs()) {
      List<@Nullable Model> models = new ArrayList<>();
      for (RowMask mask : masks) {
        FitResult result = place(config, mask).result();
        problem =
            problem == null && result.model() == null ? config + ": " + result.problem() : problem;
        models.add(result.model());
      }
      Judge.Contender contender = new Judge.Contender(models);
      trained.set(contenders.size(), contender.isComplete());
      contenders.add(contender);
    }
    return trained.isEmpty() ? noFit(problem) : judged(contenders, trained, parent, global);
  }

  private static Result noFit(@Nullable String problem) {
    String message = "no config could be trained; " + problem;
    return new Result(new Outcome.Failed(Outcome.Reason.NO_FIT, message), List.of());
  }

  private Place place(Config config, RowMask mask) {
    Place place = places.get(new Fit(config, mask));
    if (place == null) {
      throw new IllegalStateException("No chain has the fit of " + config + " on " + mask);
    }
    return place;
  }

  private Result judged(
      List<Judge.Contender> own,
      BitSet trained,
      Optional<TrainedGroup> parent,
      Optional<TrainedGroup> global) {
    ResolvedQuery query = job.query();
    int configs = own.size();
    List<Judge.Contender> all = new ArrayList<>(own);
    parent.ifPresent(p -> all.add(contender(p)));
    boolean isSame = parent.equals(global);
    if (!isSame) {
      global.ifPresent(g -> all.add(contender(g)));
    }
    int constant = all.size();
    all.add(judge.constant(job.table().features()));
    Scores scores = judge.scores(all);
    double byParent = isSame || parent.isEmpty() ? Double.NaN : scores.deciding(configs);
    double byGlobal = global.isEmpty() ? Double.NaN : scores.deciding(constant - 1);
    Rivals rivals = new Rivals(scores.deciding(constant), byParent, byGlobal);
    Choice choice = new Choice(query.metric(), job.configs(), query.learner().simplerFirst());
    Scores ownScores = scores.first(configs);
    for (int c = 0; c < configs; c++) {
      trained.set(c, trained.get(c) && answersNumbers(scores, c, constant));
    }
    int winner = choice.winner(ownScores, trained);
    if (winner == Choice.NONE) {
      return noFit(job.configs().get(0) + ": the model does not answer numbers");
    }
    List<Model> foldModels = own.get(winner).all();
    Model model = query.query().refit() ? refitted(winner, foldModels) : foldModels.get(0);
    return new Result(new Outcome.Trained(winner, ownScores, rivals, model), foldModels);
  }

  /** Whether every metric is a number where that of the constant is one. */
  private static boolean answersNumbers(Scores scores, int model, int constant) {
    for (int m = 0; m < scores.metrics(); m++) {
      if (Double.isFinite(scores.of(constant, m)) && !Double.isFinite(scores.of(model, m))) {
        return false;
      }
    }
    return true;
  }

  private static Judge.Contender contender(TrainedGroup family) {
    return new Judge.Contender(new ArrayList<>(family.foldModels()));
  }

  private Model refitted(int winner, List<Model> foldModels) {
    Place place = place(job.configs().get(winner), masks.get(0));
    Model model = place.chain().refit(place.fit()).finish(0).model();
    return model == null ? foldModels.get(0) : model;
  }

  /** The metrics that are kept of every config. */
  static List<Metric> metrics(TrainJob job) {
    return Metric.kept(job.query().metric());
  }
}
