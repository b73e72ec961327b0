package dev.kingpin.learner.linear;

import dev.kingpin.data.Bytes;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.Hash;
import dev.kingpin.learner.BatchTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Pattern;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Linear models by stochastic gradient descent or Adam, in batches of rows.
 *
 * <p>A chain holds fits that read the same batches: one row mask, one batch size, one solver, one
 * loss. Its fits are columns of the same matrix products, and no column depends on its neighbours,
 * so a fit alone gives the same bits. All fits start from the model without coefficients. The
 * learning rate is constant: the end lies around the optimum, the closer the smaller the rate. A
 * step's length is proportional to the rows in its batch; a group with fewer rows than a batch
 * takes whole steps.
 *
 * <p>Epoch 0 sums up what {@link Design} and {@link Scaling} want to know, of both sides of the
 * mask; so a refit, which trains from the start on all rows, does without it.
 */
final class SgdTrainer implements SequentialTrainer<SgdState> {
  private static final String RAN_AWAY =
      "its steps ran away with learning_rate %s. Maybe use a smaller one, such as %s";

  // ---------------------------------------------------------------- chains

  /** Splits fits of stochastic solvers into chains. */
  static List<Chain> chains(Task task, Metric metric, List<Fit> fits) {
    Map<List<Object>, List<Fit>> alike = new LinkedHashMap<>();
    for (Fit fit : fits) {
      alike.computeIfAbsent(kind(fit), k -> new ArrayList<>()).add(fit);
    }
    return alike.values().stream()
        .map(same -> new Chain(Pattern.SEQUENTIAL, task, metric, same))
        .toList();
  }

  /** What the fits of a chain have in common: the held out fold, batch size, solver and loss. */
  private static List<Object> kind(Fit fit) {
    Config config = fit.config();
    SgdConfig sgd = SgdConfig.of(config);
    String loss = config.text(LinearLearner.LOSS, LinearLearner.AUTO);
    return List.of(fit.mask().heldOut(), sgd.batch(), sgd.adam(), loss);
  }

  @Override
  public int startShard(Chain chain, int shards) {
    return (int) Math.floorMod(Hash.mix(kind(chain.fits().get(0)).hashCode()), (long) shards);
  }

  // ---------------------------------------------------------------- epochs

  @Override
  public SgdState begin(Chain chain, GroupStats group, @Nullable Prior prior) {
    return new SgdState(chain, group);
  }

  @Override
  public boolean wantsEpoch(SgdState state) {
    return state.phase() != SgdState.Phase.DONE;
  }

  @Override
  public void advance(SgdState state, RowBlock block, Workspace workspace) {
    Buffers buffers = workspace.buffers(Buffers.class, Buffers::new);
    switch (state.phase()) {
      case COUNT -> state.counts.add(block, buffers);
      case LEARN -> learn(state, block, buffers);
      case JUDGE -> judge(state, block, buffers);
      case DONE -> throw new IllegalStateException("The chain is done");
    }
  }

  private static void learn(SgdState state, RowBlock block, Buffers buffers) {
    if (state.columns == null || state.weights == null || state.scaling == null) {
      throw new IllegalStateException("The rows have not been counted");
    }
    SgdRows rows = new SgdRows(state.columns, request(state, state.live.length), block, buffers);
    rows.learn(state.weights, state.pace(), state.batch(), meanWeight(state));
  }

  static double meanWeight(SgdState state) {
    return state.moments == null || state.scaling == null
        ? 1
        : state.scaling.weight / state.moments.rows(Moments.FIT);
  }

  private static void judge(SgdState state, RowBlock block, Buffers buffers) {
    if (state.columns == null || state.weights == null) {
      throw new IllegalStateException("The rows have not been counted");
    }
    SgdRows rows =
        new SgdRows(state.columns, request(state, state.chain.fits().size()), block, buffers);
    rows.addLosses(rows.packed(state.weights), state.losses);
  }

  private static LinearRequest.OfLoss request(SgdState state, int trials) {
    if (state.design == null) {
      throw new IllegalStateException("The rows have not been counted");
    }
    RowMask[] masks = new RowMask[trials];
    Arrays.fill(masks, state.mask);
    return new LinearRequest.OfLoss(state.design, state.loss, masks, new double[0], new int[0]);
  }

  @Override
  public void endEpoch(SgdState state) {
    switch (state.phase()) {
      case COUNT -> state.know(Moments.of(state.group, state.counts.sums));
      case LEARN -> state.endOfLearning();
      case JUDGE -> state.judged = true;
      case DONE -> throw new IllegalStateException("The chain is done");
    }
  }

  @Override
  public Optional<BatchTrainer<SgdState, ?, ?>> batches() {
    return Optional.of(new SgdBatches());
  }

  // ---------------------------------------------------------------- results

  @Override
  public SgdState refit(SgdState state, int fit) {
    if (state.moments == null) {
      throw new IllegalStateException("A chain must be done before it is refitted");
    }
    SgdState all = new SgdState(state.chain.refit(fit), state.group);
    for (int k = 0; k < state.outputs; k++) {
      all.classWeights[k] = state.classWeights[k] + state.classWeights[state.outputs + k];
    }
    all.know(state.moments.ofAllRows());
    return all;
  }

  @Override
  public FitResult finish(SgdState state, int fit) {
    String obstacle = state.obstacle();
    if (obstacle != null) {
      return FitResult.failed(obstacle);
    }
    if (state.phase() != SgdState.Phase.DONE
        || state.moments == null
        || state.columns == null
        || state.scaling == null) {
      throw new IllegalStateException("A chain must be done before it is finished");
    }
    double loss = state.losses[fit] / state.scaling.weight;
    double[] end = state.ends[fit];
    if (end == null || !(loss <= new SgdStart(state, state.moments).runaway())) {
      double rate = state.configs[fit].rate();
      return FitResult.failed(RAN_AWAY.formatted(rate, rate / 10));
    }
    double penalty = state.columns.penalty(end, state.outputs, state.penalty(fit));
    double unit = state.unit();
    double[] weights = state.columns.toDesign(end, state.outputs);
    forgetUnseen(new SgdStart(state, state.moments), weights, state.outputs);
    return new FitResult((loss + penalty) * unit * unit, model(state, weights), null);
  }

  private static LinearModel model(SgdState state, double[] weights) {
    if (state.design == null) {
      throw new IllegalStateException("The rows have not been counted");
    }
    double zero =
        state.loss == Loss.SQUARED ? state.design.targets.zero() + state.group.targetOffset() : 0;
    return LinearModel.of(state.design, state.loss.link(), weights, state.unit(), zero);
  }

  /** A class without rows has probability 0. */
  private static void forgetUnseen(SgdStart start, double[] weights, int outputs) {
    for (int k = 0; k < outputs; k++) {
      if (!start.isSeen(k)) {
        for (int at = k; at < weights.length; at += outputs) {
          weights[at] = at < weights.length - outputs ? 0 : Double.NEGATIVE_INFINITY;
        }
      }
    }
  }

  @Override
  public byte[] snapshot(SgdState state) {
    return Bytes.write(state::write);
  }

  @Override
  public SgdState restore(Chain chain, GroupStats group, @Nullable Prior prior, byte[] snapshot) {
    SgdState state = new SgdState(chain, group);
    return Bytes.read(
        snapshot,
        in -> {
          state.read(in);
          return state;
        });
  }
}
