package dev.kingpin.learner;

import java.util.ArrayList;
import java.util.List;

/**
 * What training a chain on a group costs, in counts; a machine's rates turn them into seconds.
 *
 * @param phases one after the other
 * @param stateBytes of the chain's state, as it moves from worker to worker
 */
public record Work(List<Phase> phases, double stateBytes) {
  /** Nothing to do. */
  public static final Work NONE = new Work(List.of(), 0);

  public Work {
    phases = List.copyOf(phases);
  }

  /** Which kernels do the work: each has a rate of its own. */
  public enum Kind {
    /** Counts and sums of single columns. */
    COUNTS,
    /** Products of columns with columns: Gram matrices, Hessians. */
    PRODUCTS,
    /** Scores of rows, their losses and gradients. */
    SCORES,
    /** Steps that change weights from batch to batch. */
    UPDATES,
    /** Histograms of gradients. */
    HISTOGRAMS,
    /** Equations and line searches, at the group's owner. */
    SOLVING
  }

  /**
   * Requests of one sort, or epochs.
   *
   * @param kind of kernels that do most of the work on the rows
   * @param times how often all rows are read
   * @param flops on all rows of the group, each time
   * @param bytes read of all rows, each time
   * @param ownerFlops at the group's owner, each time
   * @param requestBytes that go to the rows, each time
   * @param partialBytes that come back from each place where rows lie, each time
   * @param batches that follow from one another in a pass; 1 unless the pattern is SEQUENTIAL
   */
  public record Phase(
      Kind kind,
      int times,
      double flops,
      double bytes,
      double ownerFlops,
      double requestBytes,
      double partialBytes,
      long batches) {
    /** A phase that is gone through so many times. */
    public Phase times(int count) {
      return new Phase(kind, count, flops, bytes, ownerFlops, requestBytes, partialBytes, batches);
    }
  }

  /** Both, one after the other. */
  public Work plus(Work other) {
    List<Phase> all = new ArrayList<>(phases);
    all.addAll(other.phases);
    return new Work(all, Math.max(stateBytes, other.stateBytes));
  }

  /** All operations, those of owners included. */
  public double flops() {
    double flops = 0;
    for (Phase phase : phases) {
      flops += phase.times() * (phase.flops() + phase.ownerFlops());
    }
    return flops;
  }

  /** Bytes of rows read, all times together. */
  public double bytes() {
    double bytes = 0;
    for (Phase phase : phases) {
      bytes += phase.times() * phase.bytes();
    }
    return bytes;
  }

  /** Scans over the rows. */
  public int passes() {
    return phases.stream().mapToInt(Phase::times).sum();
  }
}
