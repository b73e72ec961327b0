package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.GroupTraining;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Workspace;
import dev.kingpin.query.Validation;
import dev.kingpin.tune.Split;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Counts that grow fast let Newton's method step too far, so that steps are shortened. */
class HalvingTest {
  private static final int ROWS = 200;
  private static final Validation VALIDATION = Validation.holdout(0.05);

  private final GlmTrainer trainer = new GlmTrainer();
  private final GroupRows rows = rows();
  private final Chain chain = chain();

  private static GroupRows rows() {
    Random random = new Random(3);
    double[] x = new double[ROWS];
    double[] y = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      double z = random.nextGaussian();
      x[r] = z * Math.abs(z);
      y[r] = Math.rint(Math.exp(x[r]) * random.nextDouble());
    }
    MemoryTable table =
        new MemoryTable("t").number("g", new double[ROWS]).number("x", x).number("y", y);
    GroupRows rows = LinearFixture.encode(table, Task.REGRESSION, Recipe.of(1)).rows(0);
    Split.assign(rows, VALIDATION, 7);
    return rows;
  }

  private static Chain chain() {
    List<Config> configs =
        Stream.of("0", "0.001", "0.1")
            .map(l -> new Config(new TreeMap<>(Map.of("l2", l, "loss", "poisson"))))
            .toList();
    return new LinearLearner()
        .chains(Task.REGRESSION, Metric.RMSE, GroupTraining.fits(configs, VALIDATION.masks()))
        .get(0);
  }

  private boolean step(GlmState state) {
    LinearRequest request = trainer.ask(state);
    if (request == null) {
      return false;
    }
    LinearPartial partial = trainer.partial(request, null);
    Workspace workspace = new Workspace(Kernels.best());
    trainer.accumulate(request, rows.block(0), RowState.NONE, partial, workspace);
    trainer.tell(state, partial);
    return true;
  }

  @Test
  void aChainRestoredInTheMiddleOfHalvingsEndsTheSame() {
    GlmState whole = trainer.begin(chain, rows.stats(), null);
    GlmState broken = trainer.begin(chain, rows.stats(), null);
    int halvings = 0;
    while (step(whole)) {
      halvings = Math.max(halvings, whole.movers.get(0).halvings);
      broken = trainer.restore(chain, rows.stats(), null, trainer.snapshot(broken));
      step(broken);
      assertThat(broken.movers.get(0).halvings).isEqualTo(whole.movers.get(0).halvings);
      assertThat(trainer.snapshot(broken)).isEqualTo(trainer.snapshot(whole));
    }
    assertThat(halvings).isPositive();
  }

  @Test
  void halvingsOnlyEverLowerTheObjective() {
    GlmState state = trainer.begin(chain, rows.stats(), null);
    double[] last = {Double.NaN, Double.NaN, Double.NaN};
    while (step(state)) {
      for (int f = 0; f < state.movers.size(); f++) {
        double objective = state.movers.get(f).objective;
        assertThat(objective > last[f] + 1e-6 * (1 + Math.abs(last[f]))).isFalse();
        last[f] = objective;
      }
    }
    for (int f = 1; f < 3; f++) {
      assertThat(trainer.finish(state, f).problem()).isNull();
    }
  }
}
