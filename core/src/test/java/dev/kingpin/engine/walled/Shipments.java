package dev.kingpin.engine.walled;

import dev.kingpin.data.Family;
import dev.kingpin.data.Features;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import dev.kingpin.plan.Stage;
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
    List<Shard> shards = Introduction.shards(placement);
    List<Integer> tasks =
        placement instanceof Placement.Spread spread ? spread.workers() : List.of();
    Set<Integer> workers = new TreeSet<>(tasks);
    shards.forEach(s -> workers.add(s.worker()));
    workers.add(placement.owner());
    send(workers.size(), introduction(shards.size(), tasks.size(), blocks));
    send(1, 0);
    boolean isSummed = placement instanceof Placement.Summed;
    int pieces = shards.isEmpty() ? 1 : shards.get(shards.size() - 1).to();
    for (int copy = 0; copy < (isSummed ? 1 : copies); copy++) {
      for (Shard shard : shards) {
        rows(groupRows, blocks * shard.from() / pieces, blocks * shard.to() / pieces);
      }
      for (int w = 0; shards.isEmpty() && w < workers.size(); w++) {
        rows(groupRows, 0, blocks);
      }
    }
    if (isSummed) {
      dealt(groupRows, blocks, pieces);
    }
  }

  /** The rows of every block in turn to all parts, and the folds of all rows to the owner. */
  private void dealt(long groupRows, long blocks, int parts) {
    for (int part = 0; part < parts; part++) {
      for (long b = 0; b < blocks; b += MOST_BLOCKS) {
        long end = Math.min(blocks, b + MOST_BLOCKS);
        long count = 0;
        for (long block = b; block < end; block++) {
          long rows = Math.min(BLOCK, groupRows - block * BLOCK);
          count += (rows - part + parts - 1) / parts;
        }
        send(1, 9 + 4 * (end - b) + count * rowBytes());
      }
    }
    send(1, groupRows);
  }

  /** Which group; who has what of it; statistics; the rows of each fold in each block. */
  private long introduction(int shards, int tasks, long blocks) {
    int numeric = job.table().features().numeric().size();
    long family = 12;
    long placement = 13 + 20L * shards + 4L * tasks;
    long stats = 32 + 16L * numeric;
    long folds = 8 + 4 * (1L + job.query().query().validation().masks().size()) * (blocks + 1);
    long kin = 4;
    return family + placement + stats + folds + kin;
  }

  private void rows(long groupRows, long from, long to) {
    for (long b = from; b < to; b += MOST_BLOCKS) {
      long end = Math.min(to, b + MOST_BLOCKS);
      long count = Math.min(end * BLOCK, groupRows) - b * BLOCK;
      send(1, 9 + 4 * (end - b) + count * rowBytes());
    }
  }

  /** The numbers and codes of a row, its target, its position in the source, its fold. */
  private int rowBytes() {
    Features features = job.table().features();
    return 4 * (features.numeric().size() + features.categorical().size()) + 4 + 4 + 1;
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
