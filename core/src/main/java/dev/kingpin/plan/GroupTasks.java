package dev.kingpin.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Group task parallelism (section 3.1): a group is a task, an idle worker takes the next one.
 *
 * @param largestFirst whether the costliest group is the next one, or the order is as given
 */
record GroupTasks(boolean largestFirst) implements Strategy {
  static final GroupTasks LARGEST_FIRST = new GroupTasks(true);

  /** The paper's order. */
  static final GroupTasks IN_ORDER = new GroupTasks(false);

  @Override
  public String name() {
    return largestFirst ? "gtp" : "gtp-fifo";
  }

  @Override
  public boolean takesBundles() {
    return largestFirst;
  }

  @Override
  public Layout place(Demands groups, Cluster cluster) {
    int[] order =
        largestFirst ? groups.largestFirst() : IntStream.range(0, groups.size()).toArray();
    Loads loads = new Loads(cluster);
    List<Stage.Placed> placed = new ArrayList<>(order.length);
    for (int group : order) {
      int worker = loads.give(groups.weight(group));
      placed.add(new Stage.Placed(group, new Placement.Whole(worker)));
    }
    return new Layout.Stages(List.of(new Stage(placed)));
  }
}
