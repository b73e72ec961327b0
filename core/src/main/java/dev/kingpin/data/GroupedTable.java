package dev.kingpin.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A table encoded and clustered by group, in memory. Groups are in ascending order of their keys,
 * NULL last; a group of which all rows were skipped is there with no rows.
 */
public final class GroupedTable {
  private final Features features;
  private final TargetInfo target;
  private final List<GroupKey> keys;
  private final List<GroupRows> rows;
  private final List<Long> skipped;
  private final long sourceRows;
  private final long dataHash;

  GroupedTable(
      Features features,
      TargetInfo target,
      List<GroupKey> keys,
      List<GroupRows> rows,
      List<Long> skipped,
      long sourceRows,
      long dataHash) {
    this.features = features;
    this.target = target;
    this.keys = List.copyOf(keys);
    this.rows = List.copyOf(rows);
    this.skipped = List.copyOf(skipped);
    this.sourceRows = sourceRows;
    this.dataHash = dataHash;
  }

  public Features features() {
    return features;
  }

  public TargetInfo target() {
    return target;
  }

  /** Number of groups. */
  public int groups() {
    return keys.size();
  }

  public GroupKey key(int group) {
    return keys.get(group);
  }

  public GroupRows rows(int group) {
    return rows.get(group);
  }

  /** The families whose keys have so many values; in ascending order of their keys. */
  public List<Family> families(int depth) {
    List<Family> families = new ArrayList<>();
    int from = 0;
    for (int g = 1; g <= keys.size(); g++) {
      if (g == keys.size() || !prefix(g, depth).equals(prefix(from, depth))) {
        families.add(new Family(prefix(from, depth), from, g));
        from = g;
      }
    }
    return families;
  }

  private GroupKey prefix(int group, int depth) {
    return keys.get(group).prefix(depth);
  }

  /** The rows of a family. */
  public GroupRows rows(Family family) {
    if (family.to() - family.from() == 1) {
      return rows.get(family.from());
    }
    List<GroupRows> members = rows.subList(family.from(), family.to());
    GroupStats stats =
        members.stream().map(GroupRows::stats).reduce(GroupStats::plus).orElseThrow();
    return GroupRows.union(members, stats);
  }

  /** Rows of the groups of a family that were left out. */
  public long skipped(Family family) {
    long sum = 0;
    for (int group = family.from(); group < family.to(); group++) {
      sum += skipped.get(group);
    }
    return sum;
  }

  /** Rows of the group that were left out for want of a target or of a positive weight. */
  public long skipped(int group) {
    return skipped.get(group);
  }

  /** How many rows miss the value that orders them; 0 if the query named no such column. */
  public long rowsWithoutOrder() {
    return rows.stream().mapToLong(GroupRows::rowsWithoutOrder).sum();
  }

  /** Rows read from the source, groups that were not kept included. */
  public long sourceRows() {
    return sourceRows;
  }

  /** A hash of all that was read, in order; the same with {@code --only} as without. */
  public long dataHash() {
    return dataHash;
  }
}
