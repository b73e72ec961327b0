package dev.kingpin.plan;

import dev.kingpin.data.Family;
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

/**
 * Orders groups by cost, the largest first, so that no worker is left with a large group at the end
 * (Graham, "Bounds on Multiprocessing Timing Anomalies", 1969), and lets idle workers help with
 * groups of many row blocks.
 */
public final class Planner {
  /** Groups of fewer row blocks are not worth the hand-over. */
  static final int SHARED_BLOCKS = 16;

  private static final double CELL_BYTES = 4;

  /** Of a row: its target, its ordinal, its fold, its weight. */
  private static final double OTHER_BYTES = 13;

  private Planner() {}

  /**
   * Makes a plan.
   *
   * @param chains of every group
   * @param families the levels of families to train before the groups, from the global model on
   * @param groups the groups to train
   */
  public static TrainPlan plan(
      GroupedTable table,
      Learner learner,
      List<Chain> chains,
      List<List<Family>> families,
      List<Family> groups) {
    List<List<GroupPlan>> levels = new ArrayList<>();
    for (List<Family> level : families) {
      levels.add(level(table, learner, chains, level));
    }
    levels.add(level(table, learner, chains, groups));
    return new TrainPlan(levels);
  }

  private static List<GroupPlan> level(
      GroupedTable table, Learner learner, List<Chain> chains, List<Family> families) {
    List<GroupPlan> plans = new ArrayList<>();
    for (Family family : families) {
      GroupRows rows = table.rows(family);
      GroupShape shape = shape(table, rows.rows());
      Work work = chains.stream().map(c -> learner.work(shape, c)).reduce(Work.NONE, Work::plus);
      plans.add(new GroupPlan(family, work, rows.blocks() >= SHARED_BLOCKS));
    }
    plans.sort(
        Comparator.comparingDouble(GroupPlan::cost)
            .reversed()
            .thenComparing(p -> p.family().from()));
    return plans;
  }

  /** Bytes of a row in memory. */
  static double rowBytes(Features features) {
    return CELL_BYTES * (features.numeric().size() + features.categorical().size()) + OTHER_BYTES;
  }

  /** The size of so many rows of a table, as far as costs depend on it. */
  public static GroupShape shape(GroupedTable table, long rows) {
    Features features = table.features();
    int levels = 0;
    for (Feature.Categorical category : features.categorical()) {
      levels += (int) Math.min(rows, category.dictionary().size());
    }
    return new GroupShape(
        rows,
        features.numeric().size(),
        features.categorical().size(),
        levels,
        table.target().classes().size());
  }
}
