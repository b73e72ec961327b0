package dev.kingpin;

import java.util.Locale;

/** Who answers for a group. */
public enum Level {
  /** The group's own model. */
  GROUP,
  /** The model of a family that the group belongs to, but not the global one. */
  PARENT,
  /** The model of all rows. */
  GLOBAL,
  /** Nobody. */
  NONE;

  /** The word in tables and files, such as {@code group}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
