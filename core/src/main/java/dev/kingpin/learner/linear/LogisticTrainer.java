package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Logistic regression with an L2 penalty: one pass for the moments, one for each Newton step of all
 * fits together, and one that scores the ends.
 */
final class LogisticTrainer
    implements AggregateTrainer<LogisticState, LinearRequest, LinearPartial> {
  @Override
  public LogisticState begin(Chain chain, GroupStats group, @Nullable Prior prior) {
    return new LogisticState(chain, group);
  }

  @Override
  public @Nullable LinearRequest ask(LogisticState state) {
    RowMask mask = state.chain.fits().get(0).mask();
    if (state.moments == null || state.design == null || state.scaling == null) {
      return new LinearRequest.OfMoments(state.group, mask);
    }
    if (state.scored || state.design.columns() > Design.MAX_COLUMNS) {
      return null;
    }
    Newton newton = new Newton(state.design, state.scaling);
    List<LogisticState.Progress> live =
        state.fits.stream().filter(LogisticState.Progress::isLive).toList();
    if (!live.isEmpty()) {
      List<LogisticState.Progress> trials = state.atCommonStart() ? live.subList(0, 1) : live;
      return new LinearRequest.OfLogistic(
          state.design, mask, weights(newton, trials), trials.size(), false);
    }
    List<LogisticState.Progress> settled = state.fits.stream().filter(f -> f.settled).toList();
    return settled.isEmpty()
        ? null
        : new LinearRequest.OfLogistic(
            state.design, mask, weights(newton, settled), settled.size(), true);
  }

  /** Weights of the panel at the trial of each fit: (columns + 1, fits). */
  private static double[] weights(Newton newton, List<LogisticState.Progress> fits) {
    int columns = fits.get(0).accepted.length;
    double[] weights = new double[columns * fits.size()];
    for (int t = 0; t < fits.size(); t++) {
      double[] panel = newton.toPanel(fits.get(t).trial());
      for (int i = 0; i < columns; i++) {
        weights[i * fits.size() + t] = panel[i];
      }
    }
    return weights;
  }

  @Override
  public LinearPartial partial(LinearRequest request, @Nullable LinearPartial reuse) {
    return LinearRows.partial(request, reuse);
  }

  @Override
  public void accumulate(
      LinearRequest request,
      RowBlock block,
      RowState rowState,
      LinearPartial partial,
      Workspace workspace) {
    LinearRows.accumulate(request, block, partial, workspace);
  }

  @Override
  public void merge(LinearPartial into, LinearPartial from) {
    into.add(from);
  }

  @Override
  public void tell(LogisticState state, LinearPartial partial) {
    LinearRequest request = ask(state);
    if (request instanceof LinearRequest.OfLogistic logistic && state.scaling != null) {
      if (logistic.scoresOnly()) {
        hearScores(state, state.scaling, logistic, partial);
      } else {
        hearStep(state, state.scaling, logistic, partial);
      }
    } else {
      state.moments = Moments.of(state.group, partial);
      start(state, state.moments);
    }
  }

  private static void start(LogisticState state, Moments moments) {
    state.design = Design.of(moments);
    state.scaling = Scaling.of(state.design, moments);
    for (int f = 0; f < state.chain.fits().size(); f++) {
      double[] start = new double[state.design.columns() + 1];
      double rate = moments.targetMean(Moments.FIT);
      start[state.design.columns()] = StrictMath.log(rate / (1 - rate));
      state.fits.add(new LogisticState.Progress(start));
    }
  }

  private static void hearStep(
      LogisticState state,
      Scaling scaling,
      LinearRequest.OfLogistic request,
      LinearPartial partial) {
    Newton newton = new Newton(request.design(), scaling);
    boolean common = state.atCommonStart();
    List<LogisticState.Progress> taken = new ArrayList<>();
    List<Double> penalties = new ArrayList<>();
    List<double[]> gradients = new ArrayList<>();
    List<double[]> hessians = new ArrayList<>();
    int trial = 0;
    for (int f = 0; f < state.fits.size(); f++) {
      LogisticState.Progress fit = state.fits.get(f);
      if (!fit.isLive()) {
        continue;
      }
      int t = common ? 0 : trial++;
      double penalty = LinearLearner.l2(state.chain.fits().get(f).config());
      double loss = LogisticSums.loss(request, partial, Moments.FIT, t);
      if (newton.judge(fit, newton.objective(loss, fit.trial(), penalty))) {
        taken.add(fit);
        penalties.add(penalty);
        gradients.add(LogisticSums.gradient(request, partial, t));
        hessians.add(LogisticSums.hessian(request, partial, t));
      }
    }
    if (!taken.isEmpty()) {
      newton.direct(
          taken,
          penalties.stream().mapToDouble(Double::doubleValue).toArray(),
          gradients.toArray(new double[0][]),
          hessians.toArray(new double[0][]));
    }
  }

  private static void hearScores(
      LogisticState state,
      Scaling scaling,
      LinearRequest.OfLogistic request,
      LinearPartial partial) {
    Newton newton = new Newton(request.design(), scaling);
    int trial = 0;
    for (int f = 0; f < state.fits.size(); f++) {
      LogisticState.Progress fit = state.fits.get(f);
      if (fit.settled) {
        double penalty = LinearLearner.l2(state.chain.fits().get(f).config());
        double loss = LogisticSums.loss(request, partial, Moments.FIT, trial);
        fit.objective = newton.objective(loss, fit.accepted, penalty);
        fit.heldLoss = LogisticSums.loss(request, partial, Moments.HELD, trial++);
      }
    }
    state.scored = true;
  }

  @Override
  public LogisticState refit(LogisticState state, int fit) {
    if (state.moments == null || state.design == null || state.scaling == null) {
      throw new IllegalStateException("A chain must be done before it is refitted");
    }
    Chain chain = state.chain.refit(fit);
    LogisticState all = new LogisticState(chain, state.group);
    all.moments = state.moments.ofAllRows();
    all.design = state.design;
    all.scaling = Scaling.of(state.design, all.moments);
    double[] panel = new Newton(state.design, state.scaling).toPanel(state.fits.get(fit).accepted);
    all.fits.add(
        new LogisticState.Progress(new Newton(state.design, all.scaling).toStandardised(panel)));
    return all;
  }

  @Override
  public FitResult finish(LogisticState state, int fit) {
    if (state.moments == null || state.design == null || state.scaling == null) {
      throw new IllegalStateException("A chain must be done before it is finished");
    }
    if (state.design.columns() > Design.MAX_COLUMNS) {
      return FitResult.failed(LinearRows.tooWide(state.design));
    }
    LogisticState.Progress progress = state.fits.get(fit);
    if (progress.problem != null) {
      return FitResult.failed(progress.problem);
    }
    double[] weights = new Newton(state.design, state.scaling).toPanel(progress.accepted);
    LinearModel model = LinearModel.ofLogistic(state.design, weights);
    return new FitResult(progress.objective, model, null);
  }

  @Override
  public byte[] snapshot(LogisticState state) {
    return Snapshots.write(
        out -> {
          Snapshots.writeMoments(out, state.moments);
          out.writeBoolean(state.scored);
          for (LogisticState.Progress fit : state.fits) {
            Snapshots.writeDoubles(out, fit.accepted);
            Snapshots.writeDoubles(out, fit.direction);
            out.writeDouble(fit.step);
            out.writeDouble(fit.objective);
            out.writeInt(fit.steps);
            out.writeInt(fit.halvings);
            out.writeBoolean(fit.settled);
            out.writeUTF(fit.problem == null ? "" : fit.problem);
            out.writeDouble(fit.heldLoss);
          }
        });
  }

  @Override
  public LogisticState restore(
      Chain chain, GroupStats group, @Nullable Prior prior, byte[] snapshot) {
    LogisticState state = new LogisticState(chain, group);
    Snapshots.read(
        snapshot,
        in -> {
          state.moments = Snapshots.readMoments(in, group);
          state.scored = in.readBoolean();
          if (state.moments == null) {
            return;
          }
          start(state, state.moments);
          for (LogisticState.Progress fit : state.fits) {
            fit.accepted = Snapshots.readRequired(in);
            fit.direction = Snapshots.readRequired(in);
            fit.step = in.readDouble();
            fit.objective = in.readDouble();
            fit.steps = in.readInt();
            fit.halvings = in.readInt();
            fit.settled = in.readBoolean();
            String problem = in.readUTF();
            fit.problem = problem.isEmpty() ? null : problem;
            fit.heldLoss = in.readDouble();
          }
        });
    return state;
  }
}
