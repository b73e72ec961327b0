package dev.kingpin.plan;

import dev.kingpin.plan.Placement.Shard;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills one worker after the other, until its time or its memory is full. Where a worker's time
 * ends is counted from the first one on, so that what one of them has too much the next one has too
 * little.
 */
final class Wrap {
  private final double[] ends; // (workers): seconds at speed 1 of all workers up to this one
  private final double[] memory; // (workers) bytes that are left
  private int worker;
  private double filled; // of all workers so far
  private boolean isForced; // whether something else than time has closed a worker

  /**
   * A group.
   *
   * @param pieces that it may be cut into
   * @param weight seconds for which it occupies workers of speed 1
   * @param bytes of its rows
   * @param isEven whether no worker has more of it than of equal shards
   */
  record Load(int pieces, double weight, double bytes, boolean isEven) {
    Load(Demand group, double weight, boolean isEven) {
      this(group.cuts(), weight, group.rowBytes(), isEven);
    }
  }

  /**
   * @param level seconds that every worker is filled to
   * @param memory (workers) bytes
   */
  Wrap(double level, Cluster cluster, double[] memory) {
    this.memory = memory.clone();
    ends = cluster.speeds();
    double end = 0;
    for (int w = 0; w < ends.length; w++) {
      end += level * ends[w];
      ends[w] = end;
    }
  }

  /** The shards of the next group: the last worker takes whatever is left. */
  List<Shard> next(Load load) {
    List<Shard> shards = new ArrayList<>();
    int pieces = load.pieces();
    int most = load.isEven() ? even(load) : pieces;
    int from = 0;
    while (from < pieces) {
      int to = from + (isLast() ? pieces - from : fitting(Math.min(most, pieces - from), load));
      if (to > from) {
        double share = (double) (to - from) / pieces;
        shards.add(new Shard(worker, from, to, share));
        filled += share * load.weight();
        memory[worker] -= share * load.bytes();
        from = to;
      }
      if (!isLast() && (from < pieces || filled >= ends[worker])) {
        leave(from < pieces && load.isEven());
      }
    }
    return shards;
  }

  /** Goes on to the next worker; what is left of this one's time is lost, or the next one's. */
  private void leave(boolean isLost) {
    if (isLost && room() > 0) {
      isForced = true;
      filled = ends[worker];
    }
    worker++;
  }

  /** Pieces of the largest of equal shards on as many workers as a group fills. */
  private int even(Load load) {
    int shards = Math.min(load.pieces(), 1 + following(load.weight()));
    return (load.pieces() + shards - 1) / shards;
  }

  /** Pieces of a group up to the end of the worker, to the nearest, as far as memory goes. */
  private int fitting(int rest, Load load) {
    double pieces = load.pieces() / load.weight();
    int inTime = (int) Math.rint(Math.max(0, Math.min(rest, pieces * room())));
    double inMemory = Math.max(0, load.pieces() * memory[worker] / load.bytes());
    if (inTime <= inMemory || load.bytes() == 0) {
      return inTime;
    }
    isForced = true;
    int fitting = (int) Math.floor(inMemory);
    filled = ends[worker] - fitting / pieces; // the rest of its time is lost
    return fitting;
  }

  /** Seconds until this worker is full; on the last one, all that is left. */
  double room() {
    return ends[worker] - filled;
  }

  /** Seconds until the workers are full that follow this one, and this one. */
  double room(int following) {
    return ends[Math.min(worker + following, ends.length - 1)] - filled;
  }

  /** Bytes until this worker is full. */
  double memory() {
    return memory[worker];
  }

  /** How many workers follow until so many seconds have room, this one left out or not. */
  int following(double seconds) {
    int more = 0;
    while (worker + more < ends.length - 1 && room(more) < seconds) {
      more++;
    }
    return more;
  }

  /** Whether time alone has decided where workers are full. */
  boolean isFree() {
    return !isForced && !isOver();
  }

  /** Whether the last worker is full to within a part of its time, and of its memory. */
  boolean isOver(double tolerance) {
    int last = ends.length - 1;
    double time = last == 0 ? ends[0] : ends[last] - ends[last - 1];
    return isOver() || room(last) < -tolerance * time;
  }

  private boolean isOver() {
    return memory[ends.length - 1] < 0;
  }

  private boolean isLast() {
    return worker == ends.length - 1;
  }
}
