package dev.kingpin.learner.toy;

import dev.kingpin.data.Bytes;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.Hash;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * Trains {@link SgdModel}s, row by row; a last epoch learns nothing and sums up losses. Weights
 * start at zero, or at those of the parent.
 */
final class SgdTrainer implements SequentialTrainer<SgdTrainer.State> {
  private static final int REFIT_EPOCHS = 1;

  static final class State {
    final Chain chain;
    final GroupStats group;
    int left; // epochs to learn from
    boolean scored;
    final double[][] weights; // (fits, numeric features + 1)
    final double[] losses; // (fits)
    double weight;

    State(Chain chain, GroupStats group, int epochs) {
      this.chain = chain;
      this.group = group;
      left = epochs;
      int fits = chain.fits().size();
      weights = new double[fits][group.minimum().length + 1];
      losses = new double[fits];
    }
  }

  @Override
  public State begin(Chain chain, GroupStats group, @Nullable Prior prior) {
    State state = new State(chain, group, SgdLearner.epochs(chain.fits().get(0).config()));
    if (prior != null) {
      SgdModel parent = (SgdModel) prior.of(chain.fits().get(0).mask());
      for (int f = 0; f < state.weights.length; f++) {
        state.weights[f] = parent.weights().clone();
      }
    }
    return state;
  }

  @Override
  public boolean wantsEpoch(State state) {
    return !state.scored;
  }

  @Override
  public void advance(State state, RowBlock block, Workspace workspace) {
    RowMask mask = state.chain.fits().get(0).mask();
    ToyTargets targets = ToyTargets.of(state.group);
    for (int r = 0; r < block.rows(); r++) {
      if (!mask.fits(block.fold()[block.offset() + r])) {
        continue;
      }
      double target = targets.target(block, r);
      double weight = targets.weight(block, r);
      for (int f = 0; f < state.weights.length; f++) {
        double error = sum(state, f, block, r) - target;
        if (state.left == 0) {
          state.losses[f] += weight * error * error;
        } else {
          step(state, f, block, r, weight * error);
        }
      }
      if (state.left == 0) {
        state.weight += weight;
      }
    }
  }

  private static double sum(State state, int fit, RowBlock block, int row) {
    return SgdModel.sum(
        block, row, state.group.minimum(), state.group.maximum(), state.weights[fit]);
  }

  private static void step(State state, int fit, RowBlock block, int row, double error) {
    double step = error * SgdLearner.rate(state.chain.fits().get(fit).config());
    double[] weights = state.weights[fit];
    for (int j = 0; j < block.width(); j++) {
      weights[j] -=
          step * SgdModel.input(block, row, state.group.minimum(), state.group.maximum(), j);
    }
    weights[block.width()] -= step;
  }

  @Override
  public void endEpoch(State state) {
    state.scored = state.left == 0;
    state.left = Math.max(0, state.left - 1);
  }

  @Override
  public int startShard(Chain chain, int shards) {
    return (int) Math.floorMod(Hash.mix(chain.fits().toString().hashCode()), (long) shards);
  }

  @Override
  public State refit(State state, int fit) {
    State all = new State(state.chain.refit(fit), state.group, REFIT_EPOCHS);
    all.weights[0] = state.weights[fit].clone();
    return all;
  }

  @Override
  public FitResult finish(State state, int fit) {
    ToyTargets targets = ToyTargets.of(state.group);
    double range = targets.range();
    SgdModel model =
        new SgdModel(
            state.group.minimum(),
            state.group.maximum(),
            targets.low() + state.group.targetOffset(),
            range,
            state.weights[fit]);
    return new FitResult(state.losses[fit] / state.weight * range * range / 2, model, null);
  }

  @Override
  public byte[] snapshot(State state) {
    return Bytes.write(
        out -> {
          out.writeInt(state.left);
          out.writeBoolean(state.scored);
          for (double[] weights : state.weights) {
            NumberArrays.writeDoubles(out, weights);
          }
          NumberArrays.writeDoubles(out, state.losses);
          out.writeDouble(state.weight);
        });
  }

  @Override
  public State restore(Chain chain, GroupStats group, @Nullable Prior prior, byte[] snapshot) {
    return Bytes.read(
        snapshot,
        in -> {
          State state = new State(chain, group, 0);
          state.left = in.readInt();
          state.scored = in.readBoolean();
          for (double[] weights : state.weights) {
            NumberArrays.readDoubles(in, weights);
          }
          NumberArrays.readDoubles(in, state.losses);
          state.weight = in.readDouble();
          return state;
        });
  }
}
