package dev.kingpin.learner.linear;

import static java.util.Objects.requireNonNull;

import dev.kingpin.data.Bytes;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.Kernels;
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
 * Gram matrices of the folds that are learned from, and every fit on every mask is done. (Groups
 * with categories are read once more before, to see which levels they have.) A refit reads the rows
 * that nobody has learned from.
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
    return state.design.columns() <= Design.MAX_COLUMNS ? request(state, state.design) : null;
  }

  /**
   * Asks for the folds that some fit learns from and that are not known; null if there are none.
   */
  private static LinearRequest.@Nullable OfGram request(SquaredState state, Design design) {
    Gram gram = state.gram;
    int folds = gram == null ? LinearRows.folds(state.chain) : gram.folds();
    int from = folds;
    int to = 0;
    for (int f = 0; f < folds; f++) {
      if ((gram == null || !gram.knows(f)) && isLearnedFrom(state.chain, f)) {
        from = Math.min(from, f);
        to = f + 1;
      }
    }
    return from < to ? new LinearRequest.OfGram(design, folds, 1, from, to) : null;
  }

  private static boolean isLearnedFrom(Chain chain, int fold) {
    for (Fit fit : chain.fits()) {
      if (fit.mask().fits(fold)) {
        return true;
      }
    }
    return false;
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
    tell(state, partial, new Workspace(Kernels.best()));
  }

  @Override
  public void tell(SquaredState state, LinearPartial partial, Workspace workspace) {
    if (state.design == null) {
      state.know(new Levels(state.group.features(), partial.sections[0].clone()));
      return;
    }
    LinearRequest.OfGram request = requireNonNull(request(state, state.design));
    Gram answer = Gram.of(request, partial);
    state.gram = state.gram == null ? answer : state.gram.and(answer);
    solve(state, state.gram, workspace.buffers(Buffers.class, Buffers::new));
  }

  private static void solve(SquaredState state, Gram gram, Buffers buffers) {
    Design design = gram.design();
    state.solutions = new Normal.Solution[state.chain.fits().size()];
    Map<RowMask, List<Integer>> byMask = new LinkedHashMap<>();
    for (int f = 0; f < state.chain.fits().size(); f++) {
      RowMask mask = state.chain.fits().get(f).mask();
      byMask.computeIfAbsent(mask, m -> new ArrayList<>()).add(f);
    }
    byMask.forEach(
        (mask, fits) -> {
          double @Nullable [] prior = prior(state, design, mask);
          Normal normal = new Normal(gram, mask, prior, buffers);
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

  /**
   * The Gram matrix of all rows is the sum over all folds, so at most the rows that nobody has
   * learned from yet are read.
   */
  @Override
  public SquaredState refit(SquaredState state, int fit) {
    if (state.levels == null || state.gram == null) {
      throw new IllegalStateException("A chain must be done before it is refitted");
    }
    SquaredState all = new SquaredState(state.chain.refit(fit), state.group, state.prior);
    all.design = state.design;
    all.levels = state.levels;
    all.gram = state.gram;
    if (request(all, all.gram.design()) == null) {
      solve(all, all.gram, new Buffers(Kernels.best()));
    }
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
    Buffers buffers = new Buffers(Kernels.best());
    Normal normal = new Normal(state.gram, of.mask(), prior, buffers);
    Penalty penalty = Penalty.of(of.config(), rows, design.targets.unit(), prior != null);
    Errors errors = normal.errors(state.solutions[fit], penalty, rows);
    return errors == null ? model : model.withErrors(errors);
  }

  @Override
  public byte[] snapshot(SquaredState state) {
    return Bytes.write(
        out -> {
          Snapshots.writeLongs(out, state.levels == null ? null : state.levels.rows());
          Snapshots.writeSections(out, state.gram == null ? null : state.gram.sections());
        });
  }

  @Override
  public SquaredState restore(
      Chain chain, GroupStats group, @Nullable Prior prior, byte[] snapshot) {
    SquaredState state = new SquaredState(chain, group, prior);
    return Bytes.read(
        snapshot,
        in -> {
          long @Nullable [] levels = Snapshots.readLongs(in);
          if (levels != null) {
            state.know(new Levels(group.features(), levels));
          }
          long @Nullable [][] sections = Snapshots.readSections(in);
          if (sections != null && state.design != null) {
            state.gram = new Gram(state.design, 1, sections);
            if (request(state, state.design) == null) {
              solve(state, state.gram, new Buffers(Kernels.best()));
            }
          }
          return state;
        });
  }
}
