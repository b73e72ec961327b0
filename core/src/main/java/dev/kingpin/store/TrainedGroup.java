package dev.kingpin.store;

import dev.kingpin.data.GroupKey;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Outcome;
import java.util.List;

/**
 * All that is kept of a group, or of a family of groups that learned together.
 *
 * @param key its group-by values
 * @param rows usable rows
 * @param validationRows how many of them configs were judged on
 * @param skippedRows rows left out for want of a target or a positive weight
 * @param outcome what became of it
 * @param foldModels of a family: the winner for every row mask, so that its groups can lean on it
 */
public record TrainedGroup(
    GroupKey key,
    long rows,
    long validationRows,
    long skippedRows,
    Outcome outcome,
    List<Model> foldModels) {
  public TrainedGroup {
    foldModels = List.copyOf(foldModels);
  }

  /** A group that no other group descends from. */
  public TrainedGroup(
      GroupKey key, long rows, long validationRows, long skippedRows, Outcome outcome) {
    this(key, rows, validationRows, skippedRows, outcome, List.of());
  }
}
