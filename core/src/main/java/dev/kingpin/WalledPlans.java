package dev.kingpin;

import dev.kingpin.data.InputException;
import dev.kingpin.engine.Walls;
import dev.kingpin.engine.walled.Ledger;
import dev.kingpin.plan.Candidate;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.Estimator;
import dev.kingpin.plan.Optimizer;
import dev.kingpin.plan.Stage;
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.Strategy;
import dev.kingpin.plan.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    if (chosen.problem() != null) {
      throw refused(chosen.strategy(), chosen.problem());
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

  /** For the run file: an entry for each worker. */
  static List<Map<String, Object>> facts(Ledger ledger) {
    List<Map<String, Object>> facts = new ArrayList<>();
    for (Ledger.Account account : ledger.workers()) {
      Map<String, Object> worker = new LinkedHashMap<>();
      worker.put("bytes_sent", account.bytes());
      worker.put("messages_sent", account.messages());
      worker.put("syncs", account.syncs());
      worker.put("busy_seconds", account.busyNanos() / NANOS_A_SECOND);
      worker.put("peak_bytes", account.mostBytes());
      facts.add(worker);
    }
    return facts;
  }
}
