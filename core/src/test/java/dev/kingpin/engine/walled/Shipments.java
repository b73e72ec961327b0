package dev.kingpin.engine.walled;

import dev.kingpin.data.Family;
import dev.kingpin.data.Features;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import dev.kingpin.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What comes from where the table lies, by formulas. Every worker that has a part of a group is
 * told of the group and gets its rows, twice if chains hop; its owner is told to train. No group
 * may lean on another, and rows have no weights.
 */
public final class Shipments {
  private static final int HEADER = 17;
  private static final int BLOCK = 1024; // rows
  private static final int MOST_BLOCKS = 256; // of a message

  private final TrainJob job;
  private final int copies;
  private long bytes;
  private long messages;

  private Shipments(TrainJob job) {
    this.job = job;
    copies = job.chains().stream().anyMatch(Formulas::hops) ? 2 : 1;
  }

  /** The formulas of a plan. */
  static Shipments of(TrainJob job, List<Stage> stages) {
    List<Family> families = TestStages.families(job);
    Shipments sums = new Shipments(job);
    for (Stage stage : stages) {
      for (Stage.Placed placed : stage.groups()) {
        long rows = job.table().rows(families.get(placed.group())).rows();
        sums.ship(placed.placement(), rows);
      }
    }
    return sums;
  }

  private void ship(Placement placement, long groupRows) {
    long blocks = (groupRows + BLOCK - 1) / BLOCK;
    List<Shard> shards = new ArrayList<>();
    List<Integer> tasks = new ArrayList<>();
    if (placement instanceof Placement.Cut cut) {
      shards.addAll(cut.shards());
    } else if (placement instanceof Placement.Spread spread) {
      tasks.addAll(spread.workers());
    }
    Set<Integer> workers = new TreeSet<>(tasks);
    shards.forEach(s -> workers.add(s.worker()));
    workers.add(placement.owner());
    send(workers.size(), introduction(shards.size(), tasks.size(), blocks));
    send(1, 0);
    int pieces = shards.isEmpty() ? 1 : shards.get(shards.size() - 1).to();
    for (Shard shard : shards) {
      rows(groupRows, blocks * shard.from() / pieces, blocks * shard.to() / pieces);
    }
    for (int w = 0; shards.isEmpty() && w < workers.size(); w++) {
      rows(groupRows, 0, blocks);
    }
  }

  /** Which group; who has what of it; statistics; the rows of each fold in each block. */
  private long introduction(int shards, int tasks, long blocks) {
    int numeric = job.table().features().numeric().size();
    long family = 12;
    long placement = 12 + 20L * shards + 4L * tasks;
    long stats = 32 + 16L * numeric;
    long folds = 8 + 4 * (1L + job.query().query().validation().masks().size()) * (blocks + 1);
    long kin = 4;
    return family + placement + stats + folds + kin;
  }

  private void rows(long groupRows, long from, long to) {
    Features features = job.table().features();
    int row = 4 * (features.numeric().size() + features.categorical().size()) + 4 + 4 + 1;
    for (long b = from; b < to; b += MOST_BLOCKS) {
      long end = Math.min(to, b + MOST_BLOCKS);
      long count = Math.min(end * BLOCK, groupRows) - b * BLOCK;
      for (int copy = 0; copy < copies; copy++) {
        send(1, 9 + 4 * (end - b) + count * row);
      }
    }
  }

  private void send(int count, long body) {
    messages += count;
    bytes += count * (HEADER + body);
  }

  /** Headers included. */
  public long bytes() {
    return bytes;
  }

  /** All of them. */
  public long messages() {
    return messages;
  }
}
