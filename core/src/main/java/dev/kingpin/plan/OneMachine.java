package dev.kingpin.plan;

import dev.kingpin.plan.Placement.Shard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How rows come to workers that are on one machine with the table, in virtual time: they are packed
 * in the order of the plan, and unpacked by those who get them. Groups of a stage begin when their
 * rows are there and nothing is left of the stages before.
 */
final class OneMachine {
  private final Simulator world;
  private final Demands groups;
  private final Station source;
  private final List<Deque<Runnable>> waiting = new ArrayList<>(); // (stages)
  private int[] left = {}; // (stages) groups that are not done
  private int current;
  private double loaded;

  /**
   * @param source packs rows
   */
  OneMachine(Simulator world, Demands groups, Station source) {
    this.world = world;
    this.groups = groups;
    this.source = source;
  }

  /** When the last rows were there. */
  double loaded() {
    return loaded;
  }

  /** Has all rows packed. */
  void load(List<Stage> stages) {
    left = stages.stream().mapToInt(s -> s.groups().size()).toArray();
    for (int s = 0; s < left.length; s++) {
      int stage = s;
      waiting.add(new ArrayDeque<>());
      for (Stage.Placed placed : stages.get(s).groups()) {
        load(placed, () -> world.begin(placed, () -> end(stage)), stage);
      }
    }
    source.goOn();
    moveOn();
  }

  private void load(Stage.Placed placed, Runnable begin, int stage) {
    Demand group = groups.of(placed.group());
    Map<Integer, Double> shares = shares(placed.placement());
    int[] missing = {shares.size()};
    if (group.orderSeconds() > 0) {
      source.own(group.orderSeconds(), group.orderSeconds(), () -> {});
    }
    shares.forEach(
        (worker, share) -> {
          double seconds = world.packing(share * group.rowBytes());
          Runnable there =
              () -> {
                missing[0]--;
                loaded = Math.max(loaded, world.now());
                if (missing[0] == 0) {
                  waiting.get(stage).add(begin);
                  moveOn();
                }
              };
          source.own(seconds, seconds, () -> world.station(worker).request(seconds, there));
        });
  }

  /** Of the rows, by worker. */
  private static Map<Integer, Double> shares(Placement placement) {
    Map<Integer, Double> shares = new LinkedHashMap<>();
    if (placement instanceof Placement.Whole whole) {
      shares.put(whole.owner(), 1.0);
    } else if (placement instanceof Placement.Spread spread) {
      shares.put(spread.owner(), 1.0);
      spread.workers().forEach(w -> shares.put(w, 1.0));
    } else {
      for (Shard shard : Solo.shards(placement)) {
        shares.merge(shard.worker(), shard.share(), Double::sum);
      }
    }
    return shares;
  }

  private void end(int stage) {
    left[stage]--;
    moveOn();
  }

  private void moveOn() {
    while (current < left.length - 1 && left[current] == 0) {
      current++;
    }
    for (int s = 0; s <= current && s < left.length; s++) {
      Deque<Runnable> ready = waiting.get(s);
      while (!ready.isEmpty()) {
        ready.remove().run();
        world.wake();
      }
    }
  }
}
