package dev.kingpin.plan;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Workers that share nothing, and the network between them.
 *
 * @param machine how fast a worker of speed 1 is
 * @param workers at least one
 * @param network between any two of them, and from where the table lies to each; without limit of
 *     its source where all are on one machine
 * @param cores of the one machine that all workers and the table share, or {@link #APART}. There,
 *     whoever sends rows or takes them works as long as that takes.
 */
public record Cluster(Machine machine, List<Worker> workers, Network network, int cores) {
  /** Of workers each of which has a machine of its own. */
  public static final int APART = 0;

  /** Seconds until a thread that was asleep is at work. */
  static final double WAKE = 30e-6;

  public Cluster {
    workers = List.copyOf(workers);
    if (workers.isEmpty() || cores < 0) {
      throw new IllegalArgumentException(workers.size() + " workers, " + cores + " cores");
    }
    network = cores == APART ? network : network.withSource(Double.POSITIVE_INFINITY);
  }

  /**
   * A worker.
   *
   * @param speed as a multiple of the machine's; positive
   * @param memory bytes that it may hold
   */
  public record Worker(double speed, double memory) {
    /** As fast as the machine, with memory without end. */
    public static final Worker USUAL = new Worker(1, Double.POSITIVE_INFINITY);

    public Worker {
      if (!(speed > 0) || !(memory > 0)) {
        throw new IllegalArgumentException("speed " + speed + ", memory " + memory);
      }
    }
  }

  /**
   * Links of equal speed, one out of each worker and one into it.
   *
   * @param bandwidth bytes a second, of each link and direction
   * @param latency seconds from the last byte sent to the last byte received
   * @param source bytes a second that all workers together can read from where the table lies;
   *     positive, infinite for as many as their links take
   */
  public record Network(double bandwidth, double latency, double source) {
    /** Ten gigabits a second, fifty microseconds. */
    public static final Network TEN_GIGABIT = ofGigabits(10, 50e-6);

    /** Between workers on one machine: a message wakes the thread that it is for. */
    public static final Network MEMORY = new Network(Double.POSITIVE_INFINITY, WAKE);

    public Network {
      if (!(source > 0)) {
        throw new IllegalArgumentException(
            "A source of (" + source + ") bytes a second gives no rows. Maybe use a positive one.");
      }
    }

    /** Of a source that fills all links. */
    public Network(double bandwidth, double latency) {
      this(bandwidth, latency, Double.POSITIVE_INFINITY);
    }

    public static Network ofGigabits(double gigabits, double latency) {
      return new Network(gigabits * 1e9 / 8, latency);
    }

    /**
     * The same with another source.
     *
     * @param source bytes a second
     */
    public Network withSource(double source) {
      return new Network(bandwidth, latency, source);
    }

    /** Seconds that bytes take on a link. */
    double seconds(double bytes) {
      return bytes / bandwidth;
    }

    /** Seconds that rows take to a worker while no other one loads any. */
    double rowSeconds(double bytes) {
      return bytes / Math.min(bandwidth, source);
    }
  }

  /** Equal workers, each on a machine of its own. */
  public static Cluster of(Machine machine, int workers, Worker worker, Network network) {
    return new Cluster(machine, Collections.nCopies(workers, worker), network, APART);
  }

  /** Whether all workers are on one machine. */
  public boolean isOneMachine() {
    return cores != APART;
  }

  /** How many workers compute at a time. */
  public int atWork() {
    return isOneMachine() ? Math.min(cores, size()) : size();
  }

  /** As many workers on one machine, of which so many compute at a time. */
  public Cluster onOneMachine(int threads) {
    List<Worker> equal = workers.stream().map(w -> new Worker(1, w.memory())).toList();
    return new Cluster(machine, equal, Network.MEMORY, threads);
  }

  public int size() {
    return workers.size();
  }

  /** (workers) as multiples of the machine's. */
  double[] speeds() {
    return workers.stream().mapToDouble(Worker::speed).toArray();
  }

  /** Of all workers together. */
  double speed() {
    return Arrays.stream(speeds()).sum();
  }
}
