package dev.kingpin.engine.walled;

import dev.kingpin.data.Family;
import dev.kingpin.data.InputException;
import dev.kingpin.engine.Engine;
import dev.kingpin.engine.RunAccount;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.plan.Stage;
import dev.kingpin.store.GroupSink;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan on logical workers of one JVM that share nothing. Stage by stage, rows are sent to
 * the workers that are to have them; what workers say to one another are bytes, and counted.
 */
public final class WalledEngine implements Engine {
  private final List<Family> families;
  private final List<Stage> stages;
  private final int workers;
  private final long memory;
  private Mishap mishap = Mishap.NONE;
  private @Nullable Ledger ledger;

  /**
   * @param families by their numbers in the stages
   * @param stages of the plan
   * @param workers how many there are
   * @param memory bytes that each may hold
   */
  public WalledEngine(List<Family> families, List<Stage> stages, int workers, long memory) {
    this.families = List.copyOf(families);
    this.stages = List.copyOf(stages);
    this.workers = workers;
    this.memory = memory;
  }

  @Override
  public String name() {
    return "walled";
  }

  /** The same engine, on which workers die. */
  WalledEngine meeting(Mishap some) {
    mishap = some;
    return this;
  }

  /** What the workers of the last run did. */
  public Optional<Ledger> ledger() {
    return Optional.ofNullable(ledger);
  }

  /** Trains on as many workers at a time as there are threads. */
  @Override
  public RunAccount run(TrainJob job, GroupSink sink, RunOptions options, RunListener listener) {
    check(job);
    Ledger counts = new Ledger(workers, families);
    ledger = counts;
    List<Double> levelSeconds =
        new WalledRun(
                new WalledRun.Setting(job, families, sink, options, listener, mishap),
                counts,
                memory)
            .play(stages);
    return new RunAccount(
        counts.workerAccounts(), counts.source().bytes(), levelSeconds, counts.groups().accounts());
  }

  /** Not every learner can learn from batches that lie on several workers. */
  private void check(TrainJob job) {
    Learner learner = job.query().learner();
    for (Chain chain : Stage.sumBatches(stages) ? job.chains() : List.<Chain>of()) {
      if (learner.trainer(chain) instanceof SequentialTrainer<?> t && t.batches().isEmpty()) {
        throw new InputException(
            "Learner ("
                + learner.name()
                + ") cannot sum the gradients of batches over workers. Maybe use --strategy auto.");
      }
    }
  }
}
