package dev.kingpin.plan;

/** The network in virtual time: messages share the link out of a worker and the link into one. */
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

  /** Sends a message now; nothing travels from a worker to itself. */
  void send(int from, int to, double size, Runnable arrival) {
    if (from == to) {
      arrival.run();
      return;
    }
    count(1, size);
    double start = Math.max(clock.now(), out[from]);
    out[from] = start + network.seconds(size);
    in[to] = Math.max(start + network.latency(), in[to]) + network.seconds(size);
    clock.at(in[to], arrival);
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
