package dev.kingpin.engine.walled;

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
import dev.kingpin.tune.Split;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where the table lies: deals the folds of groups and sends rows to the workers that are to have
 * them. Rows of groups with chains that hop go twice: in the order of the source for what is
 * summed, and in the order in which chains visit them.
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
  private final BitSet dealt = new BitSet(); // groups whose folds are

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
   * Sends the rows of a group to the workers of its placement.
   *
   * @param group the number under which it is begun
   */
  void ship(int group, Placement placement, Family family) {
    computing(() -> deal(family));
    GroupRows rows = job.table().rows(family);
    byte[] introduction =
        new Introduction(family, placement, rows.stats(), starts(rows), kin(family.key())).bytes();
    Set<Integer> workers = workers(placement);
    workers.forEach(w -> send(w, Message.Kind.INTRODUCE, group, introduction));
    GroupRows permuted = hops ? computing(() -> permuted(rows)) : null;
    List<Shard> shards = Introduction.shards(placement);
    if (shards.isEmpty()) {
      for (int worker : workers) {
        rows(worker, Message.Kind.ROWS, group, rows, 0, rows.blocks());
        if (permuted != null) {
          rows(worker, Message.Kind.PERMUTED_ROWS, group, permuted, 0, permuted.blocks());
        }
      }
    }
    int pieces = shards.isEmpty() ? 1 : shards.get(shards.size() - 1).to();
    for (Shard shard : shards) {
      int from = VirtualShards.firstBlock(shard.from(), pieces, rows.blocks());
      int to = VirtualShards.firstBlock(shard.to(), pieces, rows.blocks());
      rows(shard.worker(), Message.Kind.ROWS, group, rows, from, to);
      if (permuted != null) {
        from = VirtualShards.firstBlock(shard.from(), pieces, permuted.blocks());
        to = VirtualShards.firstBlock(shard.to(), pieces, permuted.blocks());
        rows(shard.worker(), Message.Kind.PERMUTED_ROWS, group, permuted, from, to);
      }
    }
  }

  /** Has the owner of a group train it, whose rows are all there. */
  void train(int group, int owner) {
    send(owner, Message.Kind.TRAIN, group, new byte[0]);
  }

  private boolean deal(Family family) {
    TrainQuery query = job.query().query();
    for (int g = family.from(); g < family.to(); g++) {
      if (!dealt.get(g)) {
        Split.assign(job.table().rows(g), query.validation(), query.seed());
        dealt.set(g);
      }
    }
    return true;
  }

  private GroupRows permuted(GroupRows rows) {
    return rows.permuted(RowOrder.permutation(rows, job.query().query().seed()));
  }

  private <T> T computing(Supplier<T> task) {
    core.take(false);
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

  private void rows(int worker, Message.Kind kind, int group, GroupRows rows, int from, int to) {
    for (int b = from; b < to; b += BLOCKS) {
      int start = b;
      int end = Math.min(to, b + BLOCKS);
      send(worker, kind, group, computing(() -> ShardRows.write(rows, start, end)));
    }
  }

  private void send(int worker, Message.Kind kind, int group, byte[] body) {
    channel.send(Channel.SOURCE, worker, new Message(kind, group, 0, 0, body));
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
