package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Prior;
import org.jspecify.annotations.Nullable;

/** State of a chain of least squares fits: what is known of the rows, then the solutions. */
final class SquaredState {
  final Chain chain;
  final GroupStats group;
  final @Nullable Prior prior;
  @Nullable Design design;
  @Nullable Levels levels;
  @Nullable Gram gram;
  Normal.Solution[] solutions = new Normal.Solution[0]; // (fits)

  SquaredState(Chain chain, GroupStats group, @Nullable Prior prior) {
    this.chain = chain;
    this.group = group;
    this.prior = prior;
    if (group.features().categorical().isEmpty()) {
      know(new Levels(group.features(), new long[0]));
    }
  }

  /** The levels have been counted. */
  void know(Levels counted) {
    levels = counted;
    design = Design.of(group, counted);
  }
}
