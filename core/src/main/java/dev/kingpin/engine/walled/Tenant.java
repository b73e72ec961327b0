package dev.kingpin.engine.walled;

import dev.kingpin.data.Bytes;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.data.ShardRows;
import dev.kingpin.engine.Field.StateKey;
import dev.kingpin.engine.Kin;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Workspace;
import dev.kingpin.plan.Placement;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a worker has of a group: a shard of its rows, or all of them. */
final class Tenant {
  private final int number;
  private final Introduction group;
  private final ShardRows arriving;
  private final ShardRows arrivingPermuted;
  private final BatchRows batchRows;
  private final Map<Integer, RowState> states = new HashMap<>();
  private final Map<Integer, Object> lastRequests = new HashMap<>(); // by question
  private @Nullable GroupRows rows;
  private @Nullable GroupRows permuted;
  private final AtomicInteger ownStates = new AtomicInteger(); // below 0
  private volatile boolean isGone;
  private long bytes;

  /**
   * @param number under which the group was begun
   */
  Tenant(int number, Introduction group) {
    this.number = number;
    this.group = group;
    arriving = new ShardRows(group.stats());
    arrivingPermuted = new ShardRows(group.stats());
    batchRows = new BatchRows(group);
  }

  int number() {
    return number;
  }

  Introduction group() {
    return group;
  }

  GroupStats stats() {
    return group.stats();
  }

  Placement placement() {
    return group.placement();
  }

  /** Rows have come. */
  void take(Message message) {
    bytes += message.body().length;
    switch (message.kind()) {
      case ROWS -> arriving.read(message.body());
      case PERMUTED_ROWS -> arrivingPermuted.read(message.body());
      default -> batchRows.take(message);
    }
  }

  /** Nobody needs it any more. */
  void leave() {
    isGone = true;
  }

  boolean isGone() {
    return isGone;
  }

  /** Bytes of the rows. */
  long bytes() {
    return bytes;
  }

  /** The rows that are here, in the order of the source. */
  GroupRows rows() {
    if (rows == null) {
      rows = arriving.rows();
    }
    return rows;
  }

  /** The rows that are here, in the order in which chains visit them. */
  GroupRows permuted() {
    if (permuted == null) {
      permuted = arrivingPermuted.rows();
    }
    return permuted;
  }

  BatchRows batchRows() {
    return batchRows;
  }

  RowState state(StateKey key) {
    return key.width() == 0
        ? RowState.NONE
        : states.computeIfAbsent(
            key.number(),
            k ->
                new RowState(new float[Math.toIntExact(rows().rows() * key.width())], key.width()));
  }

  /**
   * The answer of the rows that are here.
   *
   * @param passes whether requests of others may come in between
   */
  <Q, P> P answer(RowScan<Q, P> scan, Q request, StateKey key, Worker worker, boolean passes) {
    Workspace workspace = worker.workspace();
    P partial = scan.partial(request, null);
    GroupRows here = rows();
    RowState state = state(key);
    for (int b = 0; b < here.blocks(); b++) {
      RowBlock block = here.block(b);
      scan.accumulate(request, block, state, partial, workspace);
      if (passes) {
        worker.pass(this);
      }
    }
    return partial;
  }

  /** Rows begin to carry a state that no other worker knows of. */
  StateKey open(int width) {
    return width == 0 ? StateKey.NONE : new StateKey(ownStates.decrementAndGet(), width);
  }

  /** Rows need not carry a state any more. */
  void close(int state) {
    states.remove(state);
  }

  /** The answer to a message. */
  byte[] answer(Worker worker, Message message) {
    return Bytes.read(
        message.body(),
        in -> answer(worker, worker.questions().of(message.question()), message.question(), in));
  }

  private <Q, P> byte[] answer(Worker worker, RowScan<Q, P> scan, int question, DataInputStream in)
      throws IOException {
    StateKey key = new StateKey(in.readInt(), in.readInt());
    Q request = read(scan, question, in);
    P partial = answer(scan, request, key, worker, false);
    return Bytes.write(out -> scan.writePartial(request, partial, out));
  }

  /** What each part of a batch that is here says to a message, after its number. */
  byte[] answerBatch(Worker worker, Message message) {
    RowScan<?, ?> scan = worker.questions().of(message.question());
    return Bytes.read(message.body(), in -> answerBatch(worker, scan, message.question(), in));
  }

  private <Q, P> byte[] answerBatch(
      Worker worker, RowScan<Q, P> scan, int question, DataInputStream in) throws IOException {
    Span span = Span.read(in);
    Q request = read(scan, question, in);
    return Bytes.write(
        out -> {
          for (Placement.Shard shard : Introduction.shards(placement())) {
            for (int p = shard.from(); shard.worker() == worker.number() && p < shard.to(); p++) {
              P partial = batchRows.answer(scan, request, p, span, worker.workspace());
              out.writeInt(p);
              scan.writePartial(request, partial, out);
            }
          }
        });
  }

  @SuppressWarnings("unchecked") // a question has one class of requests
  private <Q, P> Q read(RowScan<Q, P> scan, int question, DataInputStream in) throws IOException {
    Q request = scan.readRequest(in, stats(), (Q) lastRequests.get(question));
    lastRequests.put(question, request);
    return request;
  }

  /** Makes the state of the rows that are here again. */
  <S> void replay(AggregateTrainer<S, ?, ?> trainer, S state, StateKey key, Workspace workspace) {
    GroupRows here = rows();
    for (int b = 0; b < here.blocks(); b++) {
      trainer.replay(state, here.block(b), state(key), workspace);
    }
  }

  /** As asked by a message. */
  void replay(Worker worker, byte[] body) {
    Bytes.read(
        body,
        in -> {
          StateKey key = new StateKey(in.readInt(), in.readInt());
          Chain chain = worker.chains().read(in);
          Trainer<?> trainer = worker.job().query().learner().trainer(chain);
          replay(worker, (AggregateTrainer<?, ?, ?>) trainer, chain, Bytes.readArray(in), key);
          return key;
        });
  }

  private <S> void replay(
      Worker worker, AggregateTrainer<S, ?, ?> trainer, Chain chain, byte[] state, StateKey key) {
    S restored = trainer.restore(chain, stats(), prior(worker), state);
    replay(trainer, restored, key, worker.workspace());
  }

  /** What the families above the group have become. */
  Kin kin(Worker worker) {
    Kin kin = new Kin();
    for (Introduction.Ancestor ancestor : group.kin()) {
      GroupKey key = group.family().key().prefix(ancestor.depth());
      kin.add(worker.entries().group(key, ancestor.entry()));
    }
    return kin;
  }

  @Nullable Prior prior(Worker worker) {
    return kin(worker).prior(worker.job(), group.family().key());
  }
}
