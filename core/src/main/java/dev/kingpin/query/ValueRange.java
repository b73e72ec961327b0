package dev.kingpin.query;

import dev.kingpin.data.Expression;
import java.util.Optional;

/**
 * Numbers to draw from, written {@code 0.0001..10}.
 *
 * @param low the smallest, inclusive
 * @param high the largest, inclusive
 */
public record ValueRange(double low, double high) {
  private static final String BETWEEN = "..";

  /** A range that spans more is drawn from by orders of magnitude. */
  private static final double WIDE = 100;

  /** The range that a text stands for; empty if it is none. */
  public static Optional<ValueRange> of(String text) {
    int at = text.indexOf(BETWEEN);
    if (at < 0) {
      return Optional.empty();
    }
    try {
      double low = Double.parseDouble(text.substring(0, at).strip());
      double high = Double.parseDouble(text.substring(at + BETWEEN.length()).strip());
      return low < high ? Optional.of(new ValueRange(low, high)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether a text looks like a range, sound or not. */
  static boolean looksLike(String text) {
    return text.contains(BETWEEN);
  }

  /** Whether numbers are drawn evenly on the scale of their logarithms. */
  public boolean isLogarithmic() {
    return low > 0 && high / low >= WIDE;
  }

  @Override
  public String toString() {
    return new Expression.Literal(low) + BETWEEN + new Expression.Literal(high);
  }
}
