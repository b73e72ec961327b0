package dev.kingpin.learner.toy;

import dev.kingpin.data.Bytes;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trains {@link BinnedModel}s. Request k brings the leaves of round k - 1 to the scores that stay
 * with the rows, and asks for the residuals of round k in each bin; the last one asks for losses.
 * With a prior, the first round is that of the parent.
 */
class BinnedTrainer
    implements AggregateTrainer<BinnedTrainer.State, BinnedTrainer.Request, BinnedTrainer.Partial> {
  /** Rounds that a refit adds, on all rows. */
  private static final int REFIT_ROUNDS = 2;

  private static final double SCALE = 0x1p30;

  static final class State {
    final Chain chain;
    final GroupStats group;
    final int[] goals; // (fits): rounds
    final List<float[][]> rounds = new ArrayList<>(); // each (fits, bins)
    int borrowed; // rounds that are the parent's
    boolean scored;
    final double[] losses; // (fits)
    double weight;

    State(Chain chain, GroupStats group, int[] goals) {
      this.chain = chain;
      this.group = group;
      this.goals = goals;
      losses = new double[goals.length];
    }

    void borrow(@Nullable Prior prior) {
      if (prior != null) {
        BinnedModel parent = (BinnedModel) prior.of(chain.fits().get(0).mask());
        float[][] leaves = new float[goals.length][];
        Arrays.fill(leaves, parent.rounds().get(0));
        rounds.add(leaves);
        borrowed = 1;
      }
    }

    boolean hasAllRounds() {
      return rounds.size() == Arrays.stream(goals).max().orElse(0);
    }
  }

  /**
   * @param round whose residuals are wanted
   * @param leaves of the round before, (fits, bins), or null at the first
   * @param scores whether losses are wanted instead
   */
  record Request(
      GroupStats group,
      RowMask mask,
      int fits,
      int round,
      float @Nullable [][] leaves,
      boolean scores) {}

  static final class Partial {
    final long[] residuals; // (fits, bins)
    final long[] weights = new long[Bins.ALL]; // (bins)
    final long[] losses; // (fits)
    final long[] weight = new long[1];

    Partial(int fits) {
      residuals = new long[fits * Bins.ALL];
      losses = new long[fits];
    }

    long[][] all() {
      return new long[][] {residuals, weights, losses, weight};
    }
  }

  @Override
  public State begin(Chain chain, GroupStats group, @Nullable Prior prior) {
    int first = prior == null ? 0 : 1;
    int[] goals =
        chain.fits().stream().mapToInt(f -> first + BinnedLearner.rounds(f.config())).toArray();
    State state = new State(chain, group, goals);
    state.borrow(prior);
    return state;
  }

  @Override
  public @Nullable Request ask(State state) {
    if (state.scored) {
      return null;
    }
    int round = state.rounds.size();
    return new Request(
        state.group,
        state.chain.fits().get(0).mask(),
        state.chain.fits().size(),
        round,
        round == 0 ? null : state.rounds.get(round - 1),
        state.hasAllRounds());
  }

  @Override
  public Partial partial(Request request, @Nullable Partial reuse) {
    if (reuse == null || reuse.losses.length != request.fits) {
      return new Partial(request.fits);
    }
    Arrays.fill(reuse.residuals, 0);
    Arrays.fill(reuse.weights, 0);
    Arrays.fill(reuse.losses, 0);
    Arrays.fill(reuse.weight, 0);
    return reuse;
  }

  @Override
  public void accumulate(
      Request request, RowBlock block, RowState rowState, Partial partial, Workspace workspace) {
    Bins bins = Bins.of(request.group);
    ToyTargets targets = ToyTargets.of(request.group);
    for (int r = 0; r < block.rows(); r++) {
      int at = (int) (block.firstRow() + r) * request.fits;
      if (request.leaves != null) {
        int bin = bins.bin(block, r, Bins.feature(block, request.round - 1));
        for (int f = 0; f < request.fits; f++) {
          rowState.values()[at + f] += request.leaves[f][bin];
        }
      }
      if (!request.mask.fits(block.fold()[block.offset() + r])) {
        continue;
      }
      double weight = targets.weight(block, r);
      double target = targets.target(block, r);
      if (request.scores) {
        addLosses(partial, weight, target, rowState, at);
      } else {
        int bin = bins.bin(block, r, Bins.feature(block, request.round));
        partial.weights[bin] += quantised(weight);
        for (int f = 0; f < request.fits; f++) {
          double error = target - BinnedModel.START - rowState.values()[at + f];
          partial.residuals[f * Bins.ALL + bin] += quantised(weight * error);
        }
      }
    }
  }

  private static void addLosses(
      Partial partial, double weight, double target, RowState rowState, int at) {
    for (int f = 0; f < partial.losses.length; f++) {
      double error = target - BinnedModel.START - rowState.values()[at + f];
      partial.losses[f] += quantised(weight * error * error);
    }
    partial.weight[0] += quantised(weight);
  }

  private static long quantised(double value) {
    return (long) Math.rint(value * SCALE);
  }

  @Override
  public void merge(Partial into, Partial from) {
    add(into.residuals, from.residuals);
    add(into.weights, from.weights);
    add(into.losses, from.losses);
    add(into.weight, from.weight);
  }

  private static void add(long[] into, long[] from) {
    for (int i = 0; i < into.length; i++) {
      into[i] += from[i];
    }
  }

  @Override
  public void writeRequest(Request request, DataOutput out) throws IOException {
    out.writeInt(request.mask.heldOut());
    out.writeInt(request.fits);
    out.writeInt(request.round);
    out.writeBoolean(request.leaves != null);
    for (int f = 0; request.leaves != null && f < request.fits; f++) {
      for (float leaf : request.leaves[f]) {
        out.writeFloat(leaf);
      }
    }
    out.writeBoolean(request.scores);
  }

  @Override
  public Request readRequest(DataInput in, GroupStats group, @Nullable Request last)
      throws IOException {
    RowMask mask = new RowMask(in.readInt());
    int fits = in.readInt();
    int round = in.readInt();
    float[][] leaves = in.readBoolean() ? new float[fits][Bins.ALL] : null;
    for (int f = 0; leaves != null && f < fits; f++) {
      for (int b = 0; b < Bins.ALL; b++) {
        leaves[f][b] = in.readFloat();
      }
    }
    return new Request(group, mask, fits, round, leaves, in.readBoolean());
  }

  @Override
  public void writePartial(Request request, Partial partial, DataOutput out) throws IOException {
    for (long[] sums : partial.all()) {
      for (long sum : sums) {
        out.writeLong(sum);
      }
    }
  }

  @Override
  public Partial readPartial(Request request, DataInput in) throws IOException {
    Partial partial = new Partial(request.fits);
    for (long[] sums : partial.all()) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] = in.readLong();
      }
    }
    return partial;
  }

  @Override
  public void tell(State state, Partial partial) {
    int fits = state.chain.fits().size();
    int round = state.rounds.size();
    if (state.hasAllRounds()) {
      hearLosses(state, partial);
      return;
    }
    float[][] leaves = new float[fits][Bins.ALL];
    for (int f = 0; f < fits; f++) {
      double full = BinnedLearner.rate(state.chain.fits().get(f).config());
      double rate = round < state.goals[f] ? full : 0;
      for (int b = 0; b < Bins.ALL; b++) {
        double weight = partial.weights[b];
        double mean = weight > 0 ? partial.residuals[f * Bins.ALL + b] / weight : 0;
        leaves[f][b] = (float) (rate * mean);
      }
    }
    state.rounds.add(leaves);
  }

  private static void hearLosses(State state, Partial partial) {
    for (int i = 0; i < state.losses.length; i++) {
      state.losses[i] = partial.losses[i] / SCALE;
    }
    state.weight = partial.weight[0] / SCALE;
    state.scored = true;
  }

  /** Goes on with the leaves found so far, two rounds more, so its rows need their scores. */
  @Override
  public State refit(State state, int fit) {
    int found = state.goals[fit];
    int[] goals = {found + REFIT_ROUNDS};
    State all = new State(state.chain.refit(fit), state.group, goals);
    for (float[][] leaves : state.rounds.subList(0, found)) {
      all.rounds.add(new float[][] {leaves[fit]});
    }
    return all;
  }

  @Override
  public FitResult finish(State state, int fit) {
    ToyTargets targets = ToyTargets.of(state.group);
    List<float[]> leaves = new ArrayList<>();
    for (int round = 0; round < state.goals[fit]; round++) {
      leaves.add(state.rounds.get(round)[fit]);
    }
    double zero = targets.low() + state.group.targetOffset();
    return new FitResult(
        state.losses[fit] / state.weight * targets.range() * targets.range() / 2,
        new BinnedModel(Bins.of(state.group), zero, targets.range(), leaves),
        null);
  }

  @Override
  public int rowStateWidth(Chain chain) {
    return chain.fits().size();
  }

  @Override
  public void replay(State state, RowBlock block, RowState rowState, Workspace workspace) {
    Bins bins = Bins.of(state.group);
    int fits = state.chain.fits().size();
    int heard = Math.max(0, state.rounds.size() - (state.scored ? 0 : 1));
    for (int r = 0; r < block.rows(); r++) {
      int at = (int) (block.firstRow() + r) * fits;
      Arrays.fill(rowState.values(), at, at + fits, 0);
      for (int round = 0; round < heard; round++) {
        int bin = bins.bin(block, r, Bins.feature(block, round));
        for (int f = 0; f < fits; f++) {
          rowState.values()[at + f] += state.rounds.get(round)[f][bin];
        }
      }
    }
  }

  @Override
  public byte[] snapshot(State state) {
    return Bytes.write(
        out -> {
          for (int goal : state.goals) {
            out.writeInt(goal);
          }
          out.writeBoolean(state.borrowed > 0);
          List<float[][]> own = state.rounds.subList(state.borrowed, state.rounds.size());
          out.writeInt(own.size());
          for (float[][] leaves : own) {
            for (float[] values : leaves) {
              NumberArrays.writeFloats(out, values);
            }
          }
          out.writeBoolean(state.scored);
          NumberArrays.writeDoubles(out, state.losses);
          out.writeDouble(state.weight);
        });
  }

  @Override
  public State restore(Chain chain, GroupStats group, @Nullable Prior prior, byte[] snapshot) {
    return Bytes.read(
        snapshot,
        in -> {
          int[] goals = new int[chain.fits().size()];
          for (int f = 0; f < goals.length; f++) {
            goals[f] = in.readInt();
          }
          State state = new State(chain, group, goals);
          state.borrow(in.readBoolean() ? prior : null);
          for (int left = in.readInt(); left > 0; left--) {
            float[][] leaves = new float[chain.fits().size()][];
            for (int f = 0; f < leaves.length; f++) {
              leaves[f] = NumberArrays.readFloats(in);
            }
            state.rounds.add(leaves);
          }
          state.scored = in.readBoolean();
          NumberArrays.readDoubles(in, state.losses);
          state.weight = in.readDouble();
          return state;
        });
  }
}
