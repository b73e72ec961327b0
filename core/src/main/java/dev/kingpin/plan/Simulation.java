package dev.kingpin.plan;

import java.util.Arrays;

/**
 * How a plan goes in virtual time.
 *
 * @param seconds until the last group is done, the way of the rows included
 * @param loadSeconds until the last worker has its rows
 * @param loadBytes of rows that went to workers
 * @param bytes that workers sent to one another
 * @param messages that workers sent to one another
 * @param syncs steps that waited for partials of several shards
 * @param busySeconds (workers)
 * @param peakBytes (workers)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Simulation(
    double seconds,
    double loadSeconds,
    double loadBytes,
    double bytes,
    long messages,
    long syncs,
    double[] busySeconds,
    double[] peakBytes) {
  /** The share of time that workers are busy, from 0 to 1. */
  public double utilisation() {
    return Arrays.stream(busySeconds).sum() / (seconds * busySeconds.length);
  }

  /** Whether no worker runs out of memory. */
  boolean fits(Cluster cluster) {
    return full(cluster) < 0;
  }

  /** The first worker that runs out of memory; -1 if none does. */
  int full(Cluster cluster) {
    for (int w = 0; w < peakBytes.length; w++) {
      if (peakBytes[w] > cluster.workers().get(w).memory()) {
        return w;
      }
    }
    return -1;
  }

  /** Of the worker that holds the most. */
  public double peakByte() {
    return Arrays.stream(peakBytes).max().orElse(0);
  }
}
