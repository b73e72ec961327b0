package dev.kingpin.engine;

import dev.kingpin.data.Family;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupStats;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Workspace;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.tune.RowOrder;
import dev.kingpin.tune.Split;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that the owner of the group has in its own memory. */
public final class LocalField implements Field {
  private final GroupRows rows;
  private final Scans scans;
  private final TrainQuery query;
  private final boolean isSplit;
  private final Map<StateKey, RowState> states = new HashMap<>();
  private @Nullable GroupRows permuted;

  /**
   * @param isSplit whether rows have been put into their folds
   */
  public LocalField(GroupRows rows, Scans scans, TrainQuery query, boolean isSplit) {
    this.rows = rows;
    this.scans = scans;
    this.query = query;
    this.isSplit = isSplit;
  }

  /** The rows of a family of a job. */
  public static LocalField of(TrainJob job, Family family, Scans scans) {
    boolean isSplit = job.plan().hasFamilies();
    return new LocalField(job.table().rows(family), scans, job.query().query(), isSplit);
  }

  @Override
  public Workspace workspace() {
    return scans.workspace();
  }

  @Override
  public GroupStats stats() {
    return rows.stats();
  }

  @Override
  public long rows() {
    return rows.rows();
  }

  @Override
  public void split() {
    if (!isSplit) {
      Split.assign(rows, query.validation(), query.seed());
    }
  }

  @Override
  public long validationRows() {
    return Split.validationRows(rows);
  }

  @Override
  public int[] foldStarts(int fold) {
    return rows.foldStarts(fold);
  }

  @Override
  public <Q, P> P scan(RowScan<Q, P> scan, Q request, StateKey state) {
    return scans.scan(scan, request, rows, states.getOrDefault(state, RowState.NONE));
  }

  @Override
  public StateKey open(int width) {
    if (width == 0) {
      return StateKey.NONE;
    }
    StateKey key = new StateKey(states.size() + 1, width);
    states.put(key, new RowState(new float[Math.toIntExact(rows.rows() * width)], width));
    return key;
  }

  @Override
  public void close(StateKey state) {
    states.replace(state, RowState.NONE);
  }

  @Override
  public <S> void replay(AggregateTrainer<S, ?, ?> trainer, Chain chain, S state, StateKey key) {
    RowState rowState = states.getOrDefault(key, RowState.NONE);
    for (int b = 0; b < rows.blocks(); b++) {
      trainer.replay(state, rows.block(b), rowState, workspace());
    }
  }

  @Override
  public <S> void epochs(
      SequentialTrainer<S> trainer, Chain chain, S state, AfterEpoch<S> afterEpoch) {
    new Epochs(permuted(), workspace(), () -> {}).train(trainer, chain, state, afterEpoch);
  }

  /** The rows in the order in which chains visit them. */
  GroupRows permuted() {
    if (permuted == null) {
      permuted = rows.permuted(RowOrder.permutation(rows, query.seed()));
    }
    return permuted;
  }
}
