package dev.kingpin.plan;

/**
 * The network in virtual time: messages share the link out of a worker and the link into one. Into
 * a worker they go in the order in which they began to leave.
 */
final class Links {
  private final Cluster.Network network;
  private final Clock clock;
  private final double[] out; // (workers): when the link is free again
  private final double[] in; // (workers)
  private double bytes;
  private long messages;

  Links(Cluster cluster, Clock clock) {
    network = cluster.network();
    this.clock = clock;
    out = new double[cluster.size()];
    in = new double[cluster.size()];
  }

  /**
   * Sends messages of a size now; nothing travels from a worker to itself.
   *
   * @param together how many: they follow from one another, so that each takes the latency
   */
  void send(int from, int to, long together, double size, Runnable arrival) {
    if (from == to) {
      arrival.run();
      return;
    }
    count(together, size);
    double start = Math.max(clock.now(), out[from]);
    double seconds = network.seconds(together * size);
    out[from] = start + seconds;
    if (start > clock.now()) {
      clock.at(start, () -> enter(to, together, seconds, arrival));
    } else {
      enter(to, together, seconds, arrival);
    }
  }

  private void enter(int to, long together, double seconds, Runnable arrival) {
    in[to] = Math.max(clock.now() + network.latency(), in[to]) + seconds;
    clock.at(in[to] + (together - 1) * network.latency(), arrival);
  }

  /** So many messages of a size have been sent. */
  void count(double number, double size) {
    messages += Math.round(number);
    bytes += number * size;
  }

  double bytes() {
    return bytes;
  }

  long messages() {
    return messages;
  }
}
