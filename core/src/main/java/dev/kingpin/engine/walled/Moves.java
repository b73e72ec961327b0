package dev.kingpin.engine.walled;

import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Gives to others what lost workers were to have. Shards of a worker stay neighbours: a shard goes
 * to a worker that has none of its group, or grows that of a neighbour.
 */
final class Moves {
  private final Set<Integer> living;
  private final double[] loads; // (workers) rows

  /**
   * @param living workers, at least one
   * @param loads (workers) rows that each has; what is moved is added
   */
  Moves(Set<Integer> living, double[] loads) {
    this.living = living;
    this.loads = loads;
  }

  /**
   * The same placement without lost workers.
   *
   * @param rows of the group
   */
  Placement of(Placement placement, long rows) {
    if (living.containsAll(Source.workers(placement))) {
      return placement;
    }
    if (placement instanceof Placement.Cut cut) {
      return cut(cut, rows);
    }
    if (placement instanceof Placement.Summed summed) {
      Placement.Cut cut = cut(new Placement.Cut(summed.owner(), summed.shards()), rows);
      return new Placement.Summed(cut.owner(), cut.shards());
    }
    if (placement instanceof Placement.Spread spread) {
      int owner = moved(spread.owner(), rows);
      return new Placement.Spread(
          owner, spread.workers().stream().map(w -> moved(w, rows)).toList());
    }
    return new Placement.Whole(moved(placement.owner(), rows));
  }

  private int moved(int worker, double rows) {
    if (living.contains(worker)) {
      return worker;
    }
    int to = least(w -> true);
    loads[to] += rows;
    return to;
  }

  private int least(IntPredicate mayHave) {
    return living.stream()
        .filter(mayHave::test)
        .min(Comparator.comparingDouble(w -> loads[w]))
        .orElse(-1);
  }

  private Placement.Cut cut(Placement.Cut cut, long rows) {
    List<Shard> shards = new ArrayList<>(cut.shards());
    for (int lost = next(shards); lost >= 0; lost = next(shards)) {
      move(shards, lost, rows);
    }
    int owner = cut.owner();
    if (!living.contains(owner)) {
      owner = shards.stream().max(Comparator.comparingDouble(Shard::share)).get().worker();
    }
    return new Placement.Cut(owner, shards);
  }

  /** A shard of a lost worker that can be moved, or -1. */
  private int next(List<Shard> shards) {
    return IntStream.range(0, shards.size())
        .filter(s -> !living.contains(shards.get(s).worker()) && heir(shards, s) >= 0)
        .findFirst()
        .orElse(-1);
  }

  /** The worker with the least rows among those that may have a shard. */
  private int heir(List<Shard> shards, int lost) {
    Set<Integer> others = new HashSet<>();
    for (int s = 0; s < shards.size(); s++) {
      if (Math.abs(s - lost) > 1) {
        others.add(shards.get(s).worker());
      }
    }
    return least(w -> !others.contains(w));
  }

  private void move(List<Shard> shards, int lost, long rows) {
    Shard shard = shards.get(lost);
    int heir = heir(shards, lost);
    loads[heir] += shard.share() * rows;
    shards.set(lost, new Shard(heir, shard.from(), shard.to(), shard.share()));
    for (int s = shards.size() - 1; s > 0; s--) {
      Shard before = shards.get(s - 1);
      Shard after = shards.get(s);
      if (before.worker() == after.worker()) {
        shards.set(
            s - 1, new Shard(heir, before.from(), after.to(), before.share() + after.share()));
        shards.remove(s);
      }
    }
  }
}
