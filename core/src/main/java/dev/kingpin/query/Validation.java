package dev.kingpin.query;

import dev.kingpin.data.InputException;
import java.util.Locale;

/**
 * How configs are compared: on a share of each group's rows that no config learns from.
 *
 * @param holdout share of the rows held out, between 0 and 1 exclusive; the number of rows is exact
 */
public record Validation(double holdout) {
  public Validation {
    if (!(holdout > 0 && holdout < 1)) {
      throw new InputException(
          "A holdout of (" + holdout + ") is not a share of rows. Maybe use 0.2.");
    }
  }

  /** Holds out this share of each group's rows. */
  public static Validation holdout(double share) {
    return new Validation(share);
  }

  /**
   * Reads the word of {@code --validate}.
   *
   * @throws InputException if it is not of the form {@code holdout:0.2}
   */
  public static Validation of(String word) {
    String lower = word.toLowerCase(Locale.ROOT).strip();
    try {
      if (lower.startsWith("holdout:")) {
        return new Validation(Double.parseDouble(lower.substring("holdout:".length())));
      }
    } catch (NumberFormatException e) {
      throw new InputException(unknown(word), e);
    }
    throw new InputException(unknown(word));
  }

  private static String unknown(String word) {
    return "Validation (" + word + ") is not understood. Maybe use holdout:0.2.";
  }

  @Override
  public String toString() {
    return "holdout:" + holdout;
  }
}
