package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables.Recipe;
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
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.Setting;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Work;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract holds for every solver of linear models, with every loss and every penalty. */
class LinearSolversContractTest {
  /** Some configs of linear models. */
  abstract static class OfConfigs extends LearnerContractTest {
    private final List<Task> tasks;
    private final List<Config> configs;
    private final boolean counts;

    /**
     * @param configs such as {@code l2=0.1 solver=lbfgs}
     */
    OfConfigs(List<Task> tasks, String... configs) {
      this.tasks = tasks;
      this.configs = Stream.of(configs).map(OfConfigs::config).toList();
      counts = Stream.of(configs).anyMatch(c -> c.contains(LinearLearner.POISSON));
    }

    private static Config config(String words) {
      TreeMap<String, String> settings = new TreeMap<>();
      for (String word : words.split(" ", -1)) {
        int at = word.indexOf('=');
        settings.put(word.substring(0, at), word.substring(at + 1));
      }
      return new Config(settings);
    }

    @Override
    protected Learner learner() {
      return new ForTasks(new LinearLearner(), tasks);
    }

    @Override
    protected List<Config> configs() {
      return configs;
    }

    @Override
    protected boolean learnsCounts() {
      return counts;
    }

    @Override
    protected boolean isRegistered() {
      return false;
    }

    @Override
    protected Map<String, Recipe> tables(Task task) {
      Map<String, Recipe> tables = new LinkedHashMap<>();
      Recipe mixed = Recipe.of(1_100, 60, 4).numeric(2).levels(3).missing(0.1);
      tables.put("mixed", mixed.withWeights());
      if (task == Task.CLASSIFICATION) {
        tables.put("several classes", Recipe.of(500, 30).numeric(2).levels(2).withClasses(3));
      }
      return tables;
    }
  }

  /** Linear models for some tasks. */
  private record ForTasks(LinearLearner linear, List<Task> tasks) implements Learner {
    @Override
    public String name() {
      return "linear";
    }

    @Override
    public List<Setting> settings() {
      return linear.settings();
    }

    @Override
    public List<Chain> chains(Task task, Metric metric, List<Fit> fits) {
      return linear.chains(task, metric, fits);
    }

    @Override
    public Trainer<?> trainer(Chain chain) {
      return linear.trainer(chain);
    }

    @Override
    public Work work(GroupShape shape, Chain chain) {
      return linear.work(shape, chain);
    }

    @Override
    public Model constant(Features features, double... answer) {
      return linear.constant(features, answer);
    }

    @Override
    public boolean wantsPrior(Config config) {
      return linear.wantsPrior(config);
    }

    @Override
    public Config canonical(Config config) {
      return linear.canonical(config);
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

  private static final List<Task> NUMBERS = List.of(Task.REGRESSION);
  private static final List<Task> CLASSES = List.of(Task.CLASSIFICATION);
  private static final List<Task> ALL = List.of(Task.REGRESSION, Task.CLASSIFICATION);

  @Test
  void fitsOfOneChainHaveOneLoss() {
    List<Fit> fits =
        Stream.of("solver=lbfgs", "loss=poisson", "loss=poisson solver=lbfgs", "l2=1")
            .map(c -> new Fit(OfConfigs.config(c), RowMask.ALL))
            .toList();
    List<Chain> chains = new LinearLearner().chains(Task.REGRESSION, Metric.RMSE, fits);
    assertThat(chains.stream().map(Chain::fits))
        .containsExactly(
            List.of(fits.get(0)), List.of(fits.get(1), fits.get(2)), List.of(fits.get(3)));
  }

  @Nested
  class LeastSquares extends OfConfigs {
    LeastSquares() {
      super(
          NUMBERS,
          "l2=0.01",
          "l1=0.5 l2=0",
          "l1=0.5 l2=0.1",
          "l2=0 shrink=20",
          "l1=0.1 l2=0.1 shrink=5");
    }
  }

  /** Two classes and several. */
  @Nested
  class NewtonForClasses extends OfConfigs {
    NewtonForClasses() {
      super(
          CLASSES,
          "l2=0.01",
          "l1=0.01 l2=0",
          "l1=0.01 l2=0.1",
          "l2=0.001 shrink=20",
          "l1=0.01 l2=0.1 shrink=5");
    }
  }

  @Nested
  class NewtonForCounts extends OfConfigs {
    NewtonForCounts() {
      super(
          NUMBERS,
          "loss=poisson l2=0.01",
          "loss=poisson l1=0.01 l2=0",
          "loss=poisson l2=0.001 shrink=20",
          "loss=poisson l1=0.01 l2=0.1 shrink=5");
    }
  }

  @Nested
  class LbfgsSteps extends OfConfigs {
    LbfgsSteps() {
      super(
          ALL,
          "solver=lbfgs epochs=8 l2=0.01",
          "solver=lbfgs epochs=5 l1=0.01 l2=0",
          "solver=lbfgs epochs=6 l2=0.1 shrink=20");
    }
  }

  @Nested
  class LbfgsStepsForCounts extends OfConfigs {
    LbfgsStepsForCounts() {
      super(
          NUMBERS,
          "loss=poisson solver=lbfgs epochs=8 l2=0.01",
          "loss=poisson solver=lbfgs epochs=5 l1=0.01 l2=0",
          "loss=poisson solver=lbfgs epochs=6 l2=0.1 shrink=20");
    }
  }

  /** One chain of fits that take Hessians and fits that do not. */
  @Nested
  class NewtonBesideLbfgs extends OfConfigs {
    NewtonBesideLbfgs() {
      super(ALL, "l2=0.01", "solver=lbfgs epochs=6 l2=0.1", "loss=poisson l2=0.1");
    }

    @Override
    protected boolean learnsCounts() {
      return true;
    }
  }

  /** Wide designs go by L-BFGS without being told. */
  @Nested
  class WideClasses extends OfConfigs {
    WideClasses() {
      super(CLASSES, "l2=1", "l1=0.02 l2=0.5", "l2=0.5 shrink=20");
    }

    @Override
    protected Map<String, Recipe> tables(Task task) {
      return Map.of(
          "many levels", Recipe.of(1_300).numeric(2).levels(640),
          "several classes", Recipe.of(450).numeric(2).levels(190).withClasses(4));
    }
  }

  @Nested
  class WideCounts extends OfConfigs {
    WideCounts() {
      super(NUMBERS, "loss=poisson l2=100", "loss=poisson l1=1 l2=100 shrink=20");
    }

    @Override
    protected Map<String, Recipe> tables(Task task) {
      return Map.of("many levels", Recipe.of(1_300).numeric(2).levels(640).withWeights());
    }
  }

  @Nested
  class Sgd extends OfConfigs {
    Sgd() {
      super(
          ALL,
          "solver=sgd l2=0.1 epochs=2",
          "solver=sgd l1=0.01 epochs=3",
          "solver=adam l2=0 epochs=2 batch=7",
          "solver=adam l1=0.01 l2=0.1 epochs=2 learning_rate=0.1");
    }
  }

  @Nested
  class SgdForCounts extends OfConfigs {
    SgdForCounts() {
      super(
          NUMBERS,
          "loss=poisson solver=sgd l2=0.1 epochs=2",
          "loss=poisson solver=sgd l1=0.01 epochs=3 batch=7",
          "loss=poisson solver=adam l1=0.01 l2=0 epochs=2");
    }
  }
}
