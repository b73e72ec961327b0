package dev.kingpin.engine.walled;

import dev.kingpin.learner.Pattern;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Demand.OfChain;
import dev.kingpin.plan.Demand.Steps;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import dev.kingpin.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What workers send to one another, by formulas: of a group whose rows lie on k workers, each step
 * takes k - 1 requests and as many partials, and waits once; at the end k - 1 workers are told to
 * forget it. A group that lies on one worker takes nothing.
 */
final class Formulas {
  private static final int HEADER = 17;

  private long bytes;
  private long messages;
  private long syncs;

  static Formulas of(List<Stage> stages, List<Demand> groups) {
    Formulas sums = new Formulas();
    for (Stage stage : stages) {
      for (Stage.Placed placed : stage.groups()) {
        if (placed.placement() instanceof Placement.Cut cut) {
          sums.add(cut, groups.get(placed.group()));
        } else if (!(placed.placement() instanceof Placement.Whole)) {
          throw new IllegalArgumentException("There is no formula for " + placed.placement());
        }
      }
    }
    return sums;
  }

  private void add(Placement.Cut cut, Demand group) {
    Set<Integer> others = new TreeSet<>(cut.shards().stream().map(Shard::worker).toList());
    others.remove(cut.owner());
    List<OfChain> chains = new ArrayList<>(group.chains());
    chains.addAll(group.last());
    for (OfChain chain : chains) {
      if (chain.pattern() == Pattern.SEQUENTIAL) {
        throw new IllegalArgumentException("There is no formula for chains that hop");
      }
      for (Steps step : chain.steps()) {
        add(cut, step);
      }
    }
    bytes += (long) HEADER * others.size();
    messages += others.size();
  }

  private void add(Placement.Cut cut, Steps step) {
    int others = 0;
    double partials = 0;
    for (Shard shard : cut.shards()) {
      if (shard.worker() != cut.owner()) {
        others++;
        partials += step.partialBytes() + step.sharedBytes() * shard.share();
      }
    }
    bytes += step.times() * (Math.round(others * step.requestBytes()) + Math.round(partials));
    messages += step.times() * 2 * others;
    syncs += others > 0 ? step.times() : 0;
  }

  long bytes() {
    return bytes;
  }

  long messages() {
    return messages;
  }

  long syncs() {
    return syncs;
  }
}
