package dev.kingpin.plan;

/** What workers have for rows: their memory without what groups in work need beside them. */
final class RowMemory {
  private RowMemory() {}

  /**
   * Bytes for rows.
   *
   * @return (workers)
   */
  static double[] of(Demands groups, Cluster cluster) {
    double work = 0;
    for (int g = 0; g < groups.size(); g++) {
      work = Math.max(work, groups.of(g).stateBytes() + 2 * groups.of(g).partialBytes(0));
    }
    double[] memory = new double[cluster.size()];
    for (int w = 0; w < memory.length; w++) {
      double all = cluster.workers().get(w).memory();
      memory[w] = Math.max(all / 2, all - work);
    }
    return memory;
  }
}
