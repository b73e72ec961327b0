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
    return whole(family).withParts(parts(family));
  }

  /** The same without the parts of its chains. */
  Demand whole(Family family) {
    GroupRows rows = job.table().rows(family);
    WatchedField watched = watched(rows);
    sink.done(new GroupTraining(job, family, new Kin(), sink, watched, Double.MAX_VALUE).train());
    boolean weighted = rows.rows() > 0 && rows.block(0).weight() != null;
    boolean hops = job.chains().stream().anyMatch(c -> c.pattern() == Pattern.SEQUENTIAL);
    double rowBytes = ShardRows.rowBytes(job.table().features(), weighted) * (hops ? 2.0 : 1.0);
    return new Demand(
        Math.max(1, rows.blocks()),
        VirtualShards.of(rows.rows()),
        rowBytes * rows.rows(),
        watched.ordering(),
        watched.chains(),
        watched.last());
  }

  /** Trains the parts of each chain of a group that was trained before; some have none. */
  List<List<OfChain>> parts(Family family) {
    GroupRows rows = job.table().rows(family);
    boolean isTrained = rows.rows() >= job.query().query().minRows();
    WatchedField watched = watched(rows);
    return job.chains().stream()
        .map(c -> isTrained ? parts(watched, c) : List.<OfChain>of())
        .toList();
  }

  private List<OfChain> parts(WatchedField watched, Chain chain) {
    Learner learner = job.query().learner();
    return learner.parts(chain).stream().map(p -> watched.alone(learner.trainer(p), p)).toList();
  }

  private WatchedField watched(GroupRows rows) {
    GroupShape shape = Planner.shape(job.table(), rows.rows());
    Learner learner = job.query().learner();
    LocalField field = new LocalField(rows, scans(), job.query().query(), isSplit);
    return new WatchedField(field, chain -> learner.work(shape, chain));
  }
}
