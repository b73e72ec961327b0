package dev.kingpin.plan;

import dev.kingpin.learner.Pattern;
import dev.kingpin.plan.Demand.OfChain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How long the threads of one machine need: each takes the costliest group that is left, and idle
 * ones help with the row blocks of large groups. Work flows as if it could be divided at will.
 *
 * @param threads at least 1
 * @param seconds until the last group is done
 * @param apart seconds if nobody helped with a group of another
 * @param alone seconds on one thread
 */
public record ThreadsPlan(int threads, double seconds, double apart, double alone) {
  /** A group in work: what many threads do together, and what one does alone. */
  private static final class Part {
    private final double shared;
    private final double own;
    private double left = 1; // of the group

    Part(double shared, double own) {
      this.shared = shared;
      this.own = own;
    }

    /** Seconds of the whole group on so many threads. */
    double seconds(double threads) {
      return shared / threads + own;
    }
  }

  /** What the threads of a machine do with groups, level by level. */
  public static ThreadsPlan of(List<Demands> levels, int threads) {
    double seconds = 0;
    double apart = 0;
    double alone = 0;
    for (Demands level : levels) {
      seconds += level(level, threads, true);
      apart += level(level, threads, false);
      alone += level(level, 1, false);
    }
    return new ThreadsPlan(threads, seconds, apart, alone);
  }

  /** Whether idle threads may take row blocks of a group. */
  public static boolean isShared(Demand group) {
    return group.blocks() >= Planner.SHARED_BLOCKS;
  }

  private static double level(Demands groups, int threads, boolean helps) {
    List<Part> inWork = new ArrayList<>();
    double now = 0;
    for (int g : bySeconds(groups)) {
      if (inWork.size() == threads) {
        now += pass(inWork, 0);
      }
      inWork.add(part(groups.of(g), helps));
    }
    while (!inWork.isEmpty()) {
      now += pass(inWork, threads - inWork.size());
    }
    return now;
  }

  /** The order that the planner gives groups. */
  private static int[] bySeconds(Demands groups) {
    return IntStream.range(0, groups.size())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer g) -> -groups.seconds(g)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static Part part(Demand group, boolean helps) {
    double shared = 0;
    List<OfChain> chains = new ArrayList<>(group.chains());
    chains.addAll(group.last());
    for (OfChain chain : chains) {
      for (Steps step : chain.steps()) {
        shared += chain.pattern() == Pattern.SEQUENTIAL ? 0 : step.times() * step.rowSeconds();
      }
    }
    shared = helps && isShared(group) ? shared : 0;
    return new Part(shared, group.orderSeconds() + group.seconds() - shared);
  }

  /** Goes on until a group is done; idle threads help evenly. */
  private static double pass(List<Part> inWork, int idle) {
    long helped = inWork.stream().filter(p -> p.shared > 0).count();
    double more = helped == 0 ? 0 : (double) idle / helped;
    double first = Double.POSITIVE_INFINITY;
    for (Part part : inWork) {
      first = Math.min(first, part.left * part.seconds(part.shared > 0 ? 1 + more : 1));
    }
    for (Part part : inWork) {
      double all = part.seconds(part.shared > 0 ? 1 + more : 1);
      part.left = all == 0 ? 0 : part.left - first / all;
    }
    inWork.removeIf(p -> p.left <= 1e-12);
    return first;
  }
}
