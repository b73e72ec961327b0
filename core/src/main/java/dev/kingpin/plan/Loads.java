package dev.kingpin.plan;

import dev.kingpin.plan.Placement.Shard;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Seconds that each worker has to do. Tasks go to whoever would be done with them first (Graham,
 * "Bounds on Multiprocessing Timing Anomalies", 1969); equal workers by their numbers.
 */
final class Loads {
  private final double[] seconds; // (workers)
  private final double[] speeds; // (workers)
  private final boolean areEqual;
  private final PriorityQueue<Integer> idlest;

  Loads(Cluster cluster) {
    speeds = cluster.speeds();
    seconds = new double[speeds.length];
    areEqual = Arrays.stream(speeds).distinct().count() == 1;
    idlest = new PriorityQueue<>(this::compare);
    for (int w = 0; w < speeds.length; w++) {
      idlest.add(w);
    }
  }

  private int compare(int a, int b) {
    int bySeconds = Double.compare(seconds[a], seconds[b]);
    return bySeconds == 0 ? Integer.compare(a, b) : bySeconds;
  }

  /** Gives a task of so many seconds at speed 1 to a worker. */
  int give(double task) {
    int worker = areEqual ? idlest.remove() : first(task);
    seconds[worker] += task / speeds[worker];
    if (areEqual) {
      idlest.add(worker);
    }
    return worker;
  }

  private int first(double task) {
    int best = 0;
    for (int w = 1; w < seconds.length; w++) {
      if (seconds[w] + task / speeds[w] < seconds[best] + task / speeds[best]) {
        best = w;
      }
    }
    return best;
  }

  /** Gives equal parts of a task to as many workers, those with the least to do. */
  int[] giveParts(double task, int parts) {
    int[] workers = new int[parts];
    for (int i = 0; i < parts; i++) {
      workers[i] = areEqual ? idlest.remove() : takeLeast(workers, i, task / parts);
    }
    for (int worker : workers) {
      seconds[worker] += task / parts / speeds[worker];
      if (areEqual) {
        idlest.add(worker);
      }
    }
    return workers;
  }

  private int takeLeast(int[] taken, int count, double part) {
    int best = -1;
    for (int w = 0; w < seconds.length; w++) {
      double end = seconds[w] + part / speeds[w];
      if (!contains(taken, count, w) && (best < 0 || end < seconds[best] + part / speeds[best])) {
        best = w;
      }
    }
    return best;
  }

  private static boolean contains(int[] taken, int count, int worker) {
    for (int i = 0; i < count; i++) {
      if (taken[i] == worker) {
        return true;
      }
    }
    return false;
  }

  /**
   * Cuts a task over the workers with the least to do, so that they end at the same time.
   *
   * @param pieces that the task consists of
   * @param most workers that may have a shard
   */
  List<Shard> fill(double task, int pieces, int most) {
    int[] workers = least(most);
    double end = level(workers, task);
    double[] parts = new double[workers.length];
    Arrays.setAll(parts, i -> Math.max(0, end - seconds[workers[i]]) * speeds[workers[i]]);
    List<Shard> shards = Cuts.inParts(pieces, workers, parts, task);
    shards.forEach(s -> add(s.worker(), s.share() * task));
    return shards;
  }

  /** When a task ends that is poured over some workers, the one with the least to do first. */
  private double level(int[] workers, double task) {
    double speed = 0;
    double work = task;
    double end = 0;
    for (int i = 0; i < workers.length; i++) {
      int w = workers[i];
      if (i > 0 && seconds[w] >= end) {
        break;
      }
      speed += speeds[w];
      work += seconds[w] * speeds[w];
      end = work / speed;
    }
    return end;
  }

  /** The workers with the least to do, in that order. */
  private int[] least(int count) {
    PriorityQueue<Integer> rest = new PriorityQueue<>(seconds.length, this::compare);
    for (int w = 0; w < seconds.length; w++) {
      rest.add(w);
    }
    int[] least = new int[Math.min(count, seconds.length)];
    Arrays.setAll(least, i -> rest.remove());
    return least;
  }

  /** A task of so many seconds at speed 1 is that worker's. */
  void add(int worker, double task) {
    if (areEqual) {
      idlest.remove(worker);
    }
    seconds[worker] += task / speeds[worker];
    if (areEqual) {
      idlest.add(worker);
    }
  }
}
