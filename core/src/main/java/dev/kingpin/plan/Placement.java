package dev.kingpin.plan;

import java.util.List;

/** Where the rows of a group lie, and who trains it. */
public sealed interface Placement {
  /** The worker that chooses the winner. */
  int owner();

  /** The group task: one worker has all rows and trains all chains. */
  record Whole(int owner) implements Placement {}

  /**
   * Rows lie in shards on several workers. Partials of a step meet at the owner; chains whose state
   * changes from batch to batch hop from shard to shard.
   *
   * @param shards in the order of the rows, at least one
   */
  record Cut(int owner, List<Shard> shards) implements Placement {
    public Cut {
      shards = List.copyOf(shards);
    }
  }

  /**
   * Rows lie in shards on several workers, and so do the rows of every batch: its gradient is
   * summed over workers. Not the same bits as elsewhere, since sums of floats are rounded as the
   * rows are dealt; but the same for the same parts, whoever has them.
   *
   * @param shards in the order of the rows, at least one. They are counted in parts: row blocks are
   *     cut into as many as there are, and the rows of every batch are dealt into them in turn
   */
  record Summed(int owner, List<Shard> shards) implements Placement {
    /**
     * How near answers and metrics are to those of other placements, wherever steps settle: those
     * in units of the target in standard deviations of it, all others as they are. A fit whose
     * steps run to and fro, and which does worse than the mean, may end farther away.
     */
    public static final double TOLERANCE = 1e-3;

    public Summed {
      shards = List.copyOf(shards);
    }
  }

  /**
   * Model tasks: each chain, or part of a chain, on a worker of its own, with all rows.
   *
   * @param workers of each task
   */
  record Spread(int owner, List<Integer> workers) implements Placement {
    public Spread {
      workers = List.copyOf(workers);
    }
  }

  /**
   * Consecutive row blocks, virtual shards where chains hop, or parts where batches are summed.
   *
   * @param share of the group's rows, above 0 and at most 1
   */
  record Shard(int worker, int from, int to, double share) {}
}
