package dev.kingpin.plan;

import dev.kingpin.data.InputException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What would be done, at what cost, and instead of what. */
public sealed interface Explanation {
  /** The word for a plan that no strategy has made. */
  String GIVEN = "given";

  Workload workload();

  /** What the groups ask for, level by level. */
  List<Demands> demands();

  /** Seconds that each level takes; NaN if unknown. */
  List<Double> levelSeconds();

  /** How fast a worker or thread is. */
  Rates rates();

  /**
   * Workers that share nothing.
   *
   * @param asked the word of the strategy
   * @param alone seconds on one worker
   */
  record OnCluster(
      Workload workload,
      List<Demands> demands,
      Rates rates,
      Cluster cluster,
      Decision decision,
      String asked,
      double alone)
      implements Explanation {
    public OnCluster {
      demands = List.copyOf(demands);
    }

    /** The same plans on a cluster that is not as they take it to be. */
    public OnCluster playedOn(Cluster real) {
      Optimizer optimizer = new Optimizer(demands, cluster);
      List<Candidate> played = new ArrayList<>();
      @Nullable Candidate planned = decision.chosen();
      @Nullable Candidate chosen = null;
      for (Candidate candidate : decision.candidates()) {
        if (planned != null && candidate.strategy().equals(planned.strategy())) {
          chosen = again(planned, real);
          played.add(chosen);
        } else {
          played.add(again(whole(optimizer, candidate), real));
        }
      }
      Decision later = new Decision(chosen, played);
      return new OnCluster(workload, demands, rates, real, later, asked, alone);
    }

    /** The candidate with all groups one by one, if it was played at all. */
    private static Candidate whole(Optimizer optimizer, Candidate candidate) {
      boolean isNamed =
          Strategies.all().stream().anyMatch(s -> s.name().equals(candidate.strategy()));
      return isNamed && !candidate.stages().isEmpty()
          ? Strategies.named(candidate.strategy()).map(optimizer::candidate).orElse(candidate)
          : candidate;
    }

    private Candidate again(Candidate candidate, Cluster real) {
      if (candidate.stages().isEmpty()) {
        return candidate;
      }
      Simulation simulation = Simulator.run(candidate.stages(), Demands.concat(demands), real);
      return new Candidate(
          candidate.strategy(), candidate.stages(), simulation, candidate.problem());
    }

    /** The same plans on one machine, of whose workers so many compute at a time. */
    public OnCluster onOneMachine(int threads) {
      OnCluster played = playedOn(cluster.onOneMachine(threads));
      double work = 0;
      for (Demands level : demands) {
        for (int g = 0; g < level.size(); g++) {
          work += level.seconds(g);
        }
      }
      return new OnCluster(workload, demands, rates, played.cluster, played.decision, asked, work);
    }

    /** All others, in the order in which ties are decided. */
    public List<Candidate> rejected() {
      @Nullable Candidate chosen = decision.chosen();
      return decision.candidates().stream()
          .filter(c -> chosen == null || !c.strategy().equals(chosen.strategy()))
          .toList();
    }

    /** Whether a strategy can run these groups at all, whatever it costs. */
    public boolean canRun(Candidate candidate) {
      if (candidate.simulation() != null) {
        return true;
      }
      return Strategies.all().stream()
          .filter(s -> s.name().equals(candidate.strategy()))
          .noneMatch(
              s ->
                  demands.stream()
                      .anyMatch(d -> s.place(d, cluster) instanceof Layout.NotApplicable));
    }

    /** What a group or family asks for, by the number that plans give it. */
    public Demand demand(int number) {
      int left = number;
      for (Demands level : demands) {
        if (left < level.size()) {
          return level.of(left);
        }
        left -= level.size();
      }
      throw new IndexOutOfBoundsException(number);
    }

    @Override
    public List<Double> levelSeconds() {
      List<Double> seconds = new ArrayList<>();
      List<Stage> stages = new ArrayList<>();
      double before = 0;
      for (int l = 0; l < demands.size(); l++) {
        if (decision.chosen() == null) {
          seconds.add(Double.NaN);
          continue;
        }
        for (Stage stage : decision.chosen().stages()) {
          if (!stage.groups().isEmpty() && workload.level(stage.groups().get(0).group()) == l) {
            stages.add(stage);
          }
        }
        double until = Simulator.run(stages, Demands.concat(demands), cluster).seconds();
        seconds.add(until - before);
        before = until;
      }
      return seconds;
    }

    /** A group as if it were alone: what it sends, and when it is done. */
    public Simulation simulate(Stage.Placed placed) {
      Stage stage = new Stage(List.of(new Stage.Placed(0, placed.placement())));
      Demands only = new Demands(List.of(demand(placed.group())), cluster.network());
      return Simulator.run(List.of(stage), only, cluster);
    }
  }

  /** The threads of one machine, which share its memory. */
  record OnThreads(Workload workload, List<Demands> demands, Rates rates, ThreadsPlan plan)
      implements Explanation {
    public OnThreads {
      demands = List.copyOf(demands);
    }

    @Override
    public List<Double> levelSeconds() {
      return demands.stream()
          .map(level -> ThreadsPlan.of(List.of(level), plan.threads()).seconds())
          .toList();
    }
  }

  /**
   * Plans for workers that share nothing.
   *
   * @param strategy its name, or {@link Strategies#AUTO}
   * @throws InputException if there is no such strategy, or it cannot run these groups, or workers
   *     are too small for anything
   */
  static OnCluster onCluster(
      Workload workload, Estimator estimator, Rates rates, Cluster cluster, String strategy) {
    workload.check(cluster);
    List<Demands> demands = workload.demands(estimator, cluster.network());
    Optimizer optimizer = new Optimizer(demands, cluster);
    Decision decision =
        Strategies.named(strategy).map(optimizer::decide).orElseGet(optimizer::decide);
    if (!strategy.equals(Strategies.AUTO) && decision.chosen() == null) {
      throw new InputException(
          "Strategy ("
              + strategy
              + ") cannot run this: "
              + decision.candidates().get(0).problem()
              + ". Maybe use --strategy auto.");
    }
    return new OnCluster(workload, demands, rates, cluster, decision, strategy, alone(demands));
  }

  /** A plan for workers that share nothing that is made already, and what there is beside it. */
  static OnCluster given(
      Workload workload, Estimator estimator, Rates rates, Cluster cluster, List<Stage> stages) {
    OnCluster plan = onCluster(workload, estimator, rates, cluster, Strategies.AUTO);
    Simulation simulation = Simulator.run(stages, Demands.concat(plan.demands), cluster);
    Candidate given = new Candidate(GIVEN, stages, simulation, null);
    List<Candidate> candidates = new ArrayList<>(List.of(given));
    candidates.addAll(plan.decision.candidates());
    Decision decision = new Decision(given, candidates);
    return new OnCluster(workload, plan.demands, rates, cluster, decision, GIVEN, plan.alone);
  }

  /** Plans for the threads of one machine. */
  static OnThreads onThreads(Workload workload, Estimator estimator, Rates rates, int threads) {
    List<Demands> demands = workload.demands(estimator, Cluster.Network.TEN_GIGABIT);
    return new OnThreads(workload, demands, rates, ThreadsPlan.of(demands, threads));
  }

  /** The way of all rows to one worker of speed 1, and all work there. */
  private static double alone(List<Demands> demands) {
    return demands.stream().mapToDouble(Demands::weight).sum();
  }
}
