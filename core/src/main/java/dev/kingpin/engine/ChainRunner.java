package dev.kingpin.engine;

import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the chains of one group, step by step or epoch by epoch, and keeps their progress. */
final class ChainRunner {
  private final Progress progress;
  private final Learner learner;
  private final Field field;
  private final @Nullable Prior prior;

  ChainRunner(Progress progress, Learner learner, Field field, @Nullable Prior prior) {
    this.progress = progress;
    this.learner = learner;
    this.field = field;
    this.prior = prior;
  }

  /** A chain that is done. */
  interface Trained {
    Chain chain();

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
    public Chain chain() {
      return chain;
    }

    @Override
    public FitResult finish(int fit) {
      return trainer.finish(state, fit);
    }

    @Override
    public Trained refit(int fit) {
      Chain all = chain.refit(fit);
      S begun = trainer.refit(state, fit);
      return field.away(all).isEmpty()
          ? here(trainer, all, begun, true)
          : new Away<>(trainer, all, begun).await();
    }
  }

  /** A chain that is trained elsewhere. */
  private final class Away<S> {
    private final Trainer<S> trainer;
    private final Chain chain;
    private final Supplier<byte[]> state;

    Away(Trainer<S> trainer, Chain chain, S begun) {
      this.trainer = trainer;
      this.chain = chain;
      state = field.train(chain, trainer.snapshot(begun));
    }

    Trained await() {
      S done = trainer.restore(chain, field.stats(), prior, state.get());
      return new Done<>(trainer, chain, done);
    }
  }

  /**
   * Trains chains from their beginning, or from where an earlier run left them.
   *
   * @return these chains, or those into which they were split
   */
  List<Trained> run(List<Chain> chains) {
    List<Away<?>> away = new ArrayList<>();
    for (Chain chain : chains) {
      for (Chain part : field.away(chain)) {
        away.add(away(learner.trainer(part), part));
      }
    }
    List<Trained> trained = new ArrayList<>();
    for (Chain chain : chains) {
      if (field.away(chain).isEmpty()) {
        trained.add(here(learner.trainer(chain), chain));
      }
    }
    away.forEach(a -> trained.add(a.await()));
    return trained;
  }

  private <S> Away<S> away(Trainer<S> trainer, Chain chain) {
    return new Away<>(trainer, chain, trainer.begin(chain, field.stats(), prior));
  }

  private <S> Trained here(Trainer<S> trainer, Chain chain) {
    return here(trainer, chain, trainer.begin(chain, field.stats(), prior), false);
  }

  /**
   * @param goesOn whether the state begun has heard of the rows already
   */
  private <S> Trained here(Trainer<S> trainer, Chain chain, S begun, boolean goesOn) {
    Optional<byte[]> left = progress.start(chain);
    S state = left.map(bytes -> trainer.restore(chain, field.stats(), prior, bytes)).orElse(begun);
    if (trainer instanceof AggregateTrainer<S, ?, ?> aggregate) {
      runSteps(aggregate, chain, state, goesOn || left.isPresent());
    } else if (trainer instanceof SequentialTrainer<S> sequential) {
      field.epochs(sequential, chain, state, s -> keep(sequential, chain, s));
    }
    Supplier<byte[]> done = () -> trainer.snapshot(state);
    progress.end(chain, done);
    field.ended(chain, done);
    return new Done<>(trainer, chain, state);
  }

  private <S, Q, P> void runSteps(
      AggregateTrainer<S, Q, P> trainer, Chain chain, S state, boolean goesOn) {
    Field.StateKey rowState = field.open(trainer.rowStateWidth(chain));
    if (goesOn && rowState.width() > 0) {
      field.replay(trainer, chain, state, rowState);
    }
    for (Q request = trainer.ask(state); request != null; request = trainer.ask(state)) {
      P answer = field.scan(trainer, request, rowState);
      trainer.tell(state, answer, field.workspace());
      keep(trainer, chain, state);
    }
    field.close(rowState);
  }

  private <S> void keep(Trainer<S> trainer, Chain chain, S state) {
    if (progress.isDue()) {
      progress.keep(chain, trainer.snapshot(state));
    }
  }
}
