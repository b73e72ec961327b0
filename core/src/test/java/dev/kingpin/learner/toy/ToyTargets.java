package dev.kingpin.learner.toy;

import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;

/** Brings targets into [0, 1] and weights into (0, 1] by what is known of a group. */
record ToyTargets(double low, double range, double heaviest) {
  static ToyTargets of(GroupStats group) {
    double range = (double) group.targetMaximum() - group.targetMinimum();
    return new ToyTargets(group.targetMinimum(), range, group.maximumWeight());
  }

  double target(RowBlock block, int row) {
    return (block.target()[block.offset() + row] - low) / range;
  }

  double weight(RowBlock block, int row) {
    return block.weight() == null ? 1 : block.weight()[block.offset() + row] / heaviest;
  }
}
