package dev.kingpin.engine;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.plan.TrainPlan;
import dev.kingpin.query.ResolvedQuery;
import dev.kingpin.store.TrainedGroup;
import java.util.List;

/**
 * All that an engine needs to train: everything here decides the models, nothing depends on who
 * runs it.
 *
 * @param table the rows
 * @param query with every choice made
 * @param configs tried on every group
 * @param chains the configs as chains, the same for every group
 * @param families that groups may lean on, from the global one on
 * @param plan which groups, in which order
 */
public record TrainJob(
    GroupedTable table,
    ResolvedQuery query,
    List<Config> configs,
    List<Chain> chains,
    List<GroupKey> families,
    TrainPlan plan) {
  public TrainJob {
    configs = List.copyOf(configs);
    chains = List.copyOf(chains);
    families = List.copyOf(families);
  }

  /** Tells a listener, which hears one thing at a time, that a group or a family is done. */
  public void tell(RunListener listener, TrainedGroup trained, double work) {
    boolean isGroup = trained.key().values().size() == query.query().groupBy().size();
    synchronized (listener) {
      if (isGroup) {
        listener.groupDone(trained.key(), trained.outcome(), work);
      } else {
        listener.familyDone(trained.key(), trained.outcome(), work);
      }
    }
  }
}
