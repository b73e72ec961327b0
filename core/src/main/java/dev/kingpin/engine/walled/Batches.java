package dev.kingpin.engine.walled;

import dev.kingpin.data.Bytes;
import dev.kingpin.data.RowBlock;
import dev.kingpin.engine.Epochs;
import dev.kingpin.engine.Field;
import dev.kingpin.learner.BatchTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.plan.Placement.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A chain whose batches are dealt over workers: its owner asks all of them for every batch, adds up
 * what they say in the order of the parts, and takes the step.
 */
final class Batches<S, Q, P> {
  private final Worker worker;
  private final Tenant tenant;
  private final OwnedField field;
  private final BatchTrainer<S, Q, P> trainer;
  private final S state;

  private Batches(
      Worker worker, Tenant tenant, OwnedField field, BatchTrainer<S, Q, P> trainer, S state) {
    this.worker = worker;
    this.tenant = tenant;
    this.field = field;
    this.trainer = trainer;
    this.state = state;
  }

  static <S> Batches<S, ?, ?> of(
      Worker worker, Tenant tenant, OwnedField field, SequentialTrainer<S> trainer, S state) {
    BatchTrainer<S, ?, ?> batches =
        trainer
            .batches()
            .orElseThrow(() -> new IllegalStateException(trainer + " cannot sum batches"));
    return new Batches<>(worker, tenant, field, batches, state);
  }

  /** Trains the chain until it wants no further epoch. */
  void train(SequentialTrainer<S> sequential, Chain chain, Field.AfterEpoch<S> afterEpoch) {
    int[] order = Epochs.order(sequential, chain, tenant.stats().rows());
    while (sequential.wantsEpoch(state)) {
      if (trainer.learns(state)) {
        learn(order);
      } else {
        step(Span.ALL, true);
      }
      sequential.endEpoch(state);
      afterEpoch.ended(state);
    }
  }

  private void learn(int[] order) {
    boolean isFirst = true;
    byte[] folds = tenant.batchRows().folds();
    for (int block : order) {
      int before = block * RowBlock.ROWS;
      int rows = Math.min(RowBlock.ROWS, folds.length - before);
      int[] starts = trainer.batches(state, folds, before, rows);
      for (int b = 0; b < starts.length - 1; b++) {
        step(new Span(block, starts[b], starts[b + 1]), isFirst);
        isFirst = false;
      }
    }
  }

  private void step(Span span, boolean isFirst) {
    worker.pass(tenant);
    Q request = trainer.ask(state, isFirst);
    byte[] body =
        Bytes.write(
            out -> {
              span.write(out);
              trainer.writeRequest(request, out);
            });
    Map<Integer, P> partials = new TreeMap<>(); // by part
    List<byte[]> answers =
        field.gather(
            Message.Kind.BATCH,
            worker.questions().number(trainer),
            body,
            () -> own(request, span, partials));
    answers.forEach(a -> read(request, a, partials));
    List<P> inOrder = new ArrayList<>(partials.values());
    P total = inOrder.get(0);
    inOrder.subList(1, inOrder.size()).forEach(p -> trainer.merge(total, p));
    trainer.tell(state, total);
  }

  private void own(Q request, Span span, Map<Integer, P> partials) {
    for (Shard shard : Introduction.shards(tenant.placement())) {
      for (int p = shard.from(); shard.worker() == worker.number() && p < shard.to(); p++) {
        partials.put(p, tenant.batchRows().answer(trainer, request, p, span, worker.workspace()));
      }
    }
  }

  private void read(Q request, byte[] answer, Map<Integer, P> partials) {
    Bytes.read(
        answer,
        in -> {
          while (in.available() > 0) {
            partials.put(in.readInt(), trainer.readPartial(request, in));
          }
          return partials;
        });
  }
}
