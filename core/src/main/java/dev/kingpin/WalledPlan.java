package dev.kingpin;

import dev.kingpin.data.Family;
import dev.kingpin.data.InputException;
import dev.kingpin.engine.Walls;
import dev.kingpin.plan.Candidate;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.Estimator;
import dev.kingpin.plan.Optimizer;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Stage;
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.Strategy;
import dev.kingpin.plan.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which of the workers that share nothing trains what.
 *
 * @param workload what was planned: all that has enough rows for a model
 * @param families by the numbers that stages give them; those that were not planned last
 */
record WalledPlan(Workload workload, List<Family> families, List<Stage> stages) {
  /**
   * Plans for what a run has left.
   *
   * @param levels families first, then the groups
   * @throws InputException if the strategy that was asked for cannot run them, or no strategy can
   */
  static WalledPlan of(TrainRun run, List<List<Family>> levels, Walls walls) {
    boolean isGiven = walls.stages() != null;
    int minRows = isGiven ? 0 : run.header().query().minRows();
    Workload workload = run.workload(levels, minRows);
    workload.check(walls.cluster());
    List<Stage> stages =
        new ArrayList<>(stages(workload, run.estimator(walls.cluster().machine()), walls));
    List<Family> families = new ArrayList<>();
    levels.forEach(l -> l.stream().filter(f -> run.rows(f) >= minRows).forEach(families::add));
    for (List<Family> level : levels) {
      List<Stage.Placed> small = new ArrayList<>();
      for (Family family : level) {
        if (run.rows(family) < minRows) {
          int worker = families.size() % walls.cluster().size();
          small.add(new Stage.Placed(families.size(), new Placement.Whole(worker)));
          families.add(family);
        }
      }
      stages.add(new Stage(small));
    }
    return new WalledPlan(workload, families, stages);
  }

  private static List<Stage> stages(Workload workload, Estimator estimator, Walls walls) {
    if (walls.stages() != null) {
      return walls.stages();
    }
    List<Demands> demands = workload.demands(estimator, walls.cluster().network());
    if (demands.stream().allMatch(d -> d.size() == 0)) {
      return List.of();
    }
    Optimizer optimizer = new Optimizer(demands, walls.cluster());
    Optional<Strategy> asked = Strategies.named(walls.strategy());
    Candidate chosen =
        asked.isPresent() ? optimizer.candidate(asked.get()) : optimizer.decide().chosen();
    if (chosen == null) {
      throw refused(walls.strategy(), "no way to place them fits into the memory of the workers");
    }
    if (chosen.obstacle() != null) {
      throw refused(chosen.strategy(), chosen.obstacle());
    }
    return chosen.stages();
  }

  private static InputException refused(String strategy, String problem) {
    return new InputException(
        "Strategy ("
            + strategy
            + ") cannot train these groups: "
            + problem
            + ". Maybe use --strategy auto, more workers, or a larger --worker-memory.");
  }
}
