package dev.kingpin.plan;

import dev.kingpin.data.Family;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.GroupShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is to be planned: the sizes of all groups, level by level.
 *
 * @param levels families first, as in {@link TrainPlan}; the groups last
 * @param rowBytes of a row in memory
 * @param models that are trained in each group, those of all folds and the refit included
 * @param small groups that have too few rows for a model and are left out
 */
public record Workload(List<List<Sized>> levels, double rowBytes, int models, int small) {
  private static final int ROWS_A_BLOCK = 1024;

  public Workload {
    levels = levels.stream().map(List::copyOf).toList();
  }

  /** A group, or a family of groups, and its size. */
  public record Sized(GroupKey key, GroupShape shape) {
    public long rows() {
      return shape.rows();
    }
  }

  /** The families and groups of a table with at least so many rows. */
  public static Workload of(
      GroupedTable table, List<List<Family>> levels, int minRows, int models) {
    List<List<Sized>> sizes = new ArrayList<>();
    int small = 0;
    for (List<Family> level : levels) {
      List<Sized> sized = new ArrayList<>();
      for (Family family : level) {
        long rows = table.rows(family).rows();
        if (rows >= minRows) {
          sized.add(new Sized(family.key(), Planner.shape(table, rows)));
        }
      }
      small = level.size() - sized.size();
      sizes.add(sized);
    }
    return new Workload(sizes, Planner.rowBytes(table.features()), models, small);
  }

  /** The groups that are trained. */
  public List<Sized> groups() {
    return levels.get(levels.size() - 1);
  }

  /** Rows of all groups. */
  public long rows() {
    return groups().stream().mapToLong(Sized::rows).sum();
  }

  /** A group or family by the number that plans give it. */
  public Sized of(int number) {
    int left = number;
    for (List<Sized> level : levels) {
      if (left < level.size()) {
        return level.get(left);
      }
      left -= level.size();
    }
    throw new IndexOutOfBoundsException(number);
  }

  /** The level of a number that plans give to a group or family. */
  public int level(int number) {
    int left = number;
    int level = 0;
    while (left >= levels.get(level).size()) {
      left -= levels.get(level).size();
      level++;
    }
    return level;
  }

  /** What all of them ask of a cluster. */
  public List<Demands> demands(Estimator estimator, Cluster.Network network) {
    List<Demands> demands = new ArrayList<>();
    for (List<Sized> level : levels) {
      demands.add(
          new Demands(
              level.stream().map(s -> estimator.of(s.shape(), rowBytes)).toList(), network));
    }
    return demands;
  }

  /**
   * Refuses workers that cannot hold what is smallest.
   *
   * @throws InputException if a worker cannot hold one row block
   */
  public void check(Cluster cluster) {
    double block = rowBytes * ROWS_A_BLOCK;
    for (int w = 0; w < cluster.size(); w++) {
      double memory = cluster.workers().get(w).memory();
      if (memory < block) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "Worker %d has memory for (%.0f) bytes, but a row block of this table takes %.0f."
                    + " Maybe give workers 1GB or more.",
                w,
                memory,
                block));
      }
    }
  }
}
