package dev.kingpin.data;

import dev.kingpin.data.EncodedTable.Segment;
import dev.kingpin.kernel.Hash;

/** Rows of a source as doubles and codes, before they are encoded as one segment. */
final class StagedRows {
  /** Rows of which eight columns fit the caches. */
  private static final int PIECE = 1024;

  private final EncodeRequest request;
  private final Projection projection;
  final double[][] numeric; // (features, capacity)
  final int[][] codes; // (features, capacity)
  final double[] target;
  final double[] weight;
  final double[] order;
  final int[] group;
  int rows;
  long first; // position of the first row in the source
  int[] kept = {}; // rows to encode, ascending

  /**
   * @param capacity the most rows there may be
   */
  StagedRows(EncodeRequest request, Projection projection, int capacity) {
    this.request = request;
    this.projection = projection;
    numeric = new double[request.numeric().size()][capacity];
    codes = new int[request.categorical().size()][capacity];
    target = new double[capacity];
    weight = new double[capacity];
    order = new double[capacity];
    group = new int[capacity];
  }

  boolean isFull() {
    return rows == group.length;
  }

  int room() {
    return group.length - rows;
  }

  /**
   * Adds rows of a chunk.
   *
   * @param groups numbers of the groups of all rows of the chunk
   */
  void add(Chunk chunk, int[] groups, int from, int count) {
    for (int j = 0; j < numeric.length; j++) {
      System.arraycopy(projection.numeric(j, chunk), from, numeric[j], rows, count);
    }
    for (int j = 0; j < codes.length; j++) {
      System.arraycopy(chunk.code(projection.category(j)), from, codes[j], rows, count);
    }
    projection.target(chunk, from, count, target, rows);
    if (request.weight() != null) {
      System.arraycopy(projection.numbers(request.weight(), chunk), from, weight, rows, count);
    }
    if (request.orderBy() != null) {
      System.arraycopy(projection.numbers(request.orderBy(), chunk), from, order, rows, count);
    }
    System.arraycopy(groups, from, group, rows, count);
    rows += count;
  }

  /** Encodes the rows to keep. */
  Segment encode(EncodedTable table) {
    Slab slab = new Slab(kept.length, table.features, table.weighted, table.ordered);
    double[] offsets =
        table.features.numeric().stream().mapToDouble(Feature.Numeric::offset).toArray();
    for (int from = 0; from < kept.length; from += PIECE) {
      encodeNumbers(from, Math.min(kept.length, from + PIECE), offsets, slab);
    }
    for (int j = 0; j < codes.length; j++) {
      for (int i = 0; i < kept.length; i++) {
        slab.codes[i * codes.length + j] = codes[j][kept[i]];
      }
    }
    int[] groups = new int[kept.length];
    for (int i = 0; i < kept.length; i++) {
      slab.target[i] = encoded(target[kept[i]] - table.target.offset());
      slab.ordinal[i] = Math.toIntExact(first + kept[i]);
      groups[i] = group[kept[i]];
    }
    for (int i = 0; i < kept.length && slab.weight != null; i++) {
      slab.weight[i] = (float) weight[kept[i]];
    }
    for (int i = 0; i < kept.length && slab.order != null; i++) {
      slab.order[i] = order[kept[i]];
    }
    return new Segment(slab, groups);
  }

  /** Columns to rows, four columns at a time. */
  private void encodeNumbers(int from, int to, double[] offsets, Slab slab) {
    int j = 0;
    for (; j + 4 <= numeric.length; j += 4) {
      encodeFour(from, to, j, offsets, slab.numeric);
    }
    for (; j < numeric.length; j++) {
      double[] column = numeric[j];
      int at = from * numeric.length + j;
      for (int i = from; i < to; i++) {
        slab.numeric[at] = encoded(column[kept[i]] - offsets[j]);
        at += numeric.length;
      }
    }
  }

  private void encodeFour(int from, int to, int j, double[] offsets, float[] out) {
    double[] column0 = numeric[j];
    double[] column1 = numeric[j + 1];
    double[] column2 = numeric[j + 2];
    double[] column3 = numeric[j + 3];
    double offset0 = offsets[j];
    double offset1 = offsets[j + 1];
    double offset2 = offsets[j + 2];
    double offset3 = offsets[j + 3];
    int width = numeric.length;
    int at = from * width + j;
    for (int i = from; i < to; i++) {
      int row = kept[i];
      out[at] = encoded(column0[row] - offset0);
      out[at + 1] = encoded(column1[row] - offset1);
      out[at + 2] = encoded(column2[row] - offset2);
      out[at + 3] = encoded(column3[row] - offset3);
      at += width;
    }
  }

  /** As a float; NaN if it is too large for one. */
  private static float encoded(double value) {
    float narrow = (float) value;
    return narrow + narrow * 0; // infinity times zero is not a number
  }

  /** A hash of these rows, those included that are not kept. */
  long hash() {
    long hash = rows;
    for (double[] column : numeric) {
      hash = hash(hash, column);
    }
    hash = hash(hash, target);
    if (request.weight() != null) {
      hash = hash(hash, weight);
    }
    if (request.orderBy() != null) {
      hash = hash(hash, order);
    }
    for (int[] column : codes) {
      hash = hash(hash, column);
    }
    return hash(hash, group);
  }

  /** Four chains hide the latency of each. */
  private long hash(long before, double[] values) {
    long hash0 = before;
    long hash1 = ~before;
    long hash2 = 0;
    long hash3 = 0;
    int i = 0;
    for (; i + 4 <= rows; i += 4) {
      hash0 = roll(hash0, Double.doubleToLongBits(values[i]));
      hash1 = roll(hash1, Double.doubleToLongBits(values[i + 1]));
      hash2 = roll(hash2, Double.doubleToLongBits(values[i + 2]));
      hash3 = roll(hash3, Double.doubleToLongBits(values[i + 3]));
    }
    for (; i < rows; i++) {
      hash0 = roll(hash0, Double.doubleToLongBits(values[i]));
    }
    return Hash.mix(roll(roll(roll(Hash.mix(hash0), hash1), hash2), hash3));
  }

  private long hash(long before, int[] values) {
    long hash = before;
    for (int i = 0; i < rows; i++) {
      hash = roll(hash, values[i]);
    }
    return Hash.mix(hash);
  }

  private static long roll(long hash, long value) {
    return Long.rotateLeft(hash ^ value, 23) * 0x9E3779B97F4A7C15L;
  }
}
