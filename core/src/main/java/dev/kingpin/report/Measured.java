package dev.kingpin.report;

import dev.kingpin.engine.GroupAccount;
import dev.kingpin.engine.RunAccount;
import dev.kingpin.engine.WorkerAccount;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Workload;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a run took.
 *
 * @param account of its threads or workers
 * @param planned the cluster that its plan was made for; null for threads that share memory
 * @param resumed groups that an earlier run had done
 */
public record Measured(
    RunAccount account, @Nullable Cluster planned, Seconds seconds, int resumed) {
  private static final String TRAINED = "trained";

  /**
   * What took how long.
   *
   * @param reading until the rows were there
   * @param planning until it was clear who trains what
   * @param training from then on
   * @param compiling that the JVM did meanwhile, on threads of its own; NaN if unknown
   */
  public record Seconds(double reading, double planning, double training, double compiling) {}

  /** The same, with what the JVM has compiled meanwhile. */
  public Measured compiling(double compiling) {
    Seconds all = new Seconds(seconds.reading, seconds.planning, seconds.training, compiling);
    return new Measured(account, planned, all, resumed);
  }

  /** What a group took; unknown if it was not trained. */
  Cost cost(Workload.Sized group) {
    @Nullable GroupAccount took = account.groups().get(group.key());
    return took == null ? Cost.UNKNOWN : new Cost(took.busySeconds(), took.bytes());
  }

  /** Whether a group, or a family, has a tuned model. */
  boolean isTuned(Workload.Sized group) {
    @Nullable GroupAccount took = account.groups().get(group.key());
    return took != null && took.status().equals(TRAINED);
  }

  /** Of all workers or threads. */
  double sum(ToDoubleFunction<WorkerAccount> of) {
    return account.workers().stream().mapToDouble(of).sum();
  }

  /** The share of the time that workers or threads were busy. */
  double utilisation() {
    List<WorkerAccount> workers = account.workers();
    return sum(WorkerAccount::busySeconds) / (seconds.training * workers.size());
  }
}
