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
import org.jspecify.annotations.Nullable;

/** Ridge regression: one pass for the moments, one for the Gram matrices, and all fits are done. */
final class RidgeTrainer implements AggregateTrainer<RidgeState, LinearRequest, LinearPartial> {
  @Override
  public RidgeState begin(Chain chain, GroupStats group, @Nullable Prior prior) {
    return new RidgeState(chain, group);
  }

  @Override
  public @Nullable LinearRequest ask(RidgeState state) {
    RowMask mask = state.chain.fits().get(0).mask();
    if (state.moments == null || state.design == null) {
      return new LinearRequest.OfMoments(state.group, mask);
    }
    if (state.fitGram == null && state.design.columns() <= Design.MAX_COLUMNS) {
      return new LinearRequest.OfGram(state.design, mask);
    }
    return null;
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
  public void tell(RidgeState state, LinearPartial partial) {
    if (state.moments == null || state.design == null) {
      state.moments = Moments.of(state.group, partial);
      state.design = Design.of(state.moments);
      return;
    }
    state.fitGram = GramRows.matrix(state.design, partial.sections, Moments.FIT);
    state.heldGram = GramRows.matrix(state.design, partial.sections, Moments.HELD);
    solve(state);
  }

  private static void solve(RidgeState state) {
    if (state.moments == null || state.design == null || state.fitGram == null) {
      return;
    }
    Scaling scaling = Scaling.of(state.design, state.moments);
    Ridge ridge = new Ridge(state.design, state.fitGram, scaling);
    double[] penalties =
        state.chain.fits().stream().mapToDouble(f -> LinearLearner.l2(f.config())).toArray();
    double[][] weights = ridge.solve(penalties);
    state.objectives = new double[penalties.length];
    for (int f = 0; f < penalties.length; f++) {
      if (weights[f] != null) {
        state.objectives[f] = ridge.objective(weights[f], penalties[f]);
      }
    }
    state.weights = weights;
  }

  /** Nothing is read again: the Gram matrix of all rows is the sum of both sides. */
  @Override
  public RidgeState refit(RidgeState state, int fit) {
    Chain chain = state.chain.refit(fit);
    RidgeState all = new RidgeState(chain, state.group);
    if (state.moments == null || state.fitGram == null || state.heldGram == null) {
      throw new IllegalStateException("A chain must be done before it is refitted");
    }
    all.moments = state.moments.ofAllRows();
    all.design = state.design;
    all.fitGram = new double[state.fitGram.length];
    all.heldGram = new double[state.fitGram.length];
    for (int i = 0; i < all.fitGram.length; i++) {
      all.fitGram[i] = state.fitGram[i] + state.heldGram[i];
    }
    solve(all);
    return all;
  }

  @Override
  public FitResult finish(RidgeState state, int fit) {
    if (state.moments == null || state.design == null || state.heldGram == null) {
      return FitResult.failed(LinearRows.tooWide(state.design));
    }
    double[] weights = state.weights == null ? null : state.weights[fit];
    if (weights == null) {
      return FitResult.failed(LinearRows.COLLINEAR);
    }
    double unit = buildUnit(state.group);
    LinearModel model = LinearModel.ofRegression(state.design, weights);
    return new FitResult(state.objectives[fit] * unit * unit, model, null);
  }

  /** What one unit of the scaled target is in units of the target. */
  private static double buildUnit(GroupStats group) {
    Moments.Ranges ranges = new Moments.Ranges(group);
    return ranges.targetBack(1) - ranges.targetBack(0);
  }

  @Override
  public byte[] snapshot(RidgeState state) {
    return Snapshots.write(
        out -> {
          Snapshots.writeMoments(out, state.moments);
          Snapshots.writeDoubles(out, state.fitGram);
          Snapshots.writeDoubles(out, state.heldGram);
        });
  }

  @Override
  public RidgeState restore(Chain chain, GroupStats group, @Nullable Prior prior, byte[] snapshot) {
    RidgeState state = new RidgeState(chain, group);
    Snapshots.read(
        snapshot,
        in -> {
          state.moments = Snapshots.readMoments(in, group);
          state.fitGram = Snapshots.readDoubles(in);
          state.heldGram = Snapshots.readDoubles(in);
        });
    if (state.moments != null) {
      state.design = Design.of(state.moments);
      solve(state);
    }
    return state;
  }
}
