package dev.kingpin.engine.walled;

import dev.kingpin.data.Family;
import dev.kingpin.data.GroupRows;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;

/**
 * A chain that sums, trained far from any worker.
 *
 * @param begun bytes of its state at the beginning
 * @param done bytes of its state at the end
 */
record TrainedAlone(long begun, long done) {
  static TrainedAlone of(TrainJob job, Family family, Chain chain) {
    GroupRows rows = job.table().rows(family);
    return of((AggregateTrainer<?, ?, ?>) job.query().learner().trainer(chain), rows, chain);
  }

  private static <S, Q, P> TrainedAlone of(
      AggregateTrainer<S, Q, P> trainer, GroupRows rows, Chain chain) {
    Workspace workspace = new Workspace(Kernels.best());
    S state = trainer.begin(chain, rows.stats(), null);
    long begun = trainer.snapshot(state).length;
    for (Q request = trainer.ask(state); request != null; request = trainer.ask(state)) {
      P partial = trainer.partial(request, null);
      for (int b = 0; b < rows.blocks(); b++) {
        trainer.accumulate(request, rows.block(b), RowState.NONE, partial, workspace);
      }
      trainer.tell(state, partial, workspace);
    }
    return new TrainedAlone(begun, trainer.snapshot(state).length);
  }
}
