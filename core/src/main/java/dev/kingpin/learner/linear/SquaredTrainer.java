package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Least squares with any mixture of lasso, ridge and shrinkage toward the parent: one pass for the
 * Gram matrices of all folds, and every fit on every mask is done. (Groups with categories are read
 * once more before, to see which levels they have.)
 */
final class SquaredTrainer implements AggregateTrainer<SquaredState, LinearRequest, LinearPartial> {
  @Override
  public SquaredState begin(Chain chain, GroupStats group, @Nullable Prior prior) {
    return new SquaredState(chain, group, prior);
  }

  @Override
  public @Nullable LinearRequest ask(SquaredState state) {
    if (state.design == null) {
      return new LinearRequest.OfLevels(state.group);
    }
    if (state.gram == null && state.design.columns() <= Design.MAX_COLUMNS) {
      return request(state, state.design);
    }
    return null;
  }

  private static LinearRequest.OfGram request(SquaredState state, Design design) {
    return new LinearRequest.OfGram(design, LinearRows.folds(state.chain), 1);
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
  public void writeRequest(LinearRequest request, DataOutput out) throws IOException {
    LinearWire.write(request, out);
  }

  @Override
  public LinearRequest readRequest(DataInput in, GroupStats group, @Nullable LinearRequest last)
      throws IOException {
    return LinearWire.read(in, group, last);
  }

  @Override
  public void writePartial(LinearRequest request, LinearPartial partial, DataOutput out)
      throws IOException {
    LinearWire.write(partial, out);
  }

  @Override
  public LinearPartial readPartial(LinearRequest request, DataInput in) throws IOException {
    return LinearWire.readPartial(request, in);
  }

  @Override
  public void tell(SquaredState state, LinearPartial partial) {
    if (state.design == null) {
      state.know(new Levels(state.group.features(), partial.sections[0].clone()));
      return;
    }
    state.gram = Gram.of(request(state, state.design), partial);
    solve(state, state.design, state.gram);
  }

  private static void solve(SquaredState state, Design design, Gram gram) {
    state.solutions = new Normal.Solution[state.chain.fits().size()];
    Map<RowMask, List<Integer>> byMask = new LinkedHashMap<>();
    for (int f = 0; f < state.chain.fits().size(); f++) {
      RowMask mask = state.chain.fits().get(f).mask();
      byMask.computeIfAbsent(mask, m -> new ArrayList<>()).add(f);
    }
    byMask.forEach(
        (mask, fits) -> {
          double @Nullable [] prior = prior(state, design, mask);
          Normal normal = new Normal(design, gram.matrix(mask), prior);
          List<Penalty> penalties = new ArrayList<>();
          for (int f : fits) {
            Fit fit = state.chain.fits().get(f);
            double unit = design.targets.unit();
            penalties.add(Penalty.of(fit.config(), gram.rows(mask), unit, prior != null));
          }
          Normal.Solution[] solutions = normal.solve(penalties);
          for (int i = 0; i < solutions.length; i++) {
            state.solutions[fits.get(i)] = solutions[i];
          }
        });
  }

  private static double @Nullable [] prior(SquaredState state, Design design, RowMask mask) {
    return state.prior == null
        ? null
        : LinearModel.inDesign(
            (LinearModel) state.prior.of(mask), design, design.targets.unit(), zero(design));
  }

  private static double zero(Design design) {
    return design.targets.zero() + design.group().targetOffset();
  }

  /** Nothing is read again: the Gram matrix of all rows is the sum over all folds. */
  @Override
  public SquaredState refit(SquaredState state, int fit) {
    if (state.levels == null || state.gram == null) {
      throw new IllegalStateException("A chain must be done before it is refitted");
    }
    SquaredState all = new SquaredState(state.chain.refit(fit), state.group, state.prior);
    all.design = state.design;
    all.levels = state.levels;
    all.gram = state.gram;
    solve(all, state.gram.design(), state.gram);
    return all;
  }

  @Override
  public FitResult finish(SquaredState state, int fit) {
    if (state.design == null || state.gram == null) {
      return FitResult.failed(LinearRows.tooWide(state.design));
    }
    Normal.Solution solution = state.solutions[fit];
    double[] weights = solution.weights();
    if (weights == null) {
      return FitResult.failed(LinearRows.COLLINEAR);
    }
    double unit = state.design.targets.unit();
    LinearModel model =
        LinearModel.of(state.design, Link.IDENTITY, weights, unit, zero(state.design));
    return new FitResult(solution.objective() * unit * unit, withErrors(state, fit, model), null);
  }

  private static LinearModel withErrors(SquaredState state, int fit, LinearModel model) {
    if (!state.chain.infers(fit) || state.gram == null) {
      return model;
    }
    Fit of = state.chain.fits().get(fit);
    Design design = state.gram.design();
    long rows = state.gram.rows(of.mask());
    double @Nullable [] prior = prior(state, design, of.mask());
    Normal normal = new Normal(design, state.gram.matrix(of.mask()), prior);
    Penalty penalty = Penalty.of(of.config(), rows, design.targets.unit(), prior != null);
    Errors errors = normal.errors(state.solutions[fit], penalty, rows);
    return errors == null ? model : model.withErrors(errors);
  }

  @Override
  public byte[] snapshot(SquaredState state) {
    return Snapshots.write(
        out -> {
          Snapshots.writeLongs(out, state.levels == null ? null : state.levels.rows());
          Snapshots.writeSections(out, state.gram == null ? null : state.gram.sections());
        });
  }

  @Override
  public SquaredState restore(
      Chain chain, GroupStats group, @Nullable Prior prior, byte[] snapshot) {
    SquaredState state = new SquaredState(chain, group, prior);
    Snapshots.read(
        snapshot,
        in -> {
          long @Nullable [] levels = Snapshots.readLongs(in);
          if (levels != null) {
            state.know(new Levels(group.features(), levels));
          }
          long @Nullable [][] sections = Snapshots.readSections(in);
          if (sections != null && state.design != null) {
            state.gram = new Gram(state.design, 1, sections);
            solve(state, state.design, state.gram);
          }
        });
    return state;
  }
}
