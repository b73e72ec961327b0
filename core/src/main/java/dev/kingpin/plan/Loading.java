package dev.kingpin.plan;

import java.util.Arrays;

/**
 * How long workers load their rows, which all of them read from one source. Whoever still loads has
 * an equal share of what the source gives, or what its link takes, if that is less: as links are
 * equally fast, no worker could get more without another one, which has no more, getting less
 * (max-min fairness). Shares change only when a worker is done, the one with the fewest bytes
 * first, so times are sums over workers in the order of their bytes.
 */
final class Loading {
  private Loading() {}

  /**
   * @param bytes (workers) of rows
   * @return (workers) seconds until all of them are there
   */
  static double[] seconds(double[] bytes, Cluster.Network network) {
    double[] seconds = new double[bytes.length];
    long loading = Arrays.stream(bytes).filter(b -> b > 0).count();
    if (network.source() >= loading * network.bandwidth()) {
      Arrays.setAll(seconds, w -> network.seconds(bytes[w]));
      return seconds;
    }
    double[] ascending = bytes.clone();
    Arrays.sort(ascending);
    double[] ends = ends(ascending, network);
    Arrays.setAll(seconds, w -> ends[Arrays.binarySearch(ascending, bytes[w])]);
    return seconds;
  }

  private static double[] ends(double[] ascending, Cluster.Network network) {
    double[] ends = new double[ascending.length];
    double end = 0;
    double before = 0;
    for (int i = 0; i < ends.length; i++) {
      double share = network.source() / (ends.length - i);
      end += (ascending[i] - before) / Math.min(network.bandwidth(), share);
      before = ascending[i];
      ends[i] = end;
    }
    return ends;
  }
}
