package dev.kingpin.engine;

import dev.kingpin.data.Family;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Demand.OfChain;
import dev.kingpin.store.GroupSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
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
   * What each group asks for: the round in the middle, by seconds. Whole groups are measured beside
   * whole groups, the parts of chains beside parts.
   *
   * @param rounds at least 1
   * @param threads at work at a time, this one included
   */
  public List<Demand> measure(int rounds, int threads) {
    FoldDealing.deal(job, threads);
    List<Demand> whole = measure(rounds, threads, Pilot::whole, Demand::seconds);
    List<List<List<OfChain>>> parts = measure(rounds, threads, Pilot::parts, Company::seconds);
    List<Demand> all = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      all.add(whole.get(g).withParts(parts.get(g)));
    }
    return all;
  }

  private static double seconds(List<List<OfChain>> parts) {
    return parts.stream().flatMap(List::stream).mapToDouble(OfChain::seconds).sum();
  }

  private <T> List<T> measure(
      int rounds, int threads, BiFunction<Pilot, Family, T> of, ToDoubleFunction<T> seconds) {
    AtomicBoolean isOver = new AtomicBoolean();
    List<Thread> others = new ArrayList<>();
    try {
      for (int t = 1; t < threads; t++) {
        int first = t * groups.size() / threads;
        Thread other = new Thread(() -> beside(first, isOver, of), "kingpin-pilot-" + t);
        other.setDaemon(true);
        other.start();
        others.add(other);
      }
      return middle(rounds, of, seconds);
    } finally {
      isOver.set(true);
      Threads.await(others);
      rethrow();
    }
  }

  private <T> List<T> middle(
      int rounds, BiFunction<Pilot, Family, T> of, ToDoubleFunction<T> seconds) {
    List<List<T>> all = new ArrayList<>(); // (groups, rounds)
    groups.forEach(g -> all.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      Pilot pilot = new Pilot(job, sinks.get(), true);
      for (int g = 0; g < groups.size(); g++) {
        all.get(g).add(of.apply(pilot, groups.get(g)));
      }
    }
    List<T> middle = new ArrayList<>();
    for (List<T> some : all) {
      some.sort(Comparator.comparingDouble(seconds));
      middle.add(some.get(rounds / 2));
    }
    return middle;
  }

  /** Trains groups until nobody is measured any more. */
  private <T> void beside(int first, AtomicBoolean isOver, BiFunction<Pilot, Family, T> of) {
    try {
      while (!isOver.get()) {
        Pilot pilot = new Pilot(job, sinks.get(), true);
        for (int g = 0; g < groups.size() && !isOver.get(); g++) {
          T unused = of.apply(pilot, groups.get((first + g) % groups.size()));
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
