package dev.kingpin.data;

import org.jspecify.annotations.Nullable;

/**
 * Encoded rows that lie in one run of memory. A group lies in one slab, or in several of its own.
 */
final class Slab {
  final int rows;
  final float[] numeric; // (rows, numeric features), row-major; NaN where missing
  final int[] codes; // (rows, categorical features), row-major; Dictionary.NULL where missing
  final float[] target; // (rows)
  final float @Nullable [] weight; // (rows); null if all weights are 1
  final double @Nullable []
      order; // (rows): what orders them, NaN where missing; null if nobody asks
  final int[] ordinal; // (rows): position of the row in the source
  final byte[] fold; // (rows)

  Slab(int rows, Features features, boolean weighted) {
    this(rows, features, weighted, false);
  }

  Slab(int rows, Features features, boolean weighted, boolean ordered) {
    this.rows = rows;
    numeric = new float[rows * features.numeric().size()];
    codes = new int[rows * features.categorical().size()];
    target = new float[rows];
    weight = weighted ? new float[rows] : null;
    order = ordered ? new double[rows] : null;
    ordinal = new int[rows];
    fold = new byte[rows];
  }
}
