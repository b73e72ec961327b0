package dev.kingpin.learner.linear;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The last moves of a descent and how the gradient changed over each, as an approximation H of the
 * inverse of the Hessian (Nocedal, "Updating Quasi-Newton Matrices with Limited Storage", 1980). H
 * starts from a diagonal, scaled by what the last move tells, and is never formed: {@link #apply}
 * is its two-loop recursion. H is positive definite, since moves over which the gradient did not
 * grow are not kept.
 */
final class LbfgsMemory {
  /** The cosine between a move and the change of the gradient must be above this. */
  private static final double LEAST_CURVATURE = 1e-10;

  /** A move, the change of the gradient over it, both (n), and their product. */
  private record Pair(double[] move, double[] change, double product) {}

  private final int capacity;
  private final double @Nullable [] diagonal; // (n); null: ones
  private final ArrayDeque<Pair> pairs = new ArrayDeque<>(); // the oldest first
  private double scale = 1; // of the diagonal

  LbfgsMemory(int capacity, double @Nullable [] diagonal) {
    this.capacity = capacity;
    this.diagonal = diagonal;
  }

  boolean isEmpty() {
    return pairs.isEmpty();
  }

  void clear() {
    pairs.clear();
    scale = 1;
  }

  /**
   * Keeps a move if the gradient grew along it, and forgets the oldest one if there are too many.
   *
   * @param move (n), kept
   * @param change (n), of the gradient, kept
   */
  void add(double[] move, double[] change) {
    double product = dot(move, change);
    double lengths = Math.sqrt(dot(move, move)) * Math.sqrt(dot(change, change));
    if (product > LEAST_CURVATURE * lengths && capacity > 0) {
      if (pairs.size() == capacity) {
        pairs.removeFirst();
      }
      pairs.addLast(new Pair(move, change, product));
      double[] scaled = change.clone();
      precondition(scaled, 1);
      scale = product / dot(change, scaled);
    }
  }

  private void precondition(double[] v, double times) {
    for (int j = 0; j < v.length; j++) {
      v[j] *= diagonal == null ? times : times * diagonal[j];
    }
  }

  /**
   * v = H v.
   *
   * @param v IN and OUT (n)
   */
  void apply(double[] v) {
    double[] weights = new double[pairs.size()];
    int k = weights.length;
    for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); ) {
      Pair pair = newest.next();
      weights[--k] = dot(pair.move, v) / pair.product;
      add(-weights[k], pair.change, v);
    }
    precondition(v, scale);
    for (Pair pair : pairs) {
      add(weights[k++] - dot(pair.change, v) / pair.product, pair.move, v);
    }
  }

  private static void add(double times, double[] from, double[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] += times * from[j];
    }
  }

  static double dot(double[] u, double[] v) {
    double sum = 0;
    for (int j = 0; j < u.length; j++) {
      sum += u[j] * v[j];
    }
    return sum;
  }

  static double sumOfSizes(double[] v) {
    double sum = 0;
    for (double value : v) {
      sum += Math.abs(value);
    }
    return sum;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(pairs.size());
    for (Pair pair : pairs) {
      Snapshots.writeDoubles(out, pair.move);
      Snapshots.writeDoubles(out, pair.change);
    }
  }

  /** Restores what {@link #write} wrote, bit for bit, into a memory of the same kind. */
  void read(DataInput in) throws IOException {
    clear();
    for (int left = in.readInt(); left > 0; left--) {
      add(Snapshots.readRequired(in), Snapshots.readRequired(in));
    }
  }
}
