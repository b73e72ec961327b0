package dev.kingpin.learner.linear;

import dev.kingpin.data.Features;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.GroupShape;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.LearnerContractTest;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelCodec;
import dev.kingpin.learner.Setting;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Work;
import java.util.Comparator;
import java.util.List;

/** The contract holds for stochastic solvers. */
class SgdSolverContractTest extends LearnerContractTest {
  /** Linear models by stochastic solvers alone. */
  private static final class Stochastic implements Learner {
    private final LinearLearner linear = new LinearLearner();

    @Override
    public String name() {
      return "stochastic";
    }

    @Override
    public List<Setting> settings() {
      return SgdConfig.settings();
    }

    @Override
    public List<Task> tasks() {
      return linear.tasks();
    }

    @Override
    public List<Chain> chains(Task task, Metric metric, List<Fit> fits) {
      return SgdTrainer.chains(task, metric, fits);
    }

    @Override
    public Trainer<?> trainer(Chain chain) {
      return new SgdTrainer();
    }

    @Override
    public Work work(GroupShape shape, Chain chain) {
      return SgdTrainer.work(shape, chain);
    }

    @Override
    public Model constant(Features features, double... answer) {
      return linear.constant(features, answer);
    }

    @Override
    public Comparator<Config> simplerFirst() {
      return linear.simplerFirst();
    }

    @Override
    public ModelCodec codec() {
      return linear.codec();
    }
  }

  @Override
  protected Learner learner() {
    return new Stochastic();
  }

  @Override
  protected List<Config> configs() {
    return List.of(
        SgdFixture.config(Loss.SQUARED, "solver=sgd", "l2=0.1", "epochs=2"),
        SgdFixture.config(Loss.SQUARED, "solver=sgd", "l1=0.01", "epochs=3"),
        SgdFixture.config(Loss.SQUARED, "solver=adam", "l2=0", "epochs=2", "batch=7"));
  }

  @Override
  protected boolean isRegistered() {
    return false;
  }
}
