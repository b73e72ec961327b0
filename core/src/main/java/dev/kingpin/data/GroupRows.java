package dev.kingpin.data;

/** The rows of one group, in the order of the source, cut into row blocks. */
public final class GroupRows {
  private final Slab[] slabs;
  private final int start;
  private final int rowsASlab;
  private final GroupStats stats;

  /**
   * @param slabs one slab, or several of {@code rowsASlab} rows each but the last
   * @param start of the group in the first slab; 0 if there are several
   * @param rowsASlab a multiple of {@link RowBlock#ROWS}
   */
  GroupRows(Slab[] slabs, int start, int rowsASlab, GroupStats stats) {
    this.slabs = slabs;
    this.start = start;
    this.rowsASlab = rowsASlab;
    this.stats = stats;
  }

  public long rows() {
    return stats.rows();
  }

  public GroupStats stats() {
    return stats;
  }

  /** Number of row blocks. */
  public int blocks() {
    return (int) ((rows() + RowBlock.ROWS - 1) / RowBlock.ROWS);
  }

  /** The i-th row block. */
  public RowBlock block(int i) {
    long first = (long) i * RowBlock.ROWS;
    int count = (int) Math.min(RowBlock.ROWS, rows() - first);
    Slab slab = slabs[slabOf(first)];
    return new RowBlock(slab, stats.features(), positionOf(first), count, first);
  }

  /** Position in the source of a row of this group. */
  public int ordinal(long row) {
    return slabs[slabOf(row)].ordinal[positionOf(row)];
  }

  /** Target of a row of this group, less the table's target offset. */
  public float target(long row) {
    return slabs[slabOf(row)].target[positionOf(row)];
  }

  /** Puts a row of this group into a fold. */
  public void assignFold(long row, int fold) {
    slabs[slabOf(row)].fold[positionOf(row)] = (byte) fold;
  }

  /** The same rows in another order: row i of the result is row {@code order[i]} of this group. */
  public GroupRows permuted(int[] order) {
    Features features = stats.features();
    Slab copy = new Slab(order.length, features, slabs[0].weight != null);
    int numeric = features.numeric().size();
    int categories = features.categorical().size();
    for (int i = 0; i < order.length; i++) {
      Slab from = slabs[slabOf(order[i])];
      int p = positionOf(order[i]);
      System.arraycopy(from.numeric, p * numeric, copy.numeric, i * numeric, numeric);
      System.arraycopy(from.codes, p * categories, copy.codes, i * categories, categories);
      copy.target[i] = from.target[p];
      copy.ordinal[i] = from.ordinal[p];
      copy.fold[i] = from.fold[p];
      if (from.weight != null && copy.weight != null) {
        copy.weight[i] = from.weight[p];
      }
    }
    return new GroupRows(new Slab[] {copy}, 0, Integer.MAX_VALUE, stats);
  }

  private int slabOf(long row) {
    return slabs.length == 1 ? 0 : (int) (row / rowsASlab);
  }

  private int positionOf(long row) {
    return slabs.length == 1 ? start + (int) row : (int) (row % rowsASlab);
  }
}
