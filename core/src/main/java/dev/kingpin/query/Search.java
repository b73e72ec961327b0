package dev.kingpin.query;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import java.util.List;
import java.util.Locale;

/**
 * Which configs of the grid are tried.
 *
 * @param random how many are drawn at random, or 0 for all
 */
public record Search(int random) {
  private static final String RANDOM = "random:";

  /** Every combination of all values. */
  public static final Search GRID = new Search(0);

  public Search {
    if (random < 0) {
      throw new InputException(
          "A search of (" + random + ") configs finds nothing. Maybe use random:20.");
    }
  }

  /** So many configs, drawn at random by the seed. */
  public static Search random(int configs) {
    if (configs < 1) {
      throw new InputException(
          "A search of (" + configs + ") configs finds nothing. Maybe use random:20.");
    }
    return new Search(configs);
  }

  /** Whether every combination is tried. */
  public boolean isGrid() {
    return random == 0;
  }

  /**
   * Reads the word of {@code --search}.
   *
   * @throws InputException if it is neither {@code grid} nor of the form {@code random:20}
   */
  public static Search of(String word) {
    String lower = word.toLowerCase(Locale.ROOT).strip();
    try {
      if (lower.equals("grid")) {
        return GRID;
      }
      if (lower.startsWith(RANDOM)) {
        return random(Integer.parseInt(lower.substring(RANDOM.length())));
      }
    } catch (NumberFormatException e) {
      throw new InputException(unknown(word), e);
    }
    throw new InputException(unknown(word));
  }

  private static String unknown(String word) {
    int colon = word.indexOf(':');
    String kind = colon < 0 ? word.strip() : word.substring(0, colon).strip();
    String advice =
        Spelling.nearest(kind, List.of("grid", "random"))
            .filter(near -> !near.equals(kind))
            .map(near -> "you meant (" + (near.equals("grid") ? near : RANDOM + 20) + ")?")
            .orElse("use grid or random:20.");
    return "Search (" + word + ") is not understood. Maybe " + advice;
  }

  @Override
  public String toString() {
    return isGrid() ? "grid" : RANDOM + random;
  }
}
