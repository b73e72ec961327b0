package dev.kingpin.plan;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import java.util.List;
import java.util.Optional;

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

  /** All that stand for themselves, in the order in which ties are decided. */
  List<Strategy> ALL =
      List.of(
          GroupTasks.LARGEST_FIRST,
          new GroupedLearning(),
          new ConstrainedLearning(),
          GroupTasks.IN_ORDER,
          new ModelTasks(),
          new Switching(),
          new DataParallel(),
          new ModelHopper());

  /** The word for a choice among all of them. */
  String AUTO = "auto";

  /**
   * The strategy of that name; nothing for {@link #AUTO}.
   *
   * @throws InputException if there is none
   */
  static Optional<Strategy> named(String name) {
    if (name.equals(AUTO)) {
      return Optional.empty();
    }
    List<String> names = ALL.stream().map(Strategy::name).toList();
    return Optional.of(
        ALL.stream()
            .filter(s -> s.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        "Strategy (" + name + ") is unknown. " + Spelling.advice(name, names))));
  }

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
