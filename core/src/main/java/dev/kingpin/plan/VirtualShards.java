package dev.kingpin.plan;

/** Where chains whose state changes from batch to batch may be cut: a function of rows alone. */
public final class VirtualShards {
  private static final int ROWS = 65_536;
  private static final int MOST = 64;

  private VirtualShards() {}

  /** The number of virtual shards of a group. */
  public static int of(long rows) {
    return (int) Math.max(1, Math.min(rows / ROWS, MOST));
  }
}
