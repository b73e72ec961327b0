package dev.kingpin;

import dev.kingpin.data.Family;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.Walls;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.plan.Estimator;
import dev.kingpin.plan.Explanation;
import dev.kingpin.plan.Rates;
import dev.kingpin.plan.Workload;
import dev.kingpin.report.Measured;
import dev.kingpin.report.PlanReport;
import dev.kingpin.report.WorkersReport;
import dev.kingpin.store.RunFile;
import dev.kingpin.store.RunHeader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training that is done.
 *
 * @param levels that were left to train, families first
 * @param placed on which workers, if they shared nothing
 */
record RunResult(
    TrainRun run,
    RunOptions options,
    List<List<Family>> levels,
    @Nullable WalledPlan placed,
    Measured measured) {

  /** Seconds that it took, from when the rows were read. */
  double seconds() {
    return measured.seconds().training();
  }

  /**
   * What it took, beside what it was to take.
   *
   * @param rates of each thread; workers have those of their cluster
   * @param compiling seconds that the JVM compiled meanwhile
   * @return null if no group was left that has enough rows for a model
   */
  @Nullable PlanReport report(Rates rates, double compiling) {
    RunHeader header = run.header();
    Workload workload =
        placed == null ? run.workload(levels, header.query().minRows()) : placed.workload();
    if (workload.groups().isEmpty()) {
      return null;
    }
    return new PlanReport(header, explanation(workload, rates), measured.compiling(compiling));
  }

  private Explanation explanation(Workload workload, Rates rates) {
    Walls walls = options.walls();
    if (walls == null) {
      Estimator estimator = run.estimator(rates.machine());
      return Explanation.onThreads(workload, estimator, rates, options.threads());
    }
    Estimator estimator = run.estimator(walls.cluster().machine());
    Rates same = new Rates(walls.cluster().machine(), rates.origin());
    Explanation.OnCluster plan =
        walls.stages() == null
            ? Explanation.onCluster(workload, estimator, same, walls.cluster(), walls.strategy())
            : Explanation.given(workload, estimator, same, walls.cluster(), walls.stages());
    return plan.onOneMachine(options.threads());
  }

  /** Writes what is true of the run but not of its models. */
  void writeRunFile(Path artifact) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kingpin_version", Kingpin.version());
    facts.put("java_version", System.getProperty("java.version"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("kernels", Kernels.best().name());
    facts.put("threads", options.threads());
    facts.put("source_rows", run.header().sourceRows());
    facts.put("groups", run.keys().size());
    facts.put("families", run.families().size());
    facts.put("groups_from_an_earlier_run", measured.resumed());
    facts.put("configs", run.header().configs().size());
    facts.put("read_seconds", measured.seconds().reading());
    facts.put("train_seconds", seconds());
    if (placed != null) {
      facts.put("workers", new WorkersReport(measured.account().workers(), seconds()).tree());
    }
    RunFile.write(artifact, facts);
  }
}
