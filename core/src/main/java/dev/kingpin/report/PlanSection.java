package dev.kingpin.report;

import java.util.List;

/**
 * Groups of one level that are trained in the same way.
 *
 * @param level its position, families first
 * @param first the costliest
 * @param estimated of all of them, on one worker or thread
 * @param measured of all of them; unknown if nothing was run
 * @param where they are, in words
 */
record PlanSection(
    int level,
    Way way,
    List<PlanPart> first,
    int groups,
    long rows,
    Cost estimated,
    Cost measured,
    String where) {
  /** How groups are trained. */
  enum Way {
    CUT("cut"),
    SUMMED("summed"),
    SPREAD("spread"),
    SHARED("shared"),
    WHOLE("whole"),
    PACKED("packed");

    private final String word;

    Way(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    String meaning() {
      return switch (this) {
        case CUT -> "shards on several workers";
        case SUMMED -> "shards on several workers, gradients summed";
        case SPREAD -> "configs on several workers, all rows on each";
        case SHARED -> "idle threads help with row blocks";
        case WHOLE -> "each on one worker";
        case PACKED -> "small, many on each worker";
      };
    }
  }
}
