package dev.kingpin;

import dev.kingpin.data.InputException;
import dev.kingpin.engine.Walls;
import dev.kingpin.engine.WorkerAccount;
import dev.kingpin.engine.walled.Ledger;
import dev.kingpin.plan.Candidate;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.Estimator;
import dev.kingpin.plan.Optimizer;
import dev.kingpin.plan.Stage;
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.Strategy;
import dev.kingpin.plan.Workload;
import java.util.List;
import java.util.Optional;

/** Plans for workers that share nothing, and what they did. */
final class WalledPlans {
  private static final double NANOS_A_SECOND = 1e9;

  private WalledPlans() {}

  /**
   * How groups are placed.
   *
   * @throws InputException if the strategy that was asked for cannot run them, or no strategy can
   */
  static List<Stage> stages(Workload workload, Estimator estimator, Walls walls) {
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

  /** What each worker did. */
  static List<WorkerAccount> accounts(Ledger ledger) {
    return ledger.workers().stream()
        .map(
            a ->
                new WorkerAccount(
                    a.bytes(),
                    a.messages(),
                    a.syncs(),
                    a.busyNanos() / NANOS_A_SECOND,
                    a.mostBytes()))
        .toList();
  }
}
