package dev.kingpin.engine.walled;

import dev.kingpin.data.Deal;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.data.ShardRows;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a worker has of the batches of a group: of every row block, in the order in which chains
 * visit rows, the rows that were dealt to its parts. The owner knows the folds of all rows too.
 */
final class BatchRows {
  private final GroupStats stats;
  private final int parts;
  private final Map<Integer, ShardRows> arriving = new TreeMap<>(); // by part
  private final Map<Integer, GroupRows> rows = new TreeMap<>(); // by part
  private byte[] folds = {};

  BatchRows(Introduction group) {
    stats = group.stats();
    parts = parts(group.placement());
  }

  /** Into how many parts batches are dealt. */
  static int parts(Placement placement) {
    List<Shard> shards = Introduction.shards(placement);
    return shards.isEmpty() ? 1 : shards.get(shards.size() - 1).to();
  }

  /** Rows of a part have come, or folds. */
  void take(Message message) {
    if (message.kind() == Message.Kind.FOLDS) {
      folds = message.body();
    } else {
      arriving.computeIfAbsent(message.question(), p -> new ShardRows(stats)).read(message.body());
    }
  }

  /** (rows), in the order in which chains visit them. */
  byte[] folds() {
    return folds;
  }

  /** What a part that is here says to a request. */
  <Q, P> P answer(RowScan<Q, P> scan, Q request, int part, Span span, Workspace workspace) {
    P partial = scan.partial(request, null);
    GroupRows here = rows.computeIfAbsent(part, this::arrived);
    if (span.equals(Span.ALL)) {
      for (int b = 0; b < here.blocks(); b++) {
        scan.accumulate(request, here.block(b), RowState.NONE, partial, workspace);
      }
      return partial;
    }
    Deal deal = new Deal(part, parts);
    int from = deal.before(span.from());
    int to = deal.before(span.to());
    if (from < to) {
      RowBlock batch = here.block(span.block()).part(from, to);
      scan.accumulate(request, batch, RowState.NONE, partial, workspace);
    }
    return partial;
  }

  private GroupRows arrived(int part) {
    return arriving.getOrDefault(part, new ShardRows(stats)).rows();
  }
}
