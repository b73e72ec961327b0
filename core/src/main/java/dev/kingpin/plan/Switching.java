package dev.kingpin.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Switching (section 3.4): data parallelism for the larger half of the groups, one after the other,
 * then group tasks for the rest.
 */
record Switching() implements Strategy {
  @Override
  public String name() {
    return "sp";
  }

  private static double median(Demands groups) {
    double[] sizes = new double[groups.size()];
    Arrays.setAll(sizes, g -> groups.of(g).rowBytes());
    Arrays.sort(sizes);
    return sizes.length == 0 ? 0 : sizes[sizes.length / 2];
  }

  @Override
  public boolean takesBundles() {
    return false;
  }

  @Override
  public double atLeast(Demands groups, Cluster cluster) {
    return DataParallel.atLeast(groups, cluster, median(groups));
  }

  @Override
  public Layout place(Demands groups, Cluster cluster) {
    double median = median(groups);
    if (DataParallel.isTooMany(groups, cluster, median)) {
      return DataParallel.tooMany(groups, cluster);
    }
    List<Stage> stages = new ArrayList<>();
    boolean[] isLarge = new boolean[groups.size()];
    for (int g = 0; g < groups.size(); g++) {
      isLarge[g] = groups.of(g).rowBytes() >= median;
      if (isLarge[g]) {
        stages.add(DataParallel.stage(g, groups.of(g), cluster));
      }
    }
    Loads loads = new Loads(cluster);
    List<Stage.Placed> placed = new ArrayList<>();
    for (int g : groups.largestFirst()) {
      if (!isLarge[g]) {
        placed.add(new Stage.Placed(g, new Placement.Whole(loads.give(groups.weight(g)))));
      }
    }
    if (!placed.isEmpty()) {
      stages.add(new Stage(placed));
    }
    return new Layout.Stages(stages);
  }
}
