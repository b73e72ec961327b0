package dev.kingpin.learner;

import dev.kingpin.data.Features;
import java.util.Comparator;
import java.util.List;

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

  /** The model that always answers {@code value}, whatever the features. */
  Model constant(Features features, double value);

  /** Orders configs by how simple their models are; breaks ties between equal metrics. */
  Comparator<Config> simplerFirst();

  /** How models of this family are kept. */
  ModelCodec codec();
}
