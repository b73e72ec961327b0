package dev.kingpin.engine;

import dev.kingpin.data.Family;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.RowBlock;
import dev.kingpin.data.ShardRows;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.GroupShape;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Pattern;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Demand.OfChain;
import dev.kingpin.plan.Planner;
import dev.kingpin.plan.VirtualShards;
import dev.kingpin.store.GroupSink;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains groups alone and measures what they ask of a cluster: the seconds of every step on the
 * rows and at the owner, and the bytes that its request and its partial would be as messages.
 */
public final class Pilot {
  private final TrainJob job;
  private final GroupSink sink;
  private final boolean isSplit;
  private final Workspace workspace = new Workspace(Kernels.best());

  /**
   * @param sink hears what becomes of the groups
   */
  public Pilot(TrainJob job, GroupSink sink) {
    this(job, sink, job.plan().hasFamilies());
  }

  /**
   * @param isSplit whether rows have been put into their folds
   */
  Pilot(TrainJob job, GroupSink sink, boolean isSplit) {
    this.job = job;
    this.sink = sink;
    this.isSplit = isSplit;
  }

  private Scans scans() {
    return new Scans() {
      @Override
      public Workspace workspace() {
        return workspace;
      }

      @Override
      public <Q, P> P scan(RowScan<Q, P> scan, Q request, GroupRows rows, RowState rowState) {
        P partial = scan.partial(request, null);
        for (int b = 0; b < rows.blocks(); b++) {
          RowBlock block = rows.block(b);
          scan.accumulate(request, block, rowState, partial, workspace);
        }
        return partial;
      }
    };
  }

  /** Trains a group whose ancestors need not be known, and tells what it took. */
  public Demand measure(Family family) {
    GroupRows rows = job.table().rows(family);
    Learner learner = job.query().learner();
    GroupShape shape = Planner.shape(job.table(), rows.rows());
    LocalField field = new LocalField(rows, scans(), job.query().query(), isSplit);
    WatchedField watched = new WatchedField(field, chain -> learner.work(shape, chain));
    sink.done(new GroupTraining(job, family, new Kin(), sink, watched, Double.MAX_VALUE).train());
    List<OfChain> chains = new ArrayList<>();
    for (OfChain chain : watched.chains()) {
      chains.add(chain.with(parts(watched, job.chains().get(chains.size()))));
    }
    boolean weighted = rows.rows() > 0 && rows.block(0).weight() != null;
    boolean hops = job.chains().stream().anyMatch(c -> c.pattern() == Pattern.SEQUENTIAL);
    double rowBytes = ShardRows.rowBytes(job.table().features(), weighted) * (hops ? 2.0 : 1.0);
    return new Demand(
        Math.max(1, rows.blocks()),
        VirtualShards.of(rows.rows()),
        rowBytes * rows.rows(),
        chains,
        watched.last());
  }

  /** The parts into which a chain may be split. */
  private List<OfChain> parts(WatchedField field, Chain chain) {
    Learner learner = job.query().learner();
    return learner.parts(chain).stream().map(p -> field.alone(learner.trainer(p), p)).toList();
  }
}
