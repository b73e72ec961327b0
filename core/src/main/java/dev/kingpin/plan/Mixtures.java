package dev.kingpin.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the best mixture: one of each way first, then, for the better ways, what a giant is and
 * how full its workers get, one after the other, in wide and then in narrow steps.
 */
final class Mixtures {
  private static final double LEVEL = 1;
  private static final double GIANT = 0.3;

  /** How many ways are followed. */
  private static final int BETTER = 2;

  private static final double LARGE = 1;
  private static final double SMALL = 0.05;
  private static final double[] LEVELS = {0.6, 1.5, 2.5};
  private static final double[] NARROW = {0.85, 1.15};

  /** Mixtures that take so many times as long as the best so far are not played to the end. */
  private static final double WORTHLESS = 1.5;

  private final Player player;
  private double best;

  /** Tells what a mixture costs. */
  @FunctionalInterface
  interface Player {
    /** Seconds that it takes; infinite if it is not possible, or takes longer than a limit. */
    double seconds(Mixed mixed, double limit);
  }

  private record Tried(Mixed mixed, double seconds) {}

  /**
   * @param best seconds of what is known beside mixtures
   */
  Mixtures(Player player, double best) {
    this.player = player;
    this.best = best;
  }

  /** The best mixture; nothing if none is possible. */
  Optional<Mixed> best() {
    List<Tried> ways = new ArrayList<>();
    for (Mixed.Way way : Mixed.Way.values()) {
      ways.add(better(play(new Mixed(LEVEL, GIANT, way)), new Mixed(LEVEL, LARGE, way)));
    }
    return ways.stream()
        .filter(t -> Double.isFinite(t.seconds()))
        .sorted(Comparator.comparingDouble(Tried::seconds))
        .limit(BETTER)
        .map(this::climb)
        .min(Comparator.comparingDouble(Tried::seconds))
        .map(Tried::mixed);
  }

  private Tried climb(Tried start) {
    Tried at = better(start, new Mixed(LEVEL, SMALL, start.mixed().way()));
    Mixed first = at.mixed();
    for (double level : LEVELS) {
      at = better(at, new Mixed(level, first.giant(), first.way()));
    }
    Mixed wide = at.mixed();
    for (double times : NARROW) {
      at = better(at, new Mixed(wide.level() * times, wide.giant(), wide.way()));
    }
    Mixed narrow = at.mixed();
    for (double times : NARROW) {
      at = better(at, new Mixed(narrow.level(), narrow.giant() * times * times, narrow.way()));
    }
    return at;
  }

  private Tried better(Tried so, Mixed mixed) {
    Tried tried = play(mixed);
    return tried.seconds() < so.seconds() ? tried : so;
  }

  private Tried play(Mixed mixed) {
    double seconds = player.seconds(mixed, WORTHLESS * best);
    best = Math.min(best, seconds);
    return new Tried(mixed, seconds);
  }
}
