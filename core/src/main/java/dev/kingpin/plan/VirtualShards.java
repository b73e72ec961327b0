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

  /**
   * The first row block of a virtual shard.
   *
   * @param shard from 0; one more than the last for the end
   * @param shards of the group
   * @param blocks of the group
   */
  public static int firstBlock(int shard, int shards, int blocks) {
    return (int) ((long) blocks * shard / shards);
  }
}
