package dev.kingpin.engine.walled;

import dev.kingpin.data.Family;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Decision;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.Estimator;
import dev.kingpin.plan.GroupPlan;
import dev.kingpin.plan.Machine;
import dev.kingpin.plan.Optimizer;
import dev.kingpin.plan.Stage;
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans of jobs for workers with walls. */
final class TestStages {
  private TestStages() {}

  static RunOptions threads(int threads) {
    return new RunOptions(threads, false, false, 1e9);
  }

  /** An engine for the plan of a strategy; nothing if it cannot run the job or keeps no bits. */
  static Optional<WalledEngine> engine(TrainJob job, String strategy, int workers) {
    List<Stage> stages = of(job, strategy, workers);
    return stages.isEmpty() || Stage.sumBatches(stages)
        ? Optional.empty()
        : Optional.of(engine(job, stages, workers));
  }

  static WalledEngine engine(TrainJob job, List<Stage> stages, int workers) {
    return new WalledEngine(families(job), stages, workers, Long.MAX_VALUE);
  }

  /** The plan of a strategy, or of auto; no stages if it cannot run the job. */
  static List<Stage> of(TrainJob job, String strategy, int workers) {
    List<List<Family>> levels =
        job.plan().levels().stream().map(l -> l.stream().map(GroupPlan::family).toList()).toList();
    Estimator estimator =
        new Estimator(
            job.query().learner(),
            job.chains(),
            Machine.USUAL,
            new Estimator.Search(job.configs().size(), 0.2, true));
    Cluster cluster =
        Cluster.of(Machine.USUAL, workers, Cluster.Worker.USUAL, Cluster.Network.TEN_GIGABIT);
    List<Demands> demands =
        Workload.of(job.table(), levels, 0, 1).demands(estimator, cluster.network());
    Optimizer optimizer = new Optimizer(demands, cluster);
    if (strategy.equals(Strategies.AUTO)) {
      Decision decision = optimizer.decide();
      return decision.chosen() == null ? List.of() : decision.chosen().stages();
    }
    return optimizer.candidate(Strategies.named(strategy).orElseThrow()).stages();
  }

  static List<Family> families(TrainJob job) {
    List<Family> families = new ArrayList<>();
    job.plan().levels().forEach(l -> l.forEach(g -> families.add(g.family())));
    return families;
  }
}
