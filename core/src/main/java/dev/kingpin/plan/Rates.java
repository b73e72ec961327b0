package dev.kingpin.plan;

/**
 * How fast a machine is, and who says so.
 *
 * @param origin for people
 */
public record Rates(Machine machine, String origin) {
  /** What ships with Kingpin. */
  public static final Rates USUAL = new Rates(Machine.USUAL, "usual ones, not measured");
}
