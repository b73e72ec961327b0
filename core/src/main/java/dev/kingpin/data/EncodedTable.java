package dev.kingpin.data;

import java.util.ArrayDeque;
import java.util.Deque;

/** Encoded rows in the order of the source, before they are clustered by group. */
final class EncodedTable {
  /** Rows of every segment but the last, with those that are left out. */
  static final int SEGMENT_ROWS = 1 << 13;

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

  EncodedTable(Features features, TargetInfo target, KeyNumbering keys, EncodeRequest request) {
    this.features = features;
    this.target = target;
    this.keys = keys;
    weighted = request.weight() != null;
    ordered = request.orderBy() != null;
  }
}
