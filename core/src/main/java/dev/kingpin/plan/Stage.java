package dev.kingpin.plan;

import java.util.List;

/**
 * Groups that are trained at the same time. A stage starts when the one before is done.
 *
 * @param groups their numbers, in the order in which each worker takes them
 */
public record Stage(List<Placed> groups) {
  public Stage {
    groups = List.copyOf(groups);
  }

  /** The same with other numbers. */
  Stage shifted(int by) {
    return by == 0
        ? this
        : new Stage(groups.stream().map(p -> new Placed(p.group() + by, p.placement())).toList());
  }

  /** Whether the gradients of some batches are summed over workers. */
  public static boolean sumBatches(List<Stage> stages) {
    for (Stage stage : stages) {
      for (Placed placed : stage.groups()) {
        if (placed.placement() instanceof Placement.Summed) {
          return true;
        }
      }
    }
    return false;
  }

  /** A group at its place. */
  public record Placed(int group, Placement placement) {}
}
