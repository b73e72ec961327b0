package dev.kingpin.cli;

import dev.kingpin.data.InputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many groups may fail before a run counts as lost.
 *
 * @param word as the user wrote it
 * @param amount groups, or percents of all groups
 * @param isShare whether percents are meant
 */
record Allowance(String word, double amount, boolean isShare) {
  /** No group may fail: what {@code --fallback fail} means. */
  static final Allowance NOBODY = new Allowance("", 0, false);

  private static final Pattern WORD = Pattern.compile("(\\d+(?:\\.\\d+)?)(%?)");
  private static final double ALL = 100;

  /**
   * Reads {@code N} or {@code N%}.
   *
   * @throws InputException if the word is neither
   */
  static Allowance of(String word) {
    Matcher matcher = WORD.matcher(word.strip());
    if (matcher.matches()) {
      double amount = Double.parseDouble(matcher.group(1));
      boolean share = !matcher.group(2).isEmpty();
      if (share ? amount <= ALL : amount == Math.rint(amount)) {
        return new Allowance(word.strip(), amount, share);
      }
    }
    throw new InputException(
        "--max-failed takes a number of groups or percents of them, not ("
            + word
            + "). Maybe write 10 or 5%.");
  }

  /** Whether so many failed groups are too many. */
  boolean isExceeded(int failed, int groups) {
    return isShare ? failed * ALL > amount * groups : failed > amount;
  }
}
