package dev.kingpin.engine;

import dev.kingpin.data.GroupKey;
import java.util.List;
import java.util.Map;

/**
 * What a run took.
 *
 * @param workers that share nothing, or threads, which send nothing
 * @param loadBytes of rows and orders that were sent to workers; 0 for threads
 * @param levelSeconds from the first group of a level to the last, in the order of the plan
 * @param groups that were trained, families among them
 */
public record RunAccount(
    List<WorkerAccount> workers,
    long loadBytes,
    List<Double> levelSeconds,
    Map<GroupKey, GroupAccount> groups) {
  public RunAccount {
    workers = List.copyOf(workers);
    levelSeconds = List.copyOf(levelSeconds);
    groups = Map.copyOf(groups);
  }
}
