package dev.kingpin.engine.walled;

import dev.kingpin.data.InputException;
import dev.kingpin.engine.Threads;
import dev.kingpin.plan.Placement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which groups of the stage are not done, where they are, and which workers are left. A group has a
 * number of its own for each time that it is begun, so that nobody takes what is left of an earlier
 * attempt for a later one.
 */
final class Board {
  private final Map<Integer, Placement> open = new TreeMap<>();
  private final Set<Integer> ending = new HashSet<>(); // have an outcome that is being kept
  private final Set<Integer> living = new TreeSet<>();
  private final Deque<Integer> lost = new ArrayDeque<>(); // nobody has dealt with yet
  private final int workers;
  private @Nullable Throwable failure;

  Board(int workers) {
    this.workers = workers;
    for (int w = 0; w < workers; w++) {
      living.add(w);
    }
  }

  /** A group is begun. */
  synchronized void open(int number, Placement placement) {
    open.put(number, placement);
  }

  /** Where the groups are that are not done. */
  synchronized Map<Integer, Placement> open() {
    return new HashMap<>(open);
  }

  /**
   * Workers that are left.
   *
   * @throws InputException if there are none
   */
  synchronized Set<Integer> living() {
    if (living.isEmpty()) {
      throw new InputException(
          "All workers ("
              + workers
              + ") are lost. Groups that are done are kept. Maybe run again with --resume.");
    }
    return new TreeSet<>(living);
  }

  /** Whether an owner may keep the outcome of a group: if nobody else trains it by now. */
  synchronized boolean claim(int number, int owner) {
    boolean mayKeep = living.contains(owner) && open.remove(number) != null;
    if (mayKeep) {
      ending.add(number);
    }
    return mayKeep;
  }

  /** Keeps something of a group, unless somebody else trains it by now. */
  synchronized void keep(int number, Runnable keeping) {
    if (open.containsKey(number)) {
      keeping.run();
    }
  }

  /** The outcome of a group is kept. */
  synchronized void ended(int number) {
    ending.remove(number);
    notifyAll();
  }

  /** The run has to end. */
  synchronized void fail(Throwable reason) {
    failure = failure == null ? reason : failure;
    notifyAll();
  }

  /** A worker is gone, with all that it had. */
  synchronized void lose(int worker) {
    if (living.remove(worker)) {
      lost.add(worker);
      notifyAll();
    }
  }

  /** Takes back the groups of which a worker has a part. */
  synchronized Map<Integer, Placement> withdraw(int worker) {
    Map<Integer, Placement> withdrawn = new LinkedHashMap<>();
    open.forEach(
        (number, placement) -> {
          if (Source.workers(placement).contains(worker)) {
            withdrawn.put(number, placement);
          }
        });
    open.keySet().removeAll(withdrawn.keySet());
    return withdrawn;
  }

  /**
   * Waits until a worker is lost, or until all groups are done.
   *
   * @return the worker; nothing if all groups are done
   */
  synchronized OptionalInt await() {
    while (failure == null && lost.isEmpty() && !(open.isEmpty() && ending.isEmpty())) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while training");
      }
    }
    check();
    @Nullable Integer worker = lost.poll();
    return worker == null ? OptionalInt.empty() : OptionalInt.of(worker);
  }

  /** Throws what ends the run, if something does. */
  synchronized void check() {
    Threads.rethrow(failure);
  }
}
