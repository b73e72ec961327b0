package dev.kingpin.data;

import java.util.Arrays;

/**
 * The rows of one group, in the order of the source, or of several groups, one group after the
 * other, cut into row blocks. Rows lie in one or more runs of memory; no block crosses the border
 * between two runs.
 */
public final class GroupRows {
  private final Slab[] slabs; // (runs)
  private final int[] starts; // (runs): position of the run's first row in its slab
  private final long[] firstRows; // (runs + 1): rows in the runs before
  private final int[] firstBlocks; // (runs + 1): row blocks in the runs before
  private final GroupStats stats;
  private final int firstNumber;

  /**
   * @param slabs a slab for each run
   * @param starts of the runs in their slabs
   * @param counts rows of the runs
   */
  GroupRows(Slab[] slabs, int[] starts, int[] counts, GroupStats stats) {
    this(slabs, starts, counts, stats, 0);
  }

  /**
   * @param firstNumber of the first block, if these rows are a part of a group
   */
  GroupRows(Slab[] slabs, int[] starts, int[] counts, GroupStats stats, int firstNumber) {
    this.firstNumber = firstNumber;
    this.slabs = slabs;
    this.starts = starts;
    this.stats = stats;
    firstRows = new long[counts.length + 1];
    firstBlocks = new int[counts.length + 1];
    for (int i = 0; i < counts.length; i++) {
      firstRows[i + 1] = firstRows[i] + counts[i];
      firstBlocks[i + 1] = firstBlocks[i] + (counts[i] + RowBlock.ROWS - 1) / RowBlock.ROWS;
    }
  }

  /** The rows of several groups, in the order given; neighbours in memory become one run. */
  static GroupRows union(Iterable<GroupRows> groups, GroupStats stats) {
    RunList runs = new RunList();
    for (GroupRows group : groups) {
      for (int r = 0; r < group.slabs.length; r++) {
        runs.add(group.slabs[r], group.starts[r], group.runRows(r));
      }
    }
    return runs.rows(stats);
  }

  public long rows() {
    return firstRows[slabs.length];
  }

  public GroupStats stats() {
    return stats;
  }

  /** Number of row blocks. */
  public int blocks() {
    return firstBlocks[slabs.length];
  }

  private int runRows(int run) {
    return (int) (firstRows[run + 1] - firstRows[run]);
  }

  /** The i-th row block. */
  public RowBlock block(int i) {
    int run = runOfBlock(i);
    int before = (i - firstBlocks[run]) * RowBlock.ROWS;
    int count = Math.min(RowBlock.ROWS, runRows(run) - before);
    return new RowBlock(
        slabs[run],
        stats.features(),
        starts[run] + before,
        count,
        firstRows[run] + before,
        firstNumber + i);
  }

  /** Position in the source of a row of this group. */
  public int ordinal(long row) {
    int run = runOf(row);
    return slabs[run].ordinal[position(run, row)];
  }

  /** Target of a row of this group, less the table's target offset. */
  public float target(long row) {
    int run = runOf(row);
    return slabs[run].target[position(run, row)];
  }

  /**
   * What orders the rows of this group, by a column that the query named: a number or microseconds,
   * NaN where missing.
   *
   * @throws IllegalStateException if the query named none
   */
  public double order(long row) {
    int run = runOf(row);
    double[] order = slabs[run].order;
    if (order == null) {
      throw new IllegalStateException("Rows have no order");
    }
    return order[position(run, row)];
  }

  long rowsWithoutOrder() {
    long missing = 0;
    for (int run = 0; run < slabs.length; run++) {
      double[] order = slabs[run].order;
      for (int i = 0; order != null && i < runRows(run); i++) {
        missing += Double.isNaN(order[starts[run] + i]) ? 1 : 0;
      }
    }
    return missing;
  }

  /** The fold of a row of this group. */
  public int fold(long row) {
    int run = runOf(row);
    return slabs[run].fold[position(run, row)];
  }

  /** Puts a row of this group into a fold. */
  public void assignFold(long row, int fold) {
    int run = runOf(row);
    slabs[run].fold[position(run, row)] = (byte) fold;
  }

  /**
   * Puts all rows of this group into their folds.
   *
   * @param folds (rows)
   */
  public void assignFolds(byte[] folds) {
    for (int run = 0; run < slabs.length; run++) {
      int first = (int) firstRows[run];
      System.arraycopy(folds, first, slabs[run].fold, starts[run], runRows(run));
    }
  }

