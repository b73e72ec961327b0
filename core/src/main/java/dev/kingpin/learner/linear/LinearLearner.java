package dev.kingpin.learner.linear;

import dev.kingpin.data.Features;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.GroupShape;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelBatch;
import dev.kingpin.learner.ModelCodec;
import dev.kingpin.learner.Pattern;
import dev.kingpin.learner.Setting;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The family of linear models: least squares, logistic (two classes or more) and Poisson
 * regression, with lasso, ridge and shrinkage toward the parent's coefficients. All configs on all
 * row masks make one ALGEBRAIC chain for each loss and kind of solver; stochastic solvers make
 * SEQUENTIAL chains.
 */
public final class LinearLearner implements Learner {
  static final String L1 = "l1";
  static final String L2 = "l2";
  static final String SHRINK = "shrink";
  static final String LOSS = "loss";
  static final String SOLVER = "solver";
  static final String EPOCHS = "epochs";
  static final String LBFGS = "lbfgs";
  static final String AUTO = "auto";
  static final String SQUARED = "squared";
  static final String POISSON = "poisson";

  private static final double LARGEST = 1e12;

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              L1,
              "lasso penalty on the mean loss and on standardised coefficients",
              0,
              LARGEST,
              List.of("0")),
          new Setting(
              L2,
              "ridge penalty on the mean loss and on standardised coefficients",
              0,
              LARGEST,
              List.of("0", "0.0001", "0.001", "0.01", "0.1", "1")),
          new Setting(
              SHRINK,
              "pull toward the coefficients of the group's parent, in rows that it is worth",
              0,
              LARGEST,
              List.of("0")),
          Setting.word(LOSS, "what is minimised; auto goes by the task", AUTO, SQUARED, POISSON),
          Setting.word(
              SOLVER,
              "auto goes to the optimum; lbfgs, sgd and adam take epochs",
              AUTO,
              LBFGS,
              SgdConfig.SGD,
              SgdConfig.ADAM),
          SgdConfig.learningRates(),
          SgdConfig.batches(),
          SgdConfig.passes());

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public List<Setting> settings() {
    return SETTINGS;
  }

  @Override
  public List<Task> tasks() {
    return List.of(Task.REGRESSION, Task.CLASSIFICATION);
  }

  /** Settings that are as usual need not be named, but for the ridge penalty. */
  @Override
  public Config canonical(Config config) {
    TreeMap<String, String> settings = new TreeMap<>(config.settings());
    settings.values().removeIf(AUTO::equals);
    if (config.text(SOLVER, AUTO).equals(AUTO)) {
      settings.remove(EPOCHS);
    }
    if (!SgdConfig.isStochastic(config)) {
      settings.remove(SgdConfig.LEARNING_RATE);
      settings.remove(SgdConfig.BATCH);
    }
    for (String name : List.of(L1, SHRINK)) {
      if (config.number(name, 0) == 0) {
        settings.remove(name);
      }
    }
    return new Config(settings);
  }

  @Override
  public @Nullable String leftOut(String setting) {
    return switch (setting) {
      case L1, SHRINK -> "0";
      case SOLVER, LOSS -> AUTO;
      default -> null;
    };
  }

  @Override
  public void check(Task task, Config config) {
    if (SgdConfig.isStochastic(config) && wantsPrior(config)) {
      throw new InputException(
          "Setting (shrink) is not for solver ("
              + config.text(SOLVER, AUTO)
              + "), which does not look at parents. Maybe leave one of them out.");
    }
    String loss = config.text(LOSS, AUTO);
    if (task == Task.CLASSIFICATION && !loss.equals(AUTO)) {
      throw new InputException(
          "Loss ("
              + loss
              + ") is for numbers, but classes are predicted. Maybe leave the loss out, or use"
              + " --task regression.");
    }
  }

  @Override
  public boolean wantsPrior(Config config) {
    return config.number(SHRINK, 0) > 0;
  }

  static boolean isLbfgs(Config config) {
    return config.text(SOLVER, AUTO).equals(LBFGS);
  }

  static int epochs(Config config) {
    return (int) config.number(EPOCHS, 10);
  }

  /** How fits are solved. */
  private enum Kind {
    LEAST_SQUARES,
    ITERATED,
    STOCHASTIC;

    static Kind of(Task task, Config config) {
      if (SgdConfig.isStochastic(config)) {
        return STOCHASTIC;
      }
      boolean counts = config.text(LOSS, AUTO).equals(POISSON);
      boolean solved = task == Task.REGRESSION && !counts && !isLbfgs(config);
      return solved ? LEAST_SQUARES : ITERATED;
    }
  }

  @Override
  public List<Chain> chains(Task task, Metric metric, List<Fit> fits) {
    Map<List<Object>, List<Fit>> alike = new LinkedHashMap<>();
    for (Fit fit : fits) {
      boolean counts = fit.config().text(LOSS, AUTO).equals(POISSON);
      List<Object> kind = List.of(Kind.of(task, fit.config()), counts);
      alike.computeIfAbsent(kind, k -> new ArrayList<>()).add(fit);
    }
    List<Chain> chains = new ArrayList<>();
    alike.forEach(
        (kind, same) -> {
          if (kind.contains(Kind.STOCHASTIC)) {
            chains.addAll(SgdTrainer.chains(task, metric, same));
          } else {
            chains.add(new Chain(Pattern.ALGEBRAIC, task, metric, same));
          }
        });
    return chains;
  }

  @Override
  public Trainer<?> trainer(Chain chain) {
    return switch (Kind.of(chain.task(), chain.fits().get(0).config())) {
      case LEAST_SQUARES -> new SquaredTrainer();
      case ITERATED -> new GlmTrainer();
      case STOCHASTIC -> new SgdTrainer();
    };
  }

  @Override
  public Work work(GroupShape shape, Chain chain) {
    LinearWork work = new LinearWork(shape, chain);
    return switch (Kind.of(chain.task(), chain.fits().get(0).config())) {
      case LEAST_SQUARES -> work.leastSquares();
      case STOCHASTIC -> work.stochastic();
      case ITERATED -> work.iterated();
    };
  }

  @Override
  public Work refitWork(GroupShape shape, Chain chain) {
    LinearWork work = new LinearWork(shape, chain.refit(0));
    return switch (Kind.of(chain.task(), chain.fits().get(0).config())) {
      case LEAST_SQUARES -> Work.NONE;
      case STOCHASTIC -> work.stochastic();
      case ITERATED -> work.again();
    };
  }

  /**
   * Fits of solvers that take a number of epochs do not look at their neighbours. But sums over a
   * row block depend on the masks of the chain, so the fits of a config stay together.
   */
  @Override
  public List<Chain> parts(Chain chain) {
    boolean isCounted = chain.fits().stream().allMatch(f -> isLbfgs(f.config()));
    if (chain.fits().size() == 1 || (chain.pattern() != Pattern.SEQUENTIAL && !isCounted)) {
      return List.of();
    }
    Map<Config, List<Fit>> alike = new LinkedHashMap<>();
    chain.fits().forEach(f -> alike.computeIfAbsent(f.config(), c -> new ArrayList<>()).add(f));
    return alike.size() == 1 ? List.of() : alike.values().stream().map(chain::of).toList();
  }

  @Override
  public Model constant(Features features, double... answer) {
    return LinearModel.constant(features, answer);
  }

  @Override
  public ModelBatch batch(List<? extends Model> models) {
    return LinearBatch.of(models);
  }

  @Override
  public Comparator<Config> simplerFirst() {
    return Comparator.comparingDouble((Config c) -> c.number(L1, 0))
        .thenComparing(c -> c.number(L2, 0))
        .thenComparing(c -> c.number(SHRINK, 0))
        .reversed();
  }

  @Override
  public ModelCodec codec() {
    return new LinearModelCodec();
  }
}
