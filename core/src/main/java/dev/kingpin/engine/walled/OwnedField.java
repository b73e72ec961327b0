package dev.kingpin.engine.walled;

import dev.kingpin.data.Bytes;
import dev.kingpin.data.GroupStats;
import dev.kingpin.engine.Field;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Pattern;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Workspace;
import dev.kingpin.plan.Bundles;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The rows of a group as its owner sees them, wherever they lie: requests go to all workers that
 * have a shard, its own shard answers at once, and while others answer the owner's processor is
 * free.
 */
final class OwnedField implements Field {
  private final Worker worker;
  private final int number; // of the group
  private final Tenant tenant;
  private final Set<Integer> others = new LinkedHashSet<>(); // workers with rows of the group
  private int states;
  private int tasks;

  OwnedField(Worker worker, int number, Tenant tenant) {
    this.worker = worker;
    this.number = number;
    this.tenant = tenant;
    for (Shard shard : Introduction.shards(tenant.placement())) {
      others.add(shard.worker());
    }
    others.remove(worker.number());
  }

  @Override
  public Workspace workspace() {
    return worker.workspace();
  }

  @Override
  public GroupStats stats() {
    return tenant.stats();
  }

  @Override
  public long rows() {
    return stats().rows();
  }

  /** Rows come with their folds. */
  @Override
  public void split() {}

  @Override
  public long validationRows() {
    long rows = 0;
    int[][] starts = tenant.group().starts();
    for (int fold = 0; fold < starts.length - 1; fold++) {
      rows += starts[fold][starts[fold].length - 1];
    }
    return rows;
  }

  @Override
  public int[] foldStarts(int fold) {
    int[][] starts = tenant.group().starts();
    return starts[fold > 0 ? fold - 1 : starts.length - 1];
  }

  @Override
  public <Q, P> P scan(RowScan<Q, P> scan, Q request, StateKey state) {
    if (others.isEmpty()) {
      return tenant.answer(scan, request, state, worker, true);
    }
    byte[] body =
        Bytes.write(
            out -> {
              out.writeInt(state.number());
              out.writeInt(state.width());
              scan.writeRequest(request, out);
            });
    Calls.Call call = ask(Message.Kind.ASK, worker.questions().number(scan), body);
    P total = tenant.answer(scan, request, state, worker, false);
    for (byte[] answer : await(call)) {
      scan.merge(total, Bytes.read(answer, in -> scan.readPartial(request, in)));
    }
    return total;
  }

  private Calls.Call ask(Message.Kind kind, int question, byte[] body) {
    Calls.Call call = worker.call(number, tenant, others.size());
    for (int other : others) {
      worker.send(other, new Message(kind, number, question, call.number, body));
    }
    worker.sync(number);
    return call;
  }

  /**
   * Asks all others that have rows, as often as a batch is learned from.
   *
   * @param meanwhile done before the wait for their answers
   * @return the answers as they came; none if there are no others
   */
  List<byte[]> gather(Message.Kind kind, int question, byte[] body, Runnable meanwhile) {
    if (others.isEmpty()) {
      meanwhile.run();
      return List.of();
    }
    Calls.Call call = ask(kind, question, body);
    meanwhile.run();
    return await(call);
  }

  private List<byte[]> await(Calls.Call call) {
    worker.release(tenant);
    try {
      return call.await();
    } finally {
      worker.core().take(true);
    }
  }

  @Override
  public StateKey open(int width) {
    return width == 0 ? StateKey.NONE : new StateKey(++states, width);
  }

  @Override
  public void close(StateKey state) {
    tenant.close(state.number());
    if (state.width() > 0) {
      byte[] body = Bytes.write(out -> out.writeInt(state.number()));
      others.forEach(w -> worker.send(w, new Message(Message.Kind.CLOSE, number, 0, 0, body)));
    }
  }

  @Override
  public <S> void replay(AggregateTrainer<S, ?, ?> trainer, Chain chain, S state, StateKey key) {
    tenant.replay(trainer, state, key, workspace());
    if (!others.isEmpty()) {
      byte[] body =
          Bytes.write(
              out -> {
                out.writeInt(key.number());
                out.writeInt(key.width());
                worker.chains().write(chain, out);
                Bytes.writeArray(trainer.snapshot(state), out);
              });
      await(ask(Message.Kind.REPLAY, 0, body));
    }
  }

  @Override
  public <S> void epochs(
      SequentialTrainer<S> trainer, Chain chain, S state, AfterEpoch<S> afterEpoch) {
    if (tenant.placement() instanceof Placement.Summed) {
      Batches.of(worker, tenant, this, trainer, state).train(trainer, chain, afterEpoch);
    } else {
      new Alone(worker, tenant).epochs(trainer, chain, state, afterEpoch);
    }
  }

  /** Chains that hop, or that are spread. */
  @Override
  public List<Chain> away(Chain chain) {
    Placement placement = tenant.placement();
    boolean hops = placement instanceof Placement.Cut && chain.pattern() == Pattern.SEQUENTIAL;
    boolean isRefit = !worker.job().chains().contains(chain);
    if (hops || (placement instanceof Placement.Spread && !isRefit)) {
      List<Chain> parts = worker.job().query().learner().parts(chain);
      return Bundles.of(chain, parts, hops ? bundles(parts.size()) : parts.size());
    }
    return List.of();
  }

  private int bundles(int parts) {
    int chains =
        (int) worker.job().chains().stream().filter(c -> c.pattern() == Pattern.SEQUENTIAL).count();
    return Bundles.count(parts, chains, Introduction.shards(tenant.placement()).size());
  }

  @Override
  public Supplier<byte[]> train(Chain chain, byte[] begun) {
    Calls.Call call = worker.call(number, tenant, 1);
    byte[] body = Visit.begin(chain, begun).bytes(worker.chains());
    Message message = new Message(Message.Kind.CHAIN, number, 0, call.number, body);
    int to =
        tenant.placement() instanceof Placement.Spread spread
            ? spread.workers().get(tasks++)
            : worker.number();
    worker.send(to, message);
    return () -> await(call).get(0);
  }
}
