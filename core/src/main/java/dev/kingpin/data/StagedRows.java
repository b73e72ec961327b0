package dev.kingpin.data;

import dev.kingpin.kernel.Hash;

/** Rows of a source as doubles and codes, before they are encoded as one segment. */
final class StagedRows {
  /** The most rows there may be. */
  static final int CAPACITY = EncodedTable.SEGMENT_ROWS;

  private final EncodeRequest request;
  private final Projection projection;
  final double[][] numeric; // (features, CAPACITY)
  final int[][] codes; // (features, CAPACITY)
  final double[] target = new double[CAPACITY];
  final double[] weight = new double[CAPACITY];
  final double[] order = new double[CAPACITY];
  final int[] group = new int[CAPACITY];
  int rows;

  StagedRows(EncodeRequest request, Projection projection) {
    this.request = request;
    this.projection = projection;
    numeric = new double[request.numeric().size()][CAPACITY];
    codes = new int[request.categorical().size()][CAPACITY];
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

  /** A hash of the rows before these, and of these. */
  long hash(long before) {
    long hash = before;
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

  private long hash(long before, double[] values) {
    long hash = before;
    for (int i = 0; i < rows; i++) {
      hash = roll(hash, Double.doubleToLongBits(values[i]));
    }
    return Hash.mix(hash);
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
