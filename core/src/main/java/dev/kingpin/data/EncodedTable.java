package dev.kingpin.data;

import java.util.ArrayDeque;
import java.util.Deque;

/** Encoded rows in the order of the source, before they are clustered by group. */
final class EncodedTable {
  private static final int MAX_SEGMENT_ROWS = 1 << 13;
  private static final int MIN_SEGMENT_ROWS = 1 << 6;
  private static final int SEGMENT_VALUES = 1 << 20;

  /**
   * A run of rows.
   *
   * @param group (rows): numbers of the groups they belong to
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Segment(Slab rows, int[] group) {}

  final Features features;
  final TargetInfo target;
  final KeyNumbering keys;
  final Deque<Segment> segments = new ArrayDeque<>();
  final GrowingCounts skipped = new GrowingCounts();
  final boolean weighted;
  final boolean ordered;
  long sourceRows;
  long dataHash;

  /**
   * Rows of every segment but the last, with those that are left out: a power of two. There are
   * fewer of wide tables, since every thread has some segments as doubles.
   */
  static int segmentRows(int columns) {
    int rows = Integer.highestOneBit(SEGMENT_VALUES / Math.max(1, columns));
    return Math.max(MIN_SEGMENT_ROWS, Math.min(MAX_SEGMENT_ROWS, rows));
  }

  EncodedTable(Features features, TargetInfo target, KeyNumbering keys, EncodeRequest request) {
    this.features = features;
    this.target = target;
    this.keys = keys;
    weighted = request.weight() != null;
    ordered = request.orderBy() != null;
  }
}
