package dev.kingpin.engine;

import dev.kingpin.data.GroupRows;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Trainer;
import dev.kingpin.plan.VirtualShards;
import dev.kingpin.tune.RowOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the chains of one group, step by step or epoch by epoch, and keeps their progress. */
final class ChainRunner {
  private final Progress progress;
  private final Scans scans;
  private final GroupRows rows;
  private final long seed;
  private final @Nullable Prior prior;
  private @Nullable GroupRows permuted;

  ChainRunner(Progress progress, Scans scans, GroupRows rows, long seed, @Nullable Prior prior) {
    this.progress = progress;
    this.scans = scans;
    this.rows = rows;
    this.seed = seed;
    this.prior = prior;
  }

  /** A chain that is done. */
  interface Trained {
    /** How a fit ended. */
    FitResult finish(int fit);

    /** Goes on with a fit on all rows. */
    Trained refit(int fit);
  }

  private final class Done<S> implements Trained {
    private final Trainer<S> trainer;
    private final Chain chain;
    private final S state;

    Done(Trainer<S> trainer, Chain chain, S state) {
      this.trainer = trainer;
      this.chain = chain;
      this.state = state;
    }

    @Override
    public FitResult finish(int fit) {
      return trainer.finish(state, fit);
    }

    @Override
    public Trained refit(int fit) {
      return ChainRunner.this.run(trainer, chain.refit(fit), trainer.refit(state, fit), true);
    }
  }

  /** Trains a chain from its beginning, or from where an earlier run left it. */
  <S> Trained run(Trainer<S> trainer, Chain chain) {
    return run(trainer, chain, trainer.begin(chain, rows.stats(), prior), false);
  }

  /** Trains fit {@code fit} of a chain again on all rows. */
  Trained refit(Trained trained, int fit) {
    return trained.refit(fit);
  }

  /**
   * @param goesOn whether the state begun has heard of the rows already
   */
  private <S> Trained run(Trainer<S> trainer, Chain chain, S begun, boolean goesOn) {
    Optional<byte[]> left = progress.start();
    S state = left.map(bytes -> trainer.restore(chain, rows.stats(), prior, bytes)).orElse(begun);
    if (trainer instanceof AggregateTrainer<S, ?, ?> aggregate) {
      runSteps(aggregate, chain, state, goesOn || left.isPresent());
    } else if (trainer instanceof SequentialTrainer<S> sequential) {
      runEpochs(sequential, chain, state);
    }
    progress.end(() -> trainer.snapshot(state));
    return new Done<>(trainer, chain, state);
  }

  private <S, Q, P> void runSteps(
      AggregateTrainer<S, Q, P> trainer, Chain chain, S state, boolean goesOn) {
    RowState rowState = rowState(trainer.rowStateWidth(chain));
    if (goesOn && rowState.width() > 0) {
      for (int b = 0; b < rows.blocks(); b++) {
        trainer.replay(state, rows.block(b), rowState, scans.workspace());
      }
    }
    for (Q request = trainer.ask(state); request != null; request = trainer.ask(state)) {
      trainer.tell(state, scans.scan(trainer, request, rows, rowState));
      if (progress.isDue()) {
        progress.keep(trainer.snapshot(state));
      }
    }
  }

  private RowState rowState(int width) {
    if (width == 0) {
      return RowState.NONE;
    }
    return new RowState(new float[Math.toIntExact(rows.rows() * width)], width);
  }

  private <S> void runEpochs(SequentialTrainer<S> trainer, Chain chain, S state) {
    if (permuted == null) {
      permuted = rows.permuted(RowOrder.permutation(rows, seed));
    }
    int shards = VirtualShards.of(rows.rows());
    int first = trainer.startShard(chain, shards);
    while (trainer.wantsEpoch(state)) {
      for (int s = 0; s < shards; s++) {
        visit(trainer, state, permuted, (first + s) % shards, shards);
      }
      trainer.endEpoch(state);
      if (progress.isDue()) {
        progress.keep(trainer.snapshot(state));
      }
    }
  }

  private <S> void visit(
      SequentialTrainer<S> trainer, S state, GroupRows shuffled, int shard, int shards) {
    int from = (int) ((long) shuffled.blocks() * shard / shards);
    int to = (int) ((long) shuffled.blocks() * (shard + 1) / shards);
    for (int b = from; b < to; b++) {
      RowBlock block = shuffled.block(b);
      trainer.advance(state, block, scans.workspace());
    }
  }
}
