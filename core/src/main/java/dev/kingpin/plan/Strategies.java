package dev.kingpin.plan;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one door to all strategies. */
public final class Strategies {
  /** The word for a choice among all of them. */
  public static final String AUTO = "auto";

  private static final List<Strategy> ALL =
      List.of(
          GroupTasks.LARGEST_FIRST,
          new GroupedLearning(),
          new ConstrainedLearning(),
          GroupTasks.IN_ORDER,
          new ModelTasks(),
          new Switching(),
          new DataParallel(),
          new ModelHopper());

  private Strategies() {}

  /** All that stand for themselves, in the order in which ties are decided. */
  public static List<Strategy> all() {
    return ALL;
  }

  /**
   * The strategy of that name; nothing for {@link #AUTO}.
   *
   * @throws InputException if there is none
   */
  public static Optional<Strategy> named(String name) {
    if (name.equals(AUTO)) {
      return Optional.empty();
    }
    Optional<Strategy> found = ALL.stream().filter(s -> s.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      List<String> names = new ArrayList<>(List.of(AUTO));
      ALL.forEach(s -> names.add(s.name()));
      throw new InputException(
          "Strategy (" + name + ") is unknown. " + Spelling.advice(name, names));
    }
    return found;
  }
}
