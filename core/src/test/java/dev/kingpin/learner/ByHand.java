package dev.kingpin.learner;

import static java.util.Objects.requireNonNull;

import dev.kingpin.data.GroupRows;
import dev.kingpin.data.RowBlock;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.store.TrainedGroup;
import dev.kingpin.tune.Choice;
import dev.kingpin.tune.Holdout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trains a group as the contract says, without an engine. Its validation rows are chosen already.
 */
final class ByHand {
  private ByHand() {}

  static TrainedGroup train(TrainJob job, int group) {
    Learner learner = job.query().learner();
    GroupRows rows = job.table().rows(group);
    List<ChainDriver<?>> drivers = new ArrayList<>();
    FitResult[] results = new FitResult[job.configs().size()];
    for (Chain chain : job.chains()) {
      ChainDriver<?> driver =
          ChainDriver.begin(
              learner.trainer(chain), chain, rows, Kernels.best(), job.query().query().seed());
      drivers.add(driver.run());
      for (int f = 0; f < chain.fits().size(); f++) {
        int config = job.configs().indexOf(chain.fits().get(f).config());
        results[config] = driver.results().get(f);
      }
    }
    int winner = Choice.winner(Arrays.asList(results), job.configs(), learner.simplerFirst());
    Fit fit = new Fit(job.configs().get(winner), Holdout.MASK);
    ChainDriver<?> home =
        drivers.stream().filter(d -> d.chain.fits().contains(fit)).findFirst().orElseThrow();
    Model refitted = home.refit(home.chain.fits().indexOf(fit)).run().results().get(0).model();
    Model model = refitted == null ? results[winner].model() : refitted;
    List<Double> metrics = Arrays.stream(results).map(FitResult::metric).toList();
    return new TrainedGroup(
        job.table().key(group),
        rows.rows(),
        held(rows),
        job.table().skipped(group),
        new Outcome.Trained(
            winner, metrics, results[winner].rivals().constant(), requireNonNull(model)));
  }

  private static long held(GroupRows rows) {
    long held = 0;
    for (int b = 0; b < rows.blocks(); b++) {
      RowBlock block = rows.block(b);
      for (int r = 0; r < block.rows(); r++) {
        held += Holdout.MASK.fits(block.fold()[block.offset() + r]) ? 0 : 1;
      }
    }
    return held;
  }
}
