package dev.kingpin.learner.linear;

import dev.kingpin.data.Features;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.GroupShape;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelCodec;
import dev.kingpin.learner.Pattern;
import dev.kingpin.learner.Setting;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Work;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The family of linear models. All configs of a row mask make one ALGEBRAIC chain. */
public final class LinearLearner implements Learner {
  static final String L2 = "l2";

  /** Newton steps that a chain of logistic fits usually takes; for work counts only. */
  private static final int USUAL_STEPS = 6;

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              L2,
              "ridge penalty on the mean loss and on standardised coefficients",
              0,
              1e12,
              List.of("0", "0.0001", "0.001", "0.01", "0.1", "1")));

  static double l2(Config config) {
    return config.number(L2);
  }

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

  @Override
  public List<Chain> chains(Task task, Metric metric, List<Fit> fits) {
    Map<Object, List<Fit>> byMask = new LinkedHashMap<>();
    for (Fit fit : fits) {
      byMask.computeIfAbsent(fit.mask(), m -> new java.util.ArrayList<>()).add(fit);
    }
    return byMask.values().stream()
        .map(same -> new Chain(Pattern.ALGEBRAIC, task, metric, same))
        .toList();
  }

  @Override
  public Trainer<?> trainer(Chain chain) {
    return switch (chain.task()) {
      case REGRESSION -> new RidgeTrainer();
      case CLASSIFICATION -> new LogisticTrainer();
    };
  }

  @Override
  public Work work(GroupShape shape, Chain chain) {
    double rows = shape.rows();
    double dense = shape.numeric() + 2.0;
    double width = dense + shape.categories();
    double rowBytes = 4.0 * (shape.numeric() + shape.categories() + 1);
    double products = rows * width * (width + 1);
    double columns = shape.numeric() + shape.levels();
    double factor = columns * columns * columns / 3 * chain.fits().size();
    return switch (chain.task()) {
      case REGRESSION -> new Work(products + factor, 2 * rows * rowBytes, 2);
      case CLASSIFICATION ->
          new Work(
              USUAL_STEPS * (products * chain.fits().size() + factor),
              (USUAL_STEPS + 2) * rows * rowBytes,
              USUAL_STEPS + 2);
    };
  }

  @Override
  public Model constant(Features features, double... answer) {
    return LinearModel.constant(features, answer[0]);
  }

  @Override
  public Comparator<Config> simplerFirst() {
    return Comparator.comparingDouble(LinearLearner::l2).reversed();
  }

  @Override
  public ModelCodec codec() {
    return new LinearModelCodec();
  }
}
