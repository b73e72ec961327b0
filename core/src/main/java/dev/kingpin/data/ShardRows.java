package dev.kingpin.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Row blocks of a group on their way to a worker, and there. As bytes, little-endian: the number of
 * the first block, how many there are, whether rows have weights, the rows of each block; then
 * column by column what a block holds, for all rows.
 */
public final class ShardRows {
  private static final int HEADER = 4 + 4 + 1;

  private final GroupStats stats;
  private final List<Slab> slabs = new ArrayList<>();
  private final List<int[]> counts = new ArrayList<>(); // of each slab: (blocks) rows
  private int first = -1;

  /** Rows of a group with these statistics that are yet to come. */
  public ShardRows(GroupStats stats) {
    this.stats = stats;
  }

  /**
   * Blocks as bytes.
   *
   * @param from the first block
   * @param to the block after the last one
   */
  public static byte[] write(GroupRows rows, int from, int to) {
    boolean weighted = rows.block(from).weight() != null;
    List<RowBlock> blocks = IntStream.range(from, to).mapToObj(rows::block).toList();
    int count = blocks.stream().mapToInt(RowBlock::rows).sum();
    int size = HEADER + 4 * blocks.size() + count * rowBytes(rows.stats().features(), weighted);
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(from).putInt(blocks.size()).put((byte) (weighted ? 1 : 0));
    blocks.forEach(b -> out.putInt(b.rows()));
    Slab.write(blocks, out);
    return out.array();
  }

  /** Bytes of a row. */
  public static int rowBytes(Features features, boolean weighted) {
    int cells = features.numeric().size() + features.categorical().size();
    return 4 * cells + 4 + 4 + 1 + (weighted ? 4 : 0);
  }

  /** Adds blocks that follow those that are there already. */
  public void read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int from = in.getInt();
    int[] blocks = new int[in.getInt()];
    boolean weighted = in.get() != 0;
    int count = 0;
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] = in.getInt();
      count += blocks[b];
    }
    Slab slab = new Slab(count, stats.features(), weighted);
    slab.read(in);
    slabs.add(slab);
    counts.add(blocks);
    first = first < 0 ? from : first;
  }

  /** All that has come, as the rows of a group of which it is a part. */
  public GroupRows rows() {
    List<Slab> runSlabs = new ArrayList<>();
    List<int[]> runs = new ArrayList<>(); // start, rows
    for (int s = 0; s < slabs.size(); s++) {
      int start = 0;
      int[] open = null;
      for (int count : counts.get(s)) {
        if (open == null) {
          open = new int[] {start, 0};
          runs.add(open);
          runSlabs.add(slabs.get(s));
        }
        open[1] += count;
        start += count;
        open = count < RowBlock.ROWS ? null : open;
      }
    }
    return new GroupRows(
        runSlabs.toArray(new Slab[0]),
        runs.stream().mapToInt(r -> r[0]).toArray(),
        runs.stream().mapToInt(r -> r[1]).toArray(),
        stats,
        Math.max(0, first));
  }
}
