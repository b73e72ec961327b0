package dev.kingpin.learner.toy;

import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Workspace;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down which rows each fit learns from; for runs on one thread. */
public final class WitnessLearner extends BinnedLearner {
  private final IdentityHashMap<GroupStats, Map<RowMask, Set<Integer>>> learned =
      new IdentityHashMap<>();

  /**
   * Places in the source of the rows that the fits of some group with so many rows learned from.
   */
  public Map<RowMask, Set<Integer>> learned(long rows) {
    return learned.entrySet().stream()
        .filter(e -> e.getKey().rows() == rows)
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(Map.of());
  }

  @Override
  public Trainer<?> trainer(Chain chain) {
    return new BinnedTrainer() {
      @Override
      public void accumulate(
          Request request, RowBlock block, RowState state, Partial partial, Workspace workspace) {
        Set<Integer> places =
            learned
                .computeIfAbsent(request.group(), g -> new ConcurrentHashMap<>())
                .computeIfAbsent(request.mask(), m -> new TreeSet<>());
        for (int at = block.offset(); at < block.offset() + block.rows(); at++) {
          if (request.mask().fits(block.fold()[at])) {
            places.add(block.ordinal()[at]);
          }
        }
        super.accumulate(request, block, state, partial, workspace);
      }
    };
  }
}
