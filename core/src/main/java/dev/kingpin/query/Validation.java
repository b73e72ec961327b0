package dev.kingpin.query;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import dev.kingpin.learner.RowMask;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * On which rows of each group configs are compared.
 *
 * @param kind how validation rows are chosen
 * @param amount the share of rows held out, or the number of folds
 */
public record Validation(Kind kind, double amount) {
  private static final int MAX_FOLDS = 100;

  /** How validation rows are chosen. */
  public enum Kind {
    /** A share of the rows, by chance; the number of rows is exact. */
    HOLDOUT,
    /** Every row once: as many fits of a config as there are folds. */
    FOLDS,
    /** The last rows by a column. */
    LAST
  }

  public Validation {
    if (kind == Kind.FOLDS
        ? !(amount >= 2 && amount <= MAX_FOLDS && amount == Math.rint(amount))
        : !(amount > 0 && amount < 1)) {
      throw new InputException(
          kind == Kind.FOLDS
              ? "Validation with (" + amount + ") folds is not possible. Maybe use folds:5."
              : "A validation part of (" + amount + ") is not a share of rows. Maybe use 0.2.");
    }
  }

  /** Holds out this share of each group's rows. */
  public static Validation holdout(double share) {
    return new Validation(Kind.HOLDOUT, share);
  }

  /** Holds out each of so many parts of a group's rows in turn. */
  public static Validation folds(int count) {
    return new Validation(Kind.FOLDS, count);
  }

  /** Holds out the last rows of each group, this share of them, by the column of the query. */
  public static Validation last(double share) {
    return new Validation(Kind.LAST, share);
  }

  /** The row masks that every config is trained on; the number of a mask's fold counts from 1. */
  public List<RowMask> masks() {
    int count = kind == Kind.FOLDS ? (int) amount : 1;
    return IntStream.rangeClosed(1, count).mapToObj(RowMask::new).toList();
  }

  /**
   * Reads the word of {@code --validate}.
   *
   * @throws InputException if it is not of the form {@code holdout:0.2}, {@code folds:5} or {@code
   *     last:0.2}
   */
  public static Validation of(String word) {
    String lower = word.toLowerCase(Locale.ROOT).strip();
    int colon = lower.indexOf(':');
    try {
      for (Kind kind : Kind.values()) {
        if (colon > 0 && lower.substring(0, colon).equals(kind.name().toLowerCase(Locale.ROOT))) {
          return new Validation(kind, Double.parseDouble(lower.substring(colon + 1)));
        }
      }
    } catch (NumberFormatException e) {
      throw new InputException(unknown(word), e);
    }
    throw new InputException(unknown(word));
  }

  private static String unknown(String word) {
    int colon = word.indexOf(':');
    String kind = colon < 0 ? "" : word.substring(0, colon).strip();
    String advice =
        Spelling.nearest(kind, List.of("holdout", "folds", "last"))
            .filter(near -> !near.equals(kind))
            .map(near -> "you meant (" + near + word.strip().substring(colon) + ")?")
            .orElse("use holdout:0.2, folds:5 or last:0.2.");
    return "Validation (" + word + ") is not understood. Maybe " + advice;
  }

  @Override
  public String toString() {
    String number = kind == Kind.FOLDS ? Integer.toString((int) amount) : Double.toString(amount);
    return kind.name().toLowerCase(Locale.ROOT) + ":" + number;
  }
}
