package dev.kingpin;

import dev.kingpin.data.InputException;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Estimator;
import dev.kingpin.plan.Explanation;
import dev.kingpin.plan.Rates;
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.Workload;
import dev.kingpin.report.PlanReport;
import dev.kingpin.store.RunHeader;
import org.jspecify.annotations.Nullable;

/**
 * On what a run is planned.
 *
 * @param rates of each thread or worker
 * @param threads of one machine that share its memory, if there is no cluster
 * @param cluster of workers that share nothing, or null
 * @param real the same cluster with stragglers that plans do not know of, or null
 * @param strategy its name, or {@link Strategies#AUTO}
 */
public record PlanOptions(
    Rates rates, int threads, @Nullable Cluster cluster, @Nullable Cluster real, String strategy) {
  /** One machine, as {@link Kingpin#train} uses it. */
  public static PlanOptions onThreads(Rates rates, int threads) {
    return new PlanOptions(rates, threads, null, null, Strategies.AUTO);
  }

  /**
   * Workers that share nothing.
   *
   * @param origin where the rates of the cluster's machine come from
   */
  public static PlanOptions onCluster(Cluster cluster, String origin, String strategy) {
    Rates rates = new Rates(cluster.machine(), origin);
    return new PlanOptions(rates, 1, cluster, cluster, strategy);
  }

  /** The same, played on another cluster than plans are made for. */
  public PlanOptions playedOn(Cluster other) {
    return new PlanOptions(rates, threads, cluster, other, strategy);
  }

  /** Refuses a workload without groups. */
  static void check(Workload workload, RunHeader header) {
    if (workload.groups().isEmpty()) {
      int minRows = header.query().minRows();
      throw new InputException(
          "No group has (" + minRows + ") usable rows. Maybe use --min-rows 10.");
    }
  }

  PlanReport explain(TrainRun run, RunHeader header, Workload workload) {
    check(workload, header);
    Estimator estimator = run.estimator(rates.machine());
    Explanation explanation =
        cluster == null
            ? Explanation.onThreads(workload, estimator, rates, threads)
            : onCluster(workload, estimator, cluster);
    return new PlanReport(header, explanation);
  }

  private Explanation onCluster(Workload workload, Estimator estimator, Cluster planned) {
    Explanation.OnCluster explanation =
        Explanation.onCluster(workload, estimator, rates, planned, strategy);
    return real == null || real.equals(planned) ? explanation : explanation.playedOn(real);
  }
}
