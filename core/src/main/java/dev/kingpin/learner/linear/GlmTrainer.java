package dev.kingpin.learner.linear;

import static java.util.Objects.requireNonNull;

import dev.kingpin.data.Bytes;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generalised linear models: one pass for the Gram matrices of all folds, which give every mask its
 * scaling, its start and the first step, then one pass for each step of all fits together.
 */
final class GlmTrainer implements AggregateTrainer<GlmState, LinearRequest, LinearPartial> {
  @Override
  public GlmState begin(Chain chain, GroupStats group, @Nullable Prior prior) {
    return new GlmState(chain, group, prior);
  }

  @Override
  public @Nullable LinearRequest ask(GlmState state) {
    if (state.design == null) {
      return new LinearRequest.OfLevels(state.group);
    }
    if (state.sums == null) {
      return sumsRequest(state, state.design);
    }
    return state.next;
  }

  private static LinearRequest sumsRequest(GlmState state, Design design) {
    int folds = LinearRows.folds(state.chain);
    int targets = state.loss.targets(state.group);
    return state.isWide()
        ? new LinearRequest.OfColumns(design, folds, targets)
        : new LinearRequest.OfGram(design, folds, targets);
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
  public void tell(GlmState state, LinearPartial partial) {
    if (state.design == null) {
      state.know(new Levels(state.group.features(), partial.sections[0].clone()));
    } else if (state.sums == null) {
      state.sums = MaskSums.of(sumsRequest(state, state.design), partial);
      settle(state, state.sums);
      Live.of(state).start();
    } else {
      LinearRequest.OfLoss request = requireNonNull(state.next);
      Live.of(state).hear(new LossAnswers(request, partial), request);
    }
  }

  /** Makes the basis of every mask, and a mover for every fit. */
  private static void settle(GlmState state, MaskSums sums) {
    Design design = sums.design();
    List<Fit> fits = state.chain.fits();
    for (Fit fit : fits) {
      state.bases.computeIfAbsent(
          fit.mask(), mask -> new Basis(state.loss, sums, mask, prior(state, design, mask)));
    }
    for (int f = 0; f < fits.size(); f++) {
      Basis basis = state.basis(f);
      Penalty penalty =
          Penalty.of(fits.get(f).config(), basis.rows, unit(state, design), basis.prior != null);
      Mover mover = new Mover(penalty, basis.start.clone());
      if (basis.isDegenerate() && penalty.toward() == 0) {
        mover.settled = true;
        mover.objective = basis.startLoss;
      }
      mover.problem = problem(state);
      boolean descends = state.isWide() || LinearLearner.isLbfgs(fits.get(f).config());
      if (descends && mover.isLive()) {
        mover.follow(Descents.start(basis, penalty, fits.get(f).config()));
      }
      state.movers.add(mover);
    }
  }

  private static @Nullable String problem(GlmState state) {
    double least = state.group.targetMinimum() + state.group.targetOffset();
    return state.loss == Loss.POISSON && least < 0
        ? "a Poisson model needs targets of 0 or more, but there is " + least
        : null;
  }

  private static double unit(GlmState state, Design design) {
    return state.loss == Loss.SQUARED ? design.targets.unit() : 1;
  }

  private static double zero(GlmState state, Design design) {
    return state.loss == Loss.SQUARED ? design.targets.zero() + design.group().targetOffset() : 0;
  }

  private static double @Nullable [] prior(GlmState state, Design design, RowMask mask) {
    return state.prior == null
        ? null
        : LinearModel.inDesign(
            (LinearModel) state.prior.of(mask), design, unit(state, design), zero(state, design));
  }

  @Override
  public GlmState refit(GlmState state, int fit) {
    if (state.levels == null || state.sums == null) {
      throw new IllegalStateException("A chain must be done before it is refitted");
    }
    GlmState all = new GlmState(state.chain.refit(fit), state.group, state.prior);
    all.know(state.levels);
    all.sums = state.sums;
    settle(all, state.sums);
    Mover mover = all.movers.get(0);
    boolean again = LinearLearner.isLbfgs(all.chain.fits().get(0).config());
    if (mover.isLive() && !again) {
      Mover from = state.movers.get(fit);
      Basis before = state.basis(fit);
      boolean leans = from.penalty.toward() > 0;
      double[] weights = before.toDesign(from.accepted, leans);
      Live.of(all).goOnFrom(all.basis(0).scaling.coordinates(weights, before.outputs));
    }
    Live.of(all).startRefit();
    return all;
  }

  @Override
  public FitResult finish(GlmState state, int fit) {
    if (state.design == null || state.sums == null) {
      return FitResult.failed(LinearRows.tooWide(state.design));
    }
    Mover mover = state.movers.get(fit);
    if (mover.problem != null) {
      return FitResult.failed(mover.problem);
    }
    double unit = unit(state, state.design);
    double[] weights = state.basis(fit).toDesign(mover.accepted, mover.penalty.toward() > 0);
    LinearModel model =
        LinearModel.of(state.design, state.loss.link(), weights, unit, zero(state, state.design));
    return new FitResult(mover.objective * unit * unit, withErrors(state, fit, model), null);
  }

  private static LinearModel withErrors(GlmState state, int fit, LinearModel model) {
    Mover mover = state.movers.get(fit);
    if (mover.information == null || state.design == null) {
      return model;
    }
    Basis basis = state.basis(fit);
    double @Nullable [] held = null;
    if (state.loss == Loss.SOFTMAX) {
      held = mover.information.clone();
      new Newton(basis).hold(mover.penalty, mover.accepted, held);
    }
    Errors errors =
        new Covariances(state.design, basis.scaling, basis.rows, 1)
            .errors(
                mover.accepted,
                mover.information,
                held,
                mover.penalty,
                1,
                Double.POSITIVE_INFINITY);
    return errors == null ? model : model.withErrors(errors);
  }

  @Override
  public byte[] snapshot(GlmState state) {
    return Bytes.write(
        out -> {
          Snapshots.writeLongs(out, state.levels == null ? null : state.levels.rows());
          Snapshots.writeSections(out, state.sums == null ? null : state.sums.sections());
          out.writeBoolean(state.sums != null && state.sums.whole());
          out.writeInt(state.references.size());
          for (Reference reference : state.references) {
            out.writeInt(reference.mask().heldOut());
            Snapshots.writeDoubles(out, reference.place().at);
            Snapshots.writeDoubles(out, reference.hessian());
          }
          for (Mover mover : state.movers) {
            mover.write(out);
          }
        });
  }

  @Override
  public GlmState restore(Chain chain, GroupStats group, @Nullable Prior prior, byte[] snapshot) {
    GlmState state = new GlmState(chain, group, prior);
    return Bytes.read(
        snapshot,
        in -> {
          long @Nullable [] levels = Snapshots.readLongs(in);
          if (levels != null) {
            state.know(new Levels(group.features(), levels));
          }
          long @Nullable [][] sections = Snapshots.readSections(in);
          boolean whole = in.readBoolean();
          if (sections == null || state.design == null) {
            return state;
          }
          MaskSums sums = new MaskSums(whole, state.design, state.loss.targets(group), sections);
          state.sums = sums;
          settle(state, sums);
          for (int i = in.readInt(); i > 0; i--) {
            RowMask mask = new RowMask(in.readInt());
            Basis basis = requireNonNull(state.bases.get(mask));
            Place place = new Place(basis, Snapshots.readRequired(in));
            state.references.add(new Reference(mask, place, Snapshots.readRequired(in)));
          }
          for (Mover mover : state.movers) {
            mover.read(in);
          }
          state.next = Live.of(state).request();
          return state;
        });
  }
}
