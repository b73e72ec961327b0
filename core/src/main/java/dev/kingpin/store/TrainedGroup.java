package dev.kingpin.store;

import dev.kingpin.data.GroupKey;
import dev.kingpin.learner.Outcome;

/**
 * All that is kept of a group.
 *
 * @param key its group-by values
 * @param rows usable rows
 * @param validationRows how many of them configs were judged on
 * @param skippedRows rows left out for want of a target or a positive weight
 * @param outcome what became of it
 */
public record TrainedGroup(
    GroupKey key, long rows, long validationRows, long skippedRows, Outcome outcome) {}
