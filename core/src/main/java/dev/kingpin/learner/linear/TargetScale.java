package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;

/**
 * Brings the targets of a group into [-1, 1] and back, so that sums of them have a bound: {@code
 * target = zero + unit * scaled}. Classes stay what they are.
 *
 * @param zero of targets less their offset
 * @param unit positive
 */
record TargetScale(double zero, double unit) {
  static TargetScale of(GroupStats group) {
    if (group.classes() > 0) {
      return new TargetScale(0, 1);
    }
    double low = group.targetMinimum();
    double high = group.targetMaximum();
    return new TargetScale((low + high) / 2, high > low ? (high - low) / 2 : 1);
  }

  double scaled(double target) {
    return (target - zero) / unit;
  }
}
