package dev.kingpin.learner;

import dev.kingpin.data.GroupRows;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.tune.RowOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a chain by the letter of the contract, in the plainest way: one thread, one partial a step,
 * blocks in order. The slow twin of every engine.
 *
 * @param <S> the state of the chain
 */
abstract class ChainDriver<S> {
  private static final int ROWS_A_VIRTUAL_SHARD = 65_536;
  private static final int MANY_SCANS = 1_000;

  final Trainer<S> trainer;
  final Chain chain;
  final Ground ground;
  S state;
  int scans;

  private ChainDriver(Trainer<S> trainer, Chain chain, Ground ground, S state) {
    this.trainer = trainer;
    this.chain = chain;
    this.ground = ground;
    this.state = state;
  }

  /** What a chain and its refits learn from, and with what. */
  record Ground(GroupRows rows, @Nullable Prior prior, Workspace workspace, long seed) {
    Ground(GroupRows rows, @Nullable Prior prior, Kernels kernels, long seed) {
      this(rows, prior, new Workspace(kernels), seed);
    }
  }

  /** A chain before its first step. */
  static <S> ChainDriver<S> begin(Trainer<S> trainer, Chain chain, Ground ground) {
    return of(trainer, chain, ground, trainer.begin(chain, ground.rows.stats(), ground.prior));
  }

  private static <S> ChainDriver<S> of(Trainer<S> trainer, Chain chain, Ground ground, S state) {
    if (trainer instanceof AggregateTrainer<S, ?, ?> aggregate) {
      return new Steps<>(aggregate, chain, ground, state);
    }
    return new Epochs<>((SequentialTrainer<S>) trainer, chain, ground, state);
  }

  /** Takes one step or epoch; false if the chain is done. */
  final boolean step() {
    if (scans++ > MANY_SCANS) {
      throw new AssertionError("The chain does not come to an end");
    }
    boolean taken = advance();
    scans -= taken ? 0 : 1;
    return taken;
  }

  abstract boolean advance();

  /** Puts the state that a snapshot holds in the place of this one, with all that belongs to it. */
  abstract void restore(byte[] snapshot);

  /** What stays with the rows. */
  abstract RowState rowState();

  byte[] snapshot() {
    return trainer.snapshot(state);
  }

  ChainDriver<S> run() {
    boolean more = true;
    while (more) {
      more = step();
    }
    return this;
  }

  /** Goes on with a fit, on all rows; not run yet. */
  ChainDriver<S> refit(int fit) {
    S all = trainer.refit(state, fit);
    ChainDriver<S> driver = of(trainer, chain.refit(fit), ground, all);
    driver.restore(driver.snapshot());
    return driver;
  }

  FitResult result(Fit fit) {
    return trainer.finish(state, chain.fits().indexOf(fit));
  }

  List<FitResult> results() {
    List<FitResult> results = new ArrayList<>();
    for (int f = 0; f < chain.fits().size(); f++) {
      results.add(trainer.finish(state, f));
    }
    return results;
  }

  /** A chain of sums or histograms. */
  private static final class Steps<S, Q, P> extends ChainDriver<S> {
    private final AggregateTrainer<S, Q, P> aggregate;
    private final GroupRows rows;
    private final RowState rowState;

    Steps(AggregateTrainer<S, Q, P> aggregate, Chain chain, Ground ground, S state) {
      super(aggregate, chain, ground, state);
      this.aggregate = aggregate;
      rows = ground.rows;
      int width = aggregate.rowStateWidth(chain);
      rowState = new RowState(new float[(int) rows.rows() * width], width);
    }

    @Override
    boolean advance() {
      Q request = aggregate.ask(state);
      if (request == null) {
        return false;
      }
      P partial = aggregate.partial(request, null);
      for (int b = 0; b < rows.blocks(); b++) {
        aggregate.accumulate(request, rows.block(b), rowState, partial, ground.workspace);
      }
      aggregate.tell(state, partial);
      return true;
    }

    @Override
    void restore(byte[] snapshot) {
      state = aggregate.restore(chain, rows.stats(), ground.prior, snapshot);
      java.util.Arrays.fill(rowState.values(), Float.NaN); // nothing may be left over
      for (int b = 0; b < rows.blocks() && rowState.width() > 0; b++) {
        aggregate.replay(state, rows.block(b), rowState, ground.workspace);
      }
    }

    @Override
    RowState rowState() {
      return rowState;
    }
  }

  /** A chain of stochastic gradient descent. */
  private static final class Epochs<S> extends ChainDriver<S> {
    private final SequentialTrainer<S> sequential;
    private final GroupRows rows;
    private @Nullable GroupRows shuffled;

    Epochs(SequentialTrainer<S> sequential, Chain chain, Ground ground, S state) {
      super(sequential, chain, ground, state);
      this.sequential = sequential;
      rows = ground.rows;
    }

    @Override
    boolean advance() {
      if (!sequential.wantsEpoch(state)) {
        return false;
      }
      if (shuffled == null) {
        shuffled = rows.permuted(RowOrder.permutation(rows, ground.seed));
      }
      long shards = Math.max(1, Math.min(64, rows.rows() / ROWS_A_VIRTUAL_SHARD));
      long start = sequential.startShard(chain, (int) shards);
      for (long s = 0; s < shards; s++) {
        long shard = (start + s) % shards;
        for (int b = 0; b < shuffled.blocks(); b++) {
          boolean inShard =
              b >= shuffled.blocks() * shard / shards
                  && b < shuffled.blocks() * (shard + 1) / shards;
          if (inShard) {
            sequential.advance(state, shuffled.block(b), ground.workspace);
          }
        }
      }
      sequential.endEpoch(state);
      return true;
    }

    @Override
    void restore(byte[] snapshot) {
      state = sequential.restore(chain, rows.stats(), ground.prior, snapshot);
    }

    @Override
    RowState rowState() {
      return RowState.NONE;
    }
  }
}
