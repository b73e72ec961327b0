package dev.kingpin.plan;

import java.util.Arrays;

/**
 * The order in which groups wrap around, chosen so that few are cut and none waits for a worker
 * that has nothing else to do. What fits on the worker is placed whole, the costliest first. Where
 * nothing fits, the least costly of the groups that are left is cut. A group that fits nowhere is
 * placed so that its first and its last shard are equal, and whole groups fill the gaps before and
 * after it.
 */
final class WrapOrder {
  /** How many groups are looked at that might fit into memory. */
  private static final int LOOKED_AT = 64;

  private final Demands groups;
  private final WrapWeights weights;
  private final Wrap wrap;
  private final int[] order; // (groups): the costliest first
  private final int[] next; // (groups + 1): the first one from here on that is left
  private final double largest; // seconds of a worker
  private int left;
  private int end; // none is left from here on

  /**
   * @param largest seconds that a worker is filled to at most
   */
  WrapOrder(Demands groups, WrapWeights weights, double largest, Wrap wrap) {
    this.groups = groups;
    this.weights = weights;
    this.largest = largest;
    this.wrap = wrap;
    order = groups.largestFirst();
    next = new int[order.length + 1];
    Arrays.setAll(next, i -> i);
    left = order.length;
    end = order.length;
  }

  boolean isEmpty() {
    return left == 0;
  }

  /** Takes the group that is placed next. */
  int take() {
    int first = first(0);
    int taken = isGiant(first) ? beforeGiant(first) : fitting(wrap.room());
    return remove(taken < order.length ? taken : last());
  }

  private boolean isGiant(int i) {
    return weight(i) * (1 - 0.5 / groups.of(order[i]).cuts()) > largest;
  }

  /** What fills the gap before a giant, or the giant. */
  private int beforeGiant(int i) {
    double seconds = weight(i);
    double room = wrap.room();
    int more = wrap.following(seconds);
    boolean hasRoom = wrap.room(more) >= room + seconds;
    boolean isLater = hasRoom || (weights.way().isLate() && wrap.following(room + seconds) <= more);
    double head = isLater ? 0 : (seconds - (wrap.room(more - 1) - room)) / 2;
    int fitting = fitting(room - head);
    return fitting < order.length ? fitting : i;
  }

  /** The costliest group left that takes no more than so many seconds, and fits into memory. */
  private int fitting(double seconds) {
    int low = 0;
    int high = order.length;
    while (low < high) {
      int middle = (low + high) / 2;
      if (weight(middle) <= seconds) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    int i = first(low);
    for (int n = 0; n < LOOKED_AT && i < order.length && bytes(i) > wrap.memory(); n++) {
      i = first(i + 1);
    }
    return i < order.length && bytes(i) > wrap.memory() ? order.length : i;
  }

  /** The least costly group left. */
  private int last() {
    while (next[end - 1] != end - 1) {
      end--;
    }
    return end - 1;
  }

  private double weight(int i) {
    return weights.of(order[i]);
  }

  private double bytes(int i) {
    return groups.of(order[i]).rowBytes();
  }

  private int first(int from) {
    int i = from;
    while (next[i] != i) {
      next[i] = next[next[i]];
      i = next[i];
    }
    return i;
  }

  private int remove(int i) {
    next[i] = i + 1;
    left--;
    return order[i];
  }
}
