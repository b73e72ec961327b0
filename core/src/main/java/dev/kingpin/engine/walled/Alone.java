package dev.kingpin.engine.walled;

import dev.kingpin.engine.Epochs;
import dev.kingpin.engine.Field;
import dev.kingpin.engine.Field.StateKey;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Trainer;

/** A worker that has all rows of a group trains one of its chains. */
final class Alone {
  private final Worker worker;
  private final Tenant tenant;

  Alone(Worker worker, Tenant tenant) {
    this.worker = worker;
    this.tenant = tenant;
  }

  /** Trains a chain whose state is given as bytes; gives its state when it is done. */
  byte[] train(Chain chain, byte[] begun) {
    Learner learner = worker.job().query().learner();
    return train(learner.trainer(chain), chain, begun);
  }

  private <S> byte[] train(Trainer<S> trainer, Chain chain, byte[] begun) {
    S state = trainer.restore(chain, tenant.stats(), tenant.prior(worker), begun);
    if (trainer instanceof AggregateTrainer<S, ?, ?> aggregate) {
      steps(aggregate, chain, state);
    } else if (trainer instanceof SequentialTrainer<S> sequential) {
      epochs(sequential, chain, state, s -> {});
    }
    return trainer.snapshot(state);
  }

  private <S, Q, P> void steps(AggregateTrainer<S, Q, P> trainer, Chain chain, S state) {
    StateKey key = tenant.open(trainer.rowStateWidth(chain));
    for (Q request = trainer.ask(state); request != null; request = trainer.ask(state)) {
      P answer = tenant.answer(trainer, request, key, worker, true);
      trainer.tell(state, answer, worker.workspace());
    }
    tenant.close(key.number());
  }

  <S> void epochs(
      SequentialTrainer<S> trainer, Chain chain, S state, Field.AfterEpoch<S> afterEpoch) {
    new Epochs(tenant.permuted(), worker.workspace(), () -> worker.pass(tenant))
        .train(trainer, chain, state, afterEpoch);
  }
}
