package dev.kingpin.plan;

import dev.kingpin.plan.Placement.Shard;
import java.util.ArrayList;
import java.util.List;

/** Cuts a group where it may be cut. */
final class Cuts {
  private Cuts() {}

  /**
   * Equal shards, as far as whole pieces allow.
   *
   * @param pieces row blocks or virtual shards, at least as many as workers
   */
  static List<Shard> even(int pieces, int[] workers) {
    List<Shard> shards = new ArrayList<>();
    for (int i = 0; i < workers.length; i++) {
      int from = (int) ((long) pieces * i / workers.length);
      int to = (int) ((long) pieces * (i + 1) / workers.length);
      shards.add(new Shard(workers[i], from, to, (double) (to - from) / pieces));
    }
    return shards;
  }

  /**
   * Shards in proportion to parts, to the nearest piece: the last worker takes whatever is left.
   *
   * @param pieces row blocks or virtual shards
   * @param parts (workers): of the whole; those too small for a piece make no shard
   */
  static List<Shard> inParts(int pieces, int[] workers, double[] parts, double whole) {
    List<Shard> shards = new ArrayList<>();
    double given = 0;
    int from = 0;
    for (int i = 0; i < workers.length; i++) {
      given += parts[i];
      boolean isLast = i == workers.length - 1;
      int to = isLast ? pieces : Math.min(pieces, (int) Math.rint(pieces * given / whole));
      if (to > from) {
        shards.add(new Shard(workers[i], from, to, (double) (to - from) / pieces));
        from = to;
      }
    }
    return shards;
  }

  /** The same shards by number: the first has part 0 of every batch, and so on. */
  static List<Shard> parts(List<Shard> shards) {
    List<Shard> parts = new ArrayList<>();
    for (Shard shard : shards) {
      int part = parts.size();
      parts.add(new Shard(shard.worker(), part, part + 1, shard.share()));
    }
    return parts;
  }

  /** A group in these shards; whole if it is one. The largest shard's worker owns it. */
  static Placement placement(List<Shard> shards) {
    Shard largest = shards.get(0);
    for (Shard shard : shards) {
      largest = shard.share() > largest.share() ? shard : largest;
    }
    return shards.size() == 1
        ? new Placement.Whole(largest.worker())
        : new Placement.Cut(largest.worker(), shards);
  }
}
