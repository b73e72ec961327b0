package dev.kingpin.data;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Which groups of a table a request asks for, and whether the table has them. */
final class AskedGroups {
  /** More groups than this have to have two rows or more on average, unless a limit is named. */
  private static final int USUAL_GROUPS = 10_000;

  private final EncodeRequest request;
  private final KeyNumbering keys;
  private boolean[] kept = new boolean[0]; // (groups that were known when last asked)

  AskedGroups(EncodeRequest request, KeyNumbering keys) {
    this.request = request;
    this.keys = keys;
  }

  /** Whether rows of a group are needed. */
  boolean keeps(int group) {
    if (request.only().isEmpty() || request.keepsOthers()) {
      return true;
    }
    if (group >= kept.length) {
      int[][] codes = keys.codes();
      kept = new boolean[codes.length];
      for (int g = 0; g < codes.length; g++) {
        kept[g] = request.only().contains(keys.key(codes[g]));
      }
    }
    return kept[group];
  }

  /**
   * Checks the groups of all rows.
   *
   * @throws InputException if there are too many, or one that is asked for is not there
   */
  void check(String table, long rows) {
    checkCount(table, rows);
    if (!request.only().isEmpty()) {
      checkExistence(table);
    }
  }

  private void checkCount(String table, long rows) {
    Integer limit = request.maxGroups();
    int groups = keys.groups();
    boolean tooMany = limit != null ? groups > limit : groups > USUAL_GROUPS && groups > rows / 2;
    if (tooMany) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "Grouping %s by (%s) makes %,d groups of %,d rows. Maybe group by a column with fewer"
                  + " values, or allow that many with --max-groups %d.",
              table,
              String.join(", ", request.groupBy()),
              groups,
              rows,
              groups));
    }
  }

  private void checkExistence(String table) {
    Set<GroupKey> known = new LinkedHashSet<>();
    for (int[] codes : keys.codes()) {
      known.add(keys.key(codes));
    }
    for (GroupKey asked : request.only()) {
      if (!known.contains(asked)) {
        throw new InputException(
            "There is no group ("
                + asked
                + ") in "
                + table
                + ". Maybe "
                + Spelling.nearest(
                        asked.toString(), known.stream().map(GroupKey::toString).toList())
                    .map(near -> "you meant (" + near + ").")
                    .orElse("its values are written otherwise."));
      }
    }
  }
}
