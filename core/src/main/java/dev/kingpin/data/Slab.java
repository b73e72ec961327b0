package dev.kingpin.data;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encoded rows that lie in one run of memory. A group lies in one slab, or in several of its own.
 */
final class Slab {
  private static final int MAX_VALUES = 1 << 30;

  private final int width; // numeric features
  private final int categories;
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
    width = features.numeric().size();
    categories = features.categorical().size();
    numeric = new float[Math.multiplyExact(rows, width)];
    codes = new int[Math.multiplyExact(rows, categories)];
    target = new float[rows];
    weight = weighted ? new float[rows] : null;
    order = ordered ? new double[rows] : null;
    ordinal = new int[rows];
    fold = new byte[rows];
  }

  /** So many rows of these columns fit into a slab, whose arrays are counted by ints. */
  static int mostRows(Features features) {
    int width = Math.max(features.numeric().size(), features.categorical().size());
    return Math.max(RowBlock.ROWS, Integer.highestOneBit(MAX_VALUES / Math.max(1, width)));
  }

  /** Writes rows of slabs with the same columns: all columns but what orders rows. */
  static void write(List<RowBlock> blocks, ByteBuffer out) {
    for (RowBlock block : blocks) {
      Slab slab = block.slab();
      put(out, slab.numeric, block.offset() * slab.width, block.rows() * slab.width);
    }
    for (RowBlock block : blocks) {
      Slab slab = block.slab();
      put(out, slab.codes, block.offset() * slab.categories, block.rows() * slab.categories);
    }
    blocks.forEach(b -> put(out, b.slab().target, b.offset(), b.rows()));
    for (RowBlock block : blocks) {
      float @Nullable [] weight = block.slab().weight;
      if (weight != null) {
        put(out, weight, block.offset(), block.rows());
      }
    }
    blocks.forEach(b -> put(out, b.slab().ordinal, b.offset(), b.rows()));
    blocks.forEach(b -> out.put(b.slab().fold, b.offset(), b.rows()));
  }

  private static void put(ByteBuffer out, float[] values, int from, int count) {
    out.asFloatBuffer().put(values, from, count);
    skip(out, count);
  }

  private static void put(ByteBuffer out, int[] values, int from, int count) {
    out.asIntBuffer().put(values, from, count);
    skip(out, count);
  }

  /** Reads what {@link #write} wrote. */
  void read(ByteBuffer in) {
    in.asFloatBuffer().get(numeric);
    skip(in, numeric.length);
    in.asIntBuffer().get(codes);
    skip(in, codes.length);
    in.asFloatBuffer().get(target);
    skip(in, rows);
    if (weight != null) {
      in.asFloatBuffer().get(weight);
      skip(in, rows);
    }
    in.asIntBuffer().get(ordinal);
    skip(in, rows);
    in.get(fold);
  }

  private static void skip(ByteBuffer buffer, int values) {
    buffer.position(buffer.position() + 4 * values);
  }

  /** Copies rows of a slab with the same columns to the first rows, but for what orders them. */
  void copyRows(Slab from, int[] list, int count) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(from.numeric, list[i] * width, numeric, i * width, width);
    }
    for (int i = 0; i < count && categories > 0; i++) {
      System.arraycopy(from.codes, list[i] * categories, codes, i * categories, categories);
    }
    for (int i = 0; i < count; i++) {
      target[i] = from.target[list[i]];
      ordinal[i] = from.ordinal[list[i]];
      fold[i] = from.fold[list[i]];
    }
    for (int i = 0; i < count && from.weight != null && weight != null; i++) {
      weight[i] = from.weight[list[i]];
    }
  }

  /** Copies a row of a slab with the same columns; what orders it, if both have that. */
  void copyRow(Slab from, int row, int to) {
    System.arraycopy(from.numeric, row * width, numeric, to * width, width);
    if (categories > 0) {
      System.arraycopy(from.codes, row * categories, codes, to * categories, categories);
    }
    target[to] = from.target[row];
    ordinal[to] = from.ordinal[row];
    fold[to] = from.fold[row];
    if (from.weight != null && weight != null) {
      weight[to] = from.weight[row];
    }
    if (from.order != null && order != null) {
      order[to] = from.order[row];
    }
  }
}
