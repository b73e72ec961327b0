package dev.kingpin.plan;

import dev.kingpin.data.GroupKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a query is run, level by level: a level starts when the one before is done, since children
 * lean on what their parents have learned.
 *
 * @param levels the global model, the families of the first column, and so on; the groups last.
 *     Within a level the costliest is started first
 */
public record TrainPlan(List<List<GroupPlan>> levels) {
  public TrainPlan {
    levels = levels.stream().map(List::copyOf).toList();
  }

  /** The groups that are to be trained. */
  public List<GroupPlan> groups() {
    return levels.get(levels.size() - 1);
  }

  /** Whether families are trained beside their groups. */
  public boolean hasFamilies() {
    return levels.size() > 1;
  }

  /** The cost of all. */
  public double cost() {
    return levels.stream().flatMap(List::stream).mapToDouble(GroupPlan::cost).sum();
  }

  /** The cost of each group and family, by its key. */
  public Map<GroupKey, Double> costs() {
    return levels.stream()
        .flatMap(List::stream)
        .collect(Collectors.toMap(g -> g.family().key(), GroupPlan::cost));
  }
}
