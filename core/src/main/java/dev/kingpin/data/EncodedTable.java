package dev.kingpin.data;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Encoded rows in the order of the source, before they are clustered by group. */
final class EncodedTable {
  /** Rows of every segment but the last. */
  static final int SEGMENT_ROWS = 1 << 16;

  /** A run of rows, column by column, so that clustering can let go of memory as it proceeds. */
  static final class Segment {
    final float[][] numeric; // (features, SEGMENT_ROWS)
    final int[][] codes; // (features, SEGMENT_ROWS)
    final float[] target = new float[SEGMENT_ROWS];
    final float @Nullable [] weight;
    final double @Nullable [] order;
    final int[] group = new int[SEGMENT_ROWS];
    final int[] ordinal = new int[SEGMENT_ROWS];
    int rows;

    Segment(int numericFeatures, int categoricalFeatures, boolean weighted, boolean ordered) {
      numeric = new float[numericFeatures][SEGMENT_ROWS];
      codes = new int[categoricalFeatures][SEGMENT_ROWS];
      weight = weighted ? new float[SEGMENT_ROWS] : null;
      order = ordered ? new double[SEGMENT_ROWS] : null;
    }
  }

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
