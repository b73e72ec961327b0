package dev.kingpin.plan;

import dev.kingpin.plan.Placement.Shard;
import java.util.Arrays;
import java.util.List;

/** Bytes that workers hold: their rows from the start on, and what the groups in work need. */
final class Footprint {
  /** By which owners know where batches start: a byte a row. */
  private static final double FOLDS_A_BLOCK = 1024;

  private final double[] rows; // (workers)
  private final double[] most; // (workers): beside the rows, in the stage that needs most
  private final double[] atOnce; // (workers): of cut groups, which are all in work at once
  private final double[] largest; // (workers): of whole groups, which come one after the other

  Footprint(int workers) {
    rows = new double[workers];
    most = new double[workers];
    atOnce = new double[workers];
    largest = new double[workers];
  }

  static Footprint of(List<Stage> stages, Demands groups, int workers) {
    Footprint footprint = new Footprint(workers);
    for (Stage stage : stages) {
      for (Stage.Placed placed : stage.groups()) {
        footprint.add(placed.placement(), placed.group(), groups);
      }
      footprint.endStage(stage);
    }
    return footprint;
  }

  private void add(Placement placement, int number, Demands groups) {
    Demand group = groups.of(number);
    if (placement instanceof Placement.Whole whole) {
      rows[whole.owner()] += group.rowBytes();
      alone(whole.owner(), groups.beside(number));
    } else if (placement instanceof Placement.Cut cut) {
      add(cut.shards(), cut.owner(), group);
    } else if (placement instanceof Placement.Summed summed) {
      add(summed.shards(), summed.owner(), group);
      atOnce[summed.owner()] += FOLDS_A_BLOCK * group.blocks();
    } else if (placement instanceof Placement.Spread spread) {
      spread.workers().stream().distinct().forEach(w -> rows[w] += group.rowBytes());
      spread.workers().forEach(w -> alone(w, group.taskBytes() + group.partialBytes(1)));
      atOnce[spread.owner()] += group.stateBytes();
    }
  }

  private void alone(int worker, double bytes) {
    largest[worker] = Math.max(largest[worker], bytes);
  }

  private void add(List<Shard> shards, int owner, Demand group) {
    double visitor = group.isSequential() ? group.taskBytes() : 0;
    for (Shard shard : shards) {
      double partial = group.partialBytes(shard.share());
      rows[shard.worker()] += group.rowBytes() * shard.share();
      atOnce[shard.worker()] += partial + visitor;
    }
    atOnce[owner] += group.stateBytes() + group.partialBytes(1);
  }

  /** What is in work at once is so only within a stage. */
  private void endStage(Stage stage) {
    for (Stage.Placed placed : stage.groups()) {
      for (int w : workers(placed.placement())) {
        most[w] = Math.max(most[w], atOnce[w] + largest[w]);
        atOnce[w] = 0;
        largest[w] = 0;
      }
    }
  }

  private static int[] workers(Placement placement) {
    if (placement instanceof Placement.Cut cut) {
      return cut.shards().stream().mapToInt(Shard::worker).toArray();
    }
    if (placement instanceof Placement.Summed summed) {
      return summed.shards().stream().mapToInt(Shard::worker).toArray();
    }
    if (placement instanceof Placement.Spread spread) {
      return spread.workers().stream().mapToInt(Integer::intValue).toArray();
    }
    return new int[] {placement.owner()};
  }

  /** (workers) of rows. */
  double[] rows() {
    return rows.clone();
  }

  double rowBytes() {
    return Arrays.stream(rows).sum();
  }

  /** (workers) at their fullest. */
  double[] peak() {
    double[] peak = rows.clone();
    for (int w = 0; w < peak.length; w++) {
      peak[w] += most[w];
    }
    return peak;
  }
}
