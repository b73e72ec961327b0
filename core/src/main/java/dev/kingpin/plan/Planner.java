package dev.kingpin.plan;

import dev.kingpin.data.Feature;
import dev.kingpin.data.Features;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.GroupShape;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Orders groups by cost, the largest first, so that no worker is left with a large group at the end
 * (Graham, "Bounds on Multiprocessing Timing Anomalies", 1969), and lets idle workers help with
 * groups of many row blocks.
 */
public final class Planner {
  /** Groups of fewer row blocks are not worth the hand-over. */
  private static final int SHARED_BLOCKS = 16;

  private Planner() {}

  /**
   * Makes a plan.
   *
   * @param chains of every group
   * @param wanted which groups of the table are to be trained
   */
  public static TrainPlan plan(
      GroupedTable table, Learner learner, List<Chain> chains, IntPredicate wanted) {
    List<GroupPlan> groups = new ArrayList<>();
    for (int g = 0; g < table.groups(); g++) {
      if (wanted.test(g)) {
        GroupRows rows = table.rows(g);
        GroupShape shape = shape(table.features(), rows.rows());
        Work work =
            chains.stream().map(c -> learner.work(shape, c)).reduce(new Work(0, 0, 0), Work::plus);
        groups.add(new GroupPlan(g, work, rows.blocks() >= SHARED_BLOCKS));
      }
    }
    groups.sort(
        Comparator.comparingDouble(GroupPlan::cost).reversed().thenComparing(GroupPlan::group));
    return new TrainPlan(groups);
  }

  private static GroupShape shape(Features features, long rows) {
    int levels = 0;
    for (Feature.Categorical category : features.categorical()) {
      levels += (int) Math.min(rows, category.dictionary().size());
    }
    return new GroupShape(rows, features.numeric().size(), features.categorical().size(), levels);
  }
}
