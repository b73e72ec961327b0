package dev.kingpin.learner;

import dev.kingpin.data.Features;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model family. It tells which settings it knows, splits configs into chains, and brings the
 * trainer of a chain. It knows nothing of strategies, engines or files. Found with {@link
 * java.util.ServiceLoader}; stateless.
 */
public interface Learner {
  /** The name in {@code --learner} and in artifacts. */
  String name();

  /** The hyperparameters that configs of this family have. */
  List<Setting> settings();

  /** The tasks it can learn. */
  List<Task> tasks();

  /**
   * Splits fits into chains that can each run in lock-step. Every fit is in exactly one chain, and
   * the split depends on the fits alone.
   */
  List<Chain> chains(Task task, Metric metric, List<Fit> fits);

  /** The trainer of a chain that {@link #chains} made. */
  Trainer<?> trainer(Chain chain);

  /** What training the chain on a group of this shape takes. */
  Work work(GroupShape shape, Chain chain);

  /** What it takes to go on with one fit of the chain on all rows, once the chain is done. */
  default Work refitWork(GroupShape shape, Chain chain) {
    return work(shape, chain.refit(0));
  }

  /** Operations for a model's answer to a row. */
  default double answerFlops(GroupShape shape) {
    double outputs = shape.classes() > 2 ? shape.classes() : 1;
    return 2 * outputs * (shape.numeric() + shape.categories() + 1);
  }

  /**
   * The smallest chains that give, apart, the same models bit for bit; empty if the fits of the
   * chain learn from one another.
   */
  default List<Chain> parts(Chain chain) {
    return List.of();
  }

  /**
   * The model that always gives the same answer, whatever the features.
   *
   * @param answer as of {@link Model#predict}: one number, or the probabilities of all classes
   */
  Model constant(Features features, double... answer);

  /**
   * Models of this family as one that answers the same rows together. All have the same width; some
   * may be constant ones, or parents that have learned from other rows.
   */
  default ModelBatch batch(List<? extends Model> models) {
    return ModelBatch.oneByOne(models);
  }

  /** Whether fits of this config want to know what the group's parent has learned. */
  default boolean wantsPrior(Config config) {
    return false;
  }

  /**
   * The config without the settings that do not matter to it, such as the learning rate of a solver
   * that has none. Configs that become equal are tried once.
   */
  default Config canonical(Config config) {
    return config;
  }

  /**
   * What a setting is in the configs that {@link #canonical} takes it from; null if it says nothing
   * about them.
   */
  default @Nullable String leftOut(String setting) {
    return null;
  }

  /**
   * Refuses a config that makes no sense for a task.
   *
   * @throws dev.kingpin.data.InputException if so
   */
  default void check(Task task, Config config) {}

  /** Orders configs by how simple their models are; breaks ties between equal metrics. */
  Comparator<Config> simplerFirst();

  /** How models of this family are kept. */
  ModelCodec codec();
}
