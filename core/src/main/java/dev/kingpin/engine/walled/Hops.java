package dev.kingpin.engine.walled;

import dev.kingpin.data.GroupRows;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.plan.Placement.Shard;
import dev.kingpin.plan.VirtualShards;
import java.util.List;

/**
 * Chains whose state changes from batch to batch, and the workers that they visit. A chain goes
 * through the virtual shards of its group in the order of one worker that has all rows: from its
 * start on, and around. It learns from the shards that a worker has, then goes on to the next.
 */
final class Hops {
  private final Worker worker;
  private final Tenant tenant;
  private final int virtualShards;

  Hops(Worker worker, Tenant tenant) {
    this.worker = worker;
    this.tenant = tenant;
    virtualShards = VirtualShards.of(tenant.stats().rows());
  }

  /** A chain has come with a message; sends it on. */
  void receive(Message message) {
    Visit visit = Visit.read(message.body(), worker.chains());
    var trainer = worker.job().query().learner().trainer(visit.chain());
    go((SequentialTrainer<?>) trainer, visit, message);
  }

  private <S> void go(SequentialTrainer<S> trainer, Visit visit, Message message) {
    Chain chain = visit.chain();
    S state = trainer.restore(chain, tenant.stats(), tenant.prior(worker), visit.state());
    int next = visit.next();
    int left = visit.left();
    while (true) {
      if (left == 0 && next >= 0) {
        trainer.endEpoch(state);
      }
      if (left == 0) {
        if (!trainer.wantsEpoch(state)) {
          byte[] done = trainer.snapshot(state);
          worker.send(
              tenant.placement().owner(),
              new Message(Message.Kind.CHAIN_DONE, message.group(), 0, message.call(), done));
          return;
        }
        next = trainer.startShard(chain, virtualShards);
        left = virtualShards;
      }
      Shard shard = shard(next);
      if (shard.worker() != worker.number()) {
        byte[] body = new Visit(chain, next, left, trainer.snapshot(state)).bytes(worker.chains());
        worker.send(
            shard.worker(),
            new Message(Message.Kind.CHAIN, message.group(), 0, message.call(), body));
        return;
      }
      int to = Math.min(shard.to(), next + left);
      visit(trainer, state, shard, next, to);
      left -= to - next;
      next = to % virtualShards;
    }
  }

  private <S> void visit(SequentialTrainer<S> trainer, S state, Shard shard, int from, int to) {
    GroupRows here = tenant.permuted();
    int blocks = Source.permutedBlocks(tenant.stats().rows());
    int before = VirtualShards.firstBlock(shard.from(), virtualShards, blocks);
    int end = VirtualShards.firstBlock(to, virtualShards, blocks);
    for (int b = VirtualShards.firstBlock(from, virtualShards, blocks); b < end; b++) {
      trainer.advance(state, here.block(b - before), worker.workspace());
    }
  }

  private Shard shard(int virtualShard) {
    List<Shard> shards = Introduction.shards(tenant.placement());
    for (Shard shard : shards) {
      if (shard.from() <= virtualShard && virtualShard < shard.to()) {
        return shard;
      }
    }
    throw new IllegalStateException("No worker has virtual shard " + virtualShard);
  }

  /** Trains a chain from its beginning on a worker that has all rows. */
  static void trainHere(Worker worker, Tenant tenant, Message message) {
    Visit visit = Visit.read(message.body(), worker.chains());
    byte[] done = new Alone(worker, tenant).train(visit.chain(), visit.state());
    worker.send(
        tenant.placement().owner(),
        new Message(Message.Kind.CHAIN_DONE, message.group(), 0, message.call(), done));
  }
}
