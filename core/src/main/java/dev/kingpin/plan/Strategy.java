package dev.kingpin.plan;

/**
 * A way to train many groups on many workers: where rows lie, and who trains what. It knows sizes
 * and costs, but no learner and no engine. The names are those of Li and Kumar, "Towards an
 * Optimized GROUP BY Abstraction for Large-Scale Machine Learning", PVLDB 14(11), 2021.
 */
public sealed interface Strategy
    permits GroupTasks,
        ModelTasks,
        DataParallel,
        Switching,
        ModelHopper,
        GroupedLearning,
        ConstrainedLearning,
        Mixed {

  /** The name in {@code --strategy} and in plans. */
  String name();

  /** Places groups of one level, all of which may start at once. */
  Layout place(Demands groups, Cluster cluster);

  /** Whether groups that are worth little may be placed in bundles to tell what it costs. */
  default boolean takesBundles() {
    return true;
  }

  /** Seconds that it takes at the very least, as far as that is easy to tell. */
  default double atLeast(Demands groups, Cluster cluster) {
    return 0;
  }
}
