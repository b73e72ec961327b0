package dev.kingpin.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how groups are trained on a cluster, in five steps: a strategy that was asked for is
 * taken; what a pattern, the promise of equal bits or memory forbids is dropped; candidates are all
 * strategies, and mixtures of them group by group; each is played in virtual time; the fastest
 * wins, the first of equals.
 */
public final class Optimizer {
  /** Times that groups may take in mixtures, as multiples of what evenly divided work takes. */
  private static final double[] LEVELS = {0.7, 1, 1.25, 1.6, 2.5};

  /** Parts of that time from which on a group is a giant. */
  private static final double[] GIANTS = {1, 0.3, 0.05};

  /** Candidates that take so many times as long as the best so far are not played to the end. */
  private static final double HOPELESS = 20;

  /** Costs that differ by a smaller part are equal. */
  private static final double TIE = 1e-3;

  /** For each worker, groups that are looked at one by one, and bundles of the others. */
  private static final int LARGEST = 8;

  private static final int BUNDLES = 4;

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
    mixture().ifPresent(m -> strategies.add(0, m));
    int best = -1;
    for (Strategy strategy : strategies) {
      double fastest = best < 0 ? Double.POSITIVE_INFINITY : candidates.get(best).seconds();
      Candidate candidate = sketch(strategy, HOPELESS * fastest);
      if (candidate.isPossible() && candidate.seconds() < (1 - TIE) * fastest) {
        best = candidates.size();
      }
      candidates.add(candidate);
    }
    if (best < 0) {
      return new Decision(null, candidates);
    }
    Candidate chosen = candidate(strategies.get(best));
    candidates.set(best, chosen);
    return new Decision(chosen, candidates);
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

  /** The best mixture; nothing if there are no giants. */
  private Optional<Mixed> mixture() {
    Optional<Mixed> best = Optional.empty();
    double seconds = Double.POSITIVE_INFINITY;
    for (Mixed mixed : mixtures()) {
      Candidate candidate = candidate(mixed, few, fewTogether, seconds);
      if (candidate.isPossible() && candidate.seconds() < seconds) {
        best = Optional.of(mixed);
        seconds = candidate.seconds();
      }
    }
    return best;
  }

  private List<Mixed> mixtures() {
    List<Mixed> mixtures = new ArrayList<>();
    for (double level : LEVELS) {
      for (double giant : GIANTS) {
        for (Mixed.Way way : Mixed.Way.values()) {
          Mixed mixed = new Mixed(level, giant, way);
          if (few.stream().anyMatch(l -> mixed.isMixture(l, cluster))) {
            mixtures.add(mixed);
          }
        }
      }
    }
    return mixtures;
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
    for (int w = 0; w < cluster.size(); w++) {
      if (simulation.peakBytes()[w] > cluster.workers().get(w).memory()) {
        return "worker " + w + " would run out of memory";
      }
    }
    for (Stage stage : stages) {
      for (Stage.Placed placed : stage.groups()) {
        if (placed.placement() instanceof Placement.Summed) {
          return "gradients of batches are summed over workers, which are not the same bits";
        }
      }
    }
    return null;
  }
}