  /**
   * The same rows in another order, without what orders them: row i of the result is row {@code
   * order[i]} of this group.
   */
  public GroupRows permuted(int[] order) {
    Features features = stats.features();
    int count = order.length;
    int most = Slab.mostRows(features);
    int[] counts = new int[Math.max(1, (count - 1) / most + 1)];
    Slab[] copies = new Slab[counts.length];
    for (int s = 0; s < counts.length; s++) {
      counts[s] = Math.min(most, count - s * most);
      copies[s] = new Slab(counts[s], features, slabs.length > 0 && slabs[0].weight != null);
      copyRows(order, s * most, copies[s]);
    }
    return new GroupRows(copies, new int[counts.length], counts, stats);
  }

  /** Fills a slab with the rows that a list names from a place on. */
  private void copyRows(int[] list, int from, Slab copy) {
    int run = 0;
    for (int i = 0; i < copy.rows; i++) {
      int row = list[from + i];
      run = row >= firstRows[run] && row < firstRows[run + 1] ? run : runOf(row);
      copy.copyRow(slabs[run], position(run, row), i);
    }
  }

  /** The rows of a part, without what orders them: of every block those that it has. */
  public GroupRows dealt(Deal deal) {
    int[] starts = new int[blocks()];
    int[] counts = new int[blocks()];
    int all = 0;
    for (int b = 0; b < counts.length; b++) {
      starts[b] = all;
      counts[b] = deal.before(block(b).rows());
      all += counts[b];
    }
    Slab copy = new Slab(all, stats.features(), slabs.length > 0 && slabs[0].weight != null);
    for (int b = 0; b < counts.length; b++) {
      RowBlock block = block(b);
      for (int i = 0; i < counts[b]; i++) {
        int row = deal.part() + i * deal.parts();
        copy.copyRow(block.slab(), block.offset() + row, starts[b] + i);
      }
    }
    Slab[] copies = new Slab[counts.length];
    Arrays.fill(copies, copy);
    return new GroupRows(copies, starts, counts, stats);
  }

  /** (rows): the fold of each. */
  public byte[] folds() {
    byte[] folds = new byte[Math.toIntExact(rows())];
    for (int run = 0; run < slabs.length; run++) {
      System.arraycopy(slabs[run].fold, starts[run], folds, (int) firstRows[run], runRows(run));
    }
    return folds;
  }

  /**
   * Where the rows of a fold would start if they stood side by side.
   *
   * @return (blocks + 1): how many are in the blocks before; at last, in all
   */
  public int[] foldStarts(int fold) {
    int[] starts = new int[blocks() + 1];
    for (int b = 0; b < blocks(); b++) {
      RowBlock block = block(b);
      byte[] folds = block.fold();
      int count = 0;
      for (int r = block.offset(); r < block.offset() + block.rows(); r++) {
        count += folds[r] == fold ? 1 : 0;
      }
      starts[b + 1] = starts[b] + count;
    }
    return starts;
  }

  private int runOf(long row) {
    if (slabs.length == 1) {
      return 0;
    }
    int at = Arrays.binarySearch(firstRows, row);
    int run = at >= 0 ? at : -at - 2;
    while (firstRows[run + 1] == row) {
      run++; // empty runs begin where the next one does
    }
    return run;
  }

  private int runOfBlock(int block) {
    if (slabs.length == 1) {
      return 0;
    }
    int at = Arrays.binarySearch(firstBlocks, block);
    int run = at >= 0 ? at : -at - 2;
    while (firstBlocks[run + 1] == block) {
      run++;
    }
    return run;
  }

  private int position(int run, long row) {
    return starts[run] + (int) (row - firstRows[run]);
  }

  /** Collects runs of rows. */
  private static final class RunList {
    private Slab[] slabs = new Slab[4];
    private int[] starts = new int[4];
    private int[] counts = new int[4];
    private int size;

    void add(Slab slab, int start, int count) {
      if (count == 0) {
        return;
      }
      int last = size - 1;
      if (size > 0 && isSame(slabs[last], slab) && starts[last] + counts[last] == start) {
        counts[last] += count;
        return;
      }
      if (size == starts.length) {
        slabs = Arrays.copyOf(slabs, 2 * size);
        starts = Arrays.copyOf(starts, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
      }
      slabs[size] = slab;
      starts[size] = start;
      counts[size++] = count;
    }

    @SuppressWarnings("ReferenceEquality") // a slab is a place in memory
    private static boolean isSame(Slab a, Slab b) {
      return a == b;
    }

    GroupRows rows(GroupStats stats) {
      return new GroupRows(
          Arrays.copyOf(slabs, size),
          Arrays.copyOf(starts, size),
          Arrays.copyOf(counts, size),
          stats);
    }
  }
}
