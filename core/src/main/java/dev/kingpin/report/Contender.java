package dev.kingpin.report;

import dev.kingpin.store.RunHeader;
import java.util.Locale;

/** Who may answer for a group; of those that do equally well, the first counts as the best. */
public enum Contender {
  /** The group's own model. */
  OWN,
  /** The model of the nearest family that the group belongs to, if that is not the global one. */
  PARENT,
  /** The model of all rows. */
  GLOBAL,
  /** The mean or the base rate of the group. */
  CONSTANT;

  /** As files and JSON name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As a column of a table names it. */
  String title(RunHeader header) {
    return this == CONSTANT ? RunWords.constant(header) : word();
  }

  /** What answers for all groups. */
  String plural(RunHeader header) {
    return switch (this) {
      case OWN -> "own models";
      case PARENT -> "parents";
      case GLOBAL -> "the global model";
      case CONSTANT -> "each group's " + RunWords.constant(header);
    };
  }
}
