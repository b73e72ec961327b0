package dev.kingpin.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
      kept = new boolean[keys.groups()];
      request.only().stream().map(keys::find).filter(g -> g >= 0).forEach(g -> kept[g] = true);
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
    for (GroupKey asked : request.only()) {
      if (keys.find(asked) < 0) {
        throw new InputException(
            "There is no group (" + asked + ") in " + table + ". Maybe " + advice(asked));
      }
    }
  }

  private String advice(GroupKey asked) {
    List<String> known = Arrays.stream(keys.codes()).map(c -> keys.key(c).toString()).toList();
    return Spelling.nearest(asked.toString(), known)
        .map(near -> "you meant (" + near + ").")
        .orElse("its values are written otherwise.");
  }
}
