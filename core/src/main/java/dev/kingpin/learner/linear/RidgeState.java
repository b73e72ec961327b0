package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.learner.Chain;
import org.jspecify.annotations.Nullable;

/** State of a chain of ridge regressions: what is known of the rows, then the solutions. */
final class RidgeState {
  final Chain chain;
  final GroupStats group;
  @Nullable Moments moments;
  @Nullable Design design;
  double @Nullable [] fitGram; // (columns + 2, columns + 2)
  double @Nullable [] heldGram; // (columns + 2, columns + 2)
  double @Nullable [] @Nullable [] weights; // (fits, columns + 1); a fit without a solution is null
  double[] objectives = new double[0]; // (fits)

  RidgeState(Chain chain, GroupStats group) {
    this.chain = chain;
    this.group = group;
  }
}
