package dev.kingpin.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how groups are trained on a cluster, in five steps: a strategy that was asked for is
 * taken; what a pattern, the promise of equal bits or memory forbids is dropped; candidates are all
 * strategies, and mixtures of them group by group; each is played in virtual time; the fastest
 * wins, the first of equals.
 */
public final class Optimizer {
  /** Candidates that take so many times as long as the best so far are not played to the end. */
  private static final double HOPELESS = 20;

  /** Costs that differ by a smaller part are equal. */
  private static final double TIE = 1e-3;

  /** Candidates that seem to take no more than so many times as long as the best are compared. */
  private static final double CLOSE = 1.05;

  /** Sketches cannot tell which of two candidates is faster that are as near as this. */
  private static final double ALIKE = 1.01;

  /** For each worker, groups that are looked at one by one, and bundles of the others. */
  private static final int LARGEST = 8;

  private static final int BUNDLES = 12;

  private final Cluster cluster;
  private final List<Demands> levels;
  private final Demands all;
  private final List<Demands> few; // the largest groups, and bundles of the others
  private final Demands fewTogether;

  /**
   * @param levels of groups, families first: a level starts when the one before is done
   */
  public Optimizer(List<Demands> levels, Cluster cluster) {
    this.levels = List.copyOf(levels);
    this.cluster = cluster;
    all = Demands.concat(levels);
    int workers = cluster.size();
    few = levels.stream().map(l -> l.bundled(LARGEST * workers, BUNDLES * workers)).toList();
    fewTogether = Demands.concat(few);
  }

  /** The fastest of all candidates, and the others. */
  public Decision decide() {
    List<Candidate> candidates = new ArrayList<>();
    List<Strategy> strategies = new ArrayList<>(Strategies.all());
    double fastest = Double.POSITIVE_INFINITY;
    for (Strategy strategy : strategies) {
      Candidate candidate = sketch(strategy, HOPELESS * fastest);
      fastest = candidate.isPossible() ? Math.min(fastest, candidate.seconds()) : fastest;
      candidates.add(candidate);
    }
    boolean isBest = fastest <= (1 + TIE) * bound();
    Optional<Mixed> mixture =
        isBest ? Optional.empty() : new Mixtures(this::seconds, fastest).best();
    if (mixture.isPresent()) {
      strategies.add(mixture.get());
      candidates.add(sketch(mixture.get(), Double.POSITIVE_INFINITY));
    }
    return new Decision(finish(strategies, candidates), candidates);
  }

  /** Plays the better candidates in full, and takes the fastest of them. */
  private @Nullable Candidate finish(List<Strategy> strategies, List<Candidate> candidates) {
    double least =
        candidates.stream()
            .filter(Candidate::isPossible)
            .mapToDouble(Candidate::seconds)
            .min()
            .orElse(0);
    int[] order = // sketches that are nearly the same stay in the order of ties
        IntStream.range(0, candidates.size())
            .filter(i -> candidates.get(i).isPossible())
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                    i -> Math.max(ALIKE * least, candidates.get(i).seconds())))
            .mapToInt(Integer::intValue)
            .toArray();
    double bound = bound();
    double fastest = Double.POSITIVE_INFINITY;
    @Nullable Candidate[] full = new @Nullable Candidate[candidates.size()];
    for (int i : order) {
      boolean isOpen = fastest > (1 + TIE) * bound && candidates.get(i).seconds() <= CLOSE * least;
      if (isOpen) {
        Candidate played = finish(strategies.get(i), candidates.get(i), fastest / (1 - TIE));
        full[i] = played;
        fastest = played.isPossible() ? Math.min(fastest, played.seconds()) : fastest;
      }
    }
    return first(candidates, full, fastest / (1 - TIE));
  }

  /** Seconds that it takes at the least, even if work and rows are divided at will. */
  private double bound() {
    double work = 0;
    double bytes = 0;
    for (int g = 0; g < all.size(); g++) {
      work += all.seconds(g);
      bytes += all.of(g).rowBytes();
    }
    double slowest = Arrays.stream(cluster.speeds()).min().orElse(1);
    double divided = (work + slowest * (all.weight() - work)) / cluster.speed();
    return Math.max(divided, bytes / cluster.network().source());
  }

  private Candidate finish(Strategy strategy, Candidate sketch, double limit) {
    return strategy.takesBundles() ? candidate(strategy, levels, all, limit) : sketch;
  }

  /** The first that is as fast as the fastest; what was played to its end replaces its sketch. */
  private static @Nullable Candidate first(
      List<Candidate> candidates, @Nullable Candidate[] full, double limit) {
    Candidate first = null;
    for (int i = 0; i < full.length; i++) {
      Candidate candidate = full[i];
      if (candidate != null && !candidate.stages().isEmpty()) {
        candidates.set(i, candidate);
        boolean isFast = candidate.isPossible() && candidate.seconds() <= limit;
        first = first == null && isFast ? candidate : first;
      }
    }
    return first;
  }

  private Candidate sketch(Strategy strategy, double limit) {
    double least = levels.stream().mapToDouble(l -> strategy.atLeast(l, cluster)).sum();
    if (least > limit) {
      return new Candidate(strategy.name(), List.of(), null, slow(least));
    }
    return strategy.takesBundles()
        ? candidate(strategy, few, fewTogether, limit)
        : candidate(strategy, levels, all, limit);
  }

  private double seconds(Mixed mixed, double limit) {
    if (few.stream().noneMatch(l -> mixed.isMixture(l, cluster))) {
      return Double.POSITIVE_INFINITY;
    }
    Candidate candidate = candidate(mixed, few, fewTogether, limit);
    return candidate.isPossible() ? candidate.seconds() : Double.POSITIVE_INFINITY;
  }

  private static String slow(double seconds) {
    return String.format(Locale.ROOT, "takes more than %.3g s", seconds);
  }

  /**
   * What was asked for, and what else there was to choose from.
   *
   * @param strategy that is taken whatever it costs
   */
  public Decision decide(Strategy strategy) {
    Candidate taken = candidate(strategy);
    List<Candidate> candidates = new ArrayList<>(List.of(taken));
    for (Candidate other : decide().candidates()) {
      if (!other.strategy().equals(strategy.name())) {
        candidates.add(other);
      }
    }
    return new Decision(taken.stages().isEmpty() ? null : taken, candidates);
  }

  /** What one strategy makes of the groups. */
  public Candidate candidate(Strategy strategy) {
    return candidate(strategy, levels, all, Double.POSITIVE_INFINITY);
  }

  private Candidate candidate(
      Strategy strategy, List<Demands> levels, Demands together, double limit) {
    List<Stage> stages = new ArrayList<>();
    int before = 0;
    for (Demands level : levels) {
      Layout layout = strategy.place(level, cluster);
      if (layout instanceof Layout.NotApplicable not) {
        return new Candidate(strategy.name(), List.of(), null, not.reason());
      }
      for (Stage stage : ((Layout.Stages) layout).stages()) {
        stages.add(stage.shifted(before));
      }
      before += level.size();
    }
    Simulation simulation = Simulator.run(stages, together, cluster, limit);
    String problem = problem(stages, simulation);
    return simulation.seconds() > limit
        ? new Candidate(strategy.name(), List.of(), null, problem == null ? slow(limit) : problem)
        : new Candidate(strategy.name(), stages, simulation, problem);
  }

  private @Nullable String problem(List<Stage> stages, Simulation simulation) {
    int full = simulation.full(cluster);
    if (full >= 0) {
      return "worker " + full + " would run out of memory";
    }
    return Stage.sumBatches(stages) ? Candidate.OTHER_BITS : null;
  }
}
