package dev.kingpin.engine.walled;

import dev.kingpin.data.Deal;
import dev.kingpin.data.Family;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.RowBlock;
import dev.kingpin.data.ShardRows;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.learner.Pattern;
import dev.kingpin.learner.RowMask;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import dev.kingpin.plan.VirtualShards;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.store.EntryCodec;
import dev.kingpin.store.GroupSink;
import dev.kingpin.tune.RowOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where the table lies: sends rows to the workers that are to have them. Rows of groups with chains
 * that hop go twice: in the order of the source for what is summed, and in the order in which
 * chains visit them.
 */
final class Source {
  /** Row blocks of a message. */
  private static final int BLOCKS = 256;

  private final TrainJob job;
  private final Channel channel;
  private final GroupSink sink;
  private final EntryCodec entries;
  private final Core core;
  private final boolean hops;

  Source(TrainJob job, Channel channel, GroupSink sink, EntryCodec entries, Core core) {
    this.job = job;
    this.channel = channel;
    this.sink = sink;
    this.entries = entries;
    this.core = core;
    hops = job.chains().stream().anyMatch(c -> c.pattern() == Pattern.SEQUENTIAL);
  }

  /** Row blocks of a group in the order in which chains visit its rows. */
  static int permutedBlocks(long rows) {
    return (int) ((rows + RowBlock.ROWS - 1) / RowBlock.ROWS);
  }

  /**
   * Sends the rows of a group to the workers of its placement; none of a group of too few rows,
   * which is done as soon as its owner knows their number.
   *
   * @param group the number under which it is begun
   */
  void ship(int group, Placement placement, Family family) {
    GroupRows rows = job.table().rows(family);
    byte[] introduction =
        new Introduction(family, placement, rows.stats(), starts(rows), kin(family.key())).bytes();
    Set<Integer> workers = workers(placement);
    workers.forEach(w -> send(w, Message.Kind.INTRODUCE, group, introduction));
    if (rows.rows() >= job.query().query().minRows()) {
      shipRows(group, placement, rows);
    }
  }

  private void shipRows(int group, Placement placement, GroupRows rows) {
    rows(Message.Kind.ROWS, group, placement, rows);
    if (hops) {
      GroupRows permuted = computing(() -> permuted(rows));
      if (placement instanceof Placement.Summed) {
        batchRows(group, placement, permuted);
      } else {
        rows(Message.Kind.PERMUTED_ROWS, group, placement, permuted);
      }
    }
  }

  /** To each worker its shard; to workers of a group in one piece all rows. */
  private void rows(Message.Kind kind, int group, Placement placement, GroupRows rows) {
    Message head = head(kind, group, 0);
    List<Shard> shards = Introduction.shards(placement);
    if (shards.isEmpty()) {
      workers(placement).forEach(w -> rows(w, head, rows, 0, rows.blocks()));
    }
    int pieces = shards.isEmpty() ? 1 : shards.get(shards.size() - 1).to();
    for (Shard shard : shards) {
      int from = VirtualShards.firstBlock(shard.from(), pieces, rows.blocks());
      int to = VirtualShards.firstBlock(shard.to(), pieces, rows.blocks());
      rows(shard.worker(), head, rows, from, to);
    }
  }

  /** To each worker its parts of all batches; to the owner what tells where batches start. */
  private void batchRows(int group, Placement placement, GroupRows permuted) {
    int parts = BatchRows.parts(placement);
    for (Shard shard : Introduction.shards(placement)) {
      for (int p = shard.from(); p < shard.to(); p++) {
        Deal deal = new Deal(p, parts);
        GroupRows part = computing(() -> permuted.dealt(deal));
        rows(shard.worker(), head(Message.Kind.BATCH_ROWS, group, p), part, 0, part.blocks());
      }
    }
    send(placement.owner(), Message.Kind.FOLDS, group, permuted.folds());
  }

  /** Has the owner of a group train it, whose rows are all there. */
  void train(int group, int owner) {
    send(owner, Message.Kind.TRAIN, group, new byte[0]);
  }

  private GroupRows permuted(GroupRows rows) {
    return rows.permuted(RowOrder.permutation(rows, job.query().query().seed()));
  }

  /** Workers wait for what the source does. */
  private <T> T computing(Supplier<T> task) {
    core.take(true);
    try {
      return task.get();
    } finally {
      core.release();
    }
  }

  /** Nobody needs a group any more that was begun under a number. */
  void free(int group, Set<Integer> workers) {
    workers.forEach(w -> send(w, Message.Kind.FREE, group, new byte[0]));
  }

  /** All that have rows of a group. */
  static Set<Integer> workers(Placement placement) {
    Set<Integer> workers = new LinkedHashSet<>(List.of(placement.owner()));
    Introduction.shards(placement).forEach(s -> workers.add(s.worker()));
    if (placement instanceof Placement.Spread spread) {
      workers.addAll(spread.workers());
    }
    return workers;
  }

  private void rows(int worker, Message head, GroupRows rows, int from, int to) {
    for (int b = from; b < to; b += BLOCKS) {
      int start = b;
      int end = Math.min(to, b + BLOCKS);
      byte[] body = computing(() -> ShardRows.write(rows, start, end));
      channel.send(Channel.SOURCE, worker, head.with(body));
    }
  }

  private void send(int worker, Message.Kind kind, int group, byte[] body) {
    channel.send(Channel.SOURCE, worker, head(kind, group, 0).with(body));
  }

  private static Message head(Message.Kind kind, int group, int part) {
    return new Message(kind, group, part, 0, new byte[0]);
  }

  /** Of each fold that a mask holds out, then of none. */
  private int[][] starts(GroupRows rows) {
    TrainQuery query = job.query().query();
    List<int[]> starts = new ArrayList<>();
    for (RowMask mask : query.validation().masks()) {
      starts.add(rows.foldStarts(mask.heldOut()));
    }
    starts.add(rows.foldStarts(RowMask.NONE));
    return starts.toArray(new int[0][]);
  }

  private List<Introduction.Ancestor> kin(GroupKey key) {
    List<Introduction.Ancestor> kin = new ArrayList<>();
    for (int depth = 0; depth < key.values().size(); depth++) {
      int length = depth;
      if (job.families().contains(key.prefix(depth))) {
        sink.find(key.prefix(depth))
            .ifPresent(f -> kin.add(new Introduction.Ancestor(length, entries.bytes(f))));
      }
    }
    return kin;
  }
}
