package dev.kingpin.data;

/**
 * Groups whose keys begin with the same values: one group, the groups of a parent, or all. They are
 * neighbours, since groups stand in the order of their keys.
 *
 * @param key the values that they share; empty for all groups
 * @param from position of the first group in the table
 * @param to position after the last group
 */
public record Family(GroupKey key, int from, int to) {
  /** How many group-by columns the key has. */
  public int depth() {
    return key.values().size();
  }
}
