package dev.kingpin.plan;

import java.util.List;

/**
 * How a query is run: groups in the order in which they are started.
 *
 * @param groups the costliest first
 */
public record TrainPlan(List<GroupPlan> groups) {
  public TrainPlan {
    groups = List.copyOf(groups);
  }

  /** The cost of all groups. */
  public double cost() {
    return groups.stream().mapToDouble(GroupPlan::cost).sum();
  }
}
