package dev.kingpin.plan;

import dev.kingpin.learner.Work;

/**
 * Steps of one sort.
 *
 * @param times how many
 * @param rowSeconds of each, on all rows of the group
 * @param startSeconds of each, on each shard
 * @param ownerSeconds of each, at the owner
 * @param requestBytes of each, to each shard
 * @param partialBytes of each, from each shard
 * @param sharedBytes of each, from all shards together
 * @param batches of each that follow from one another
 */
public record Steps(
    long times,
    double rowSeconds,
    double startSeconds,
    double ownerSeconds,
    double requestBytes,
    double partialBytes,
    double sharedBytes,
    long batches) {
  /** Steps whose partials are as large as can be from each shard. */
  public Steps(
      long times,
      double rowSeconds,
      double startSeconds,
      double ownerSeconds,
      double requestBytes,
      double partialBytes,
      long batches) {
    this(times, rowSeconds, startSeconds, ownerSeconds, requestBytes, partialBytes, 0, batches);
  }

  static Steps of(Work.Phase phase, Machine machine) {
    return new Steps(
        phase.times(),
        machine.seconds(phase.kind(), phase.flops(), phase.bytes()),
        machine.start(),
        machine.seconds(Work.Kind.SOLVING, phase.ownerFlops(), 0),
        phase.requestBytes(),
        phase.partialBytes(),
        phase.batches());
  }

  /** All of them on one worker of speed 1. */
  double seconds() {
    return times * (rowSeconds + startSeconds + ownerSeconds);
  }

  /** Bytes from a shard that has a share of the rows. */
  double partialBytes(double share) {
    return partialBytes + sharedBytes * share;
  }

  /** These steps where partials grow with the rows that they are from. */
  Steps shared() {
    return new Steps(
        times, rowSeconds, startSeconds, ownerSeconds, requestBytes, 0, partialBytes, batches);
  }

  /** What lies between these steps and those of another chain. */
  Steps toward(Steps other, double share) {
    return new Steps(
        times,
        rowSeconds + share * (other.rowSeconds - rowSeconds),
        startSeconds + share * (other.startSeconds - startSeconds),
        ownerSeconds + share * (other.ownerSeconds - ownerSeconds),
        requestBytes + share * (other.requestBytes - requestBytes),
        partialBytes + share * (other.partialBytes - partialBytes),
        sharedBytes + share * (other.sharedBytes - sharedBytes),
        batches);
  }

  /** These steps where each batch is one of its own, summed over workers. */
  Steps summed() {
    return new Steps(
        times * batches,
        rowSeconds / batches,
        startSeconds,
        ownerSeconds / batches,
        requestBytes,
        partialBytes,
        sharedBytes / batches,
        1);
  }
}
