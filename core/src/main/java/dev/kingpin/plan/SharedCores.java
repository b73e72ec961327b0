package dev.kingpin.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The cores that workers share, in virtual time. Whoever others wait for goes first, then whoever
 * came first.
 */
final class SharedCores {
  /** Seconds after which the system has moved a thread to an idle core at the latest. */
  private static final double TICK = 4e-3;

  private final int cores;
  private final List<Station> atWork = new ArrayList<>();
  private final Deque<Station> urgent = new ArrayDeque<>();
  private final Deque<Station> others = new ArrayDeque<>();

  /**
   * @param cores of one machine, or {@link Cluster#APART}
   */
  SharedCores(int cores) {
    this.cores = cores;
  }

  /** Whether a worker may have a core now: else it gets one when it is its turn. */
  boolean take(Station station) {
    if (cores == Cluster.APART) {
      return true;
    }
    if (atWork.size() < cores) {
      atWork.add(station);
      return true;
    }
    if (station.isUrgent() && !urgent.contains(station)) {
      others.remove(station);
      urgent.add(station);
      atWork.stream()
          .filter(Station::takesTurns)
          .min(Comparator.comparingDouble(Station::endOfTurn))
          .ifPresent(Station::endTurn);
    } else if (!urgent.contains(station) && !others.contains(station)) {
      others.add(station);
    }
    return false;
  }

  /** A worker is done with what it had a core for. */
  void giveBack(Station station) {
    if (!atWork.remove(station)) {
      return;
    }
    Station next = urgent.isEmpty() ? others.poll() : urgent.poll();
    if (next != null) {
      atWork.add(next);
      next.takeOver();
    }
  }

  /**
   * Seconds that a core loses when it passes from one worker to the next. A thread wakes; and the
   * system may have woken it on a core that is still in use, so that two threads share that one,
   * each at half its speed, until one of them is done or is moved to the core that is idle.
   *
   * @param seconds that the next one needs
   */
  double handover(double seconds) {
    double misplaced = 1 - 1.0 / cores;
    return Cluster.WAKE + misplaced * Math.min(TICK, seconds / 2);
  }
}
