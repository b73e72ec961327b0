package dev.kingpin.engine;

import dev.kingpin.data.Family;
import dev.kingpin.plan.Demand;
import dev.kingpin.store.GroupSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures what groups ask for while other threads train groups of the same table: cores that are
 * all at work share caches and memory, and each of them is slower than it would be alone.
 */
public final class Company {
  private final TrainJob job;
  private final Supplier<GroupSink> sinks;
  private final List<Family> groups;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /**
   * @param sinks each hears once of each group
   * @param groups whose ancestors need not be known
   */
  public Company(TrainJob job, Supplier<GroupSink> sinks, List<Family> groups) {
    this.job = job;
    this.sinks = sinks;
    this.groups = List.copyOf(groups);
  }

  /**
   * What each group asks for: the round in the middle, by seconds.
   *
   * @param rounds at least 1
   * @param threads at work at a time, this one included
   */
  public List<Demand> measure(int rounds, int threads) {
    FoldDealing.deal(job, threads);
    AtomicBoolean isOver = new AtomicBoolean();
    List<Thread> others = new ArrayList<>();
    try {
      for (int t = 1; t < threads; t++) {
        int first = t * groups.size() / threads;
        Thread other = new Thread(() -> beside(first, isOver), "kingpin-pilot-" + t);
        other.setDaemon(true);
        other.start();
        others.add(other);
      }
      return middle(rounds);
    } finally {
      isOver.set(true);
      Threads.await(others);
      rethrow();
    }
  }

  private List<Demand> middle(int rounds) {
    List<List<Demand>> all = new ArrayList<>(); // (groups, rounds)
    groups.forEach(g -> all.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      Pilot pilot = new Pilot(job, sinks.get(), true);
      for (int g = 0; g < groups.size(); g++) {
        all.get(g).add(pilot.measure(groups.get(g)));
      }
    }
    List<Demand> middle = new ArrayList<>();
    for (List<Demand> some : all) {
      some.sort(Comparator.comparingDouble(Demand::seconds));
      middle.add(some.get(rounds / 2));
    }
    return middle;
  }

  /** Trains groups until nobody is measured any more. */
  private void beside(int first, AtomicBoolean isOver) {
    try {
      while (!isOver.get()) {
        Pilot pilot = new Pilot(job, sinks.get(), true);
        for (int g = 0; g < groups.size() && !isOver.get(); g++) {
          pilot.measure(groups.get((first + g) % groups.size()));
        }
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  private void rethrow() {
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("A thread beside the measured one failed", thrown);
    }
  }
}
