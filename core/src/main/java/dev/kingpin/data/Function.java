package dev.kingpin.data;

import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * The closed set of functions and operators that feature expressions may use. Date-times are
 * microseconds since 1970-01-01 UTC. NaN is a missing value: any function of a missing value is
 * missing. Values are computed by Kingpin, never by a source, so that every source and every later
 * prediction gives the same bits.
 */
enum Function {
  YEAR("year", 1, true, (t, x) -> Calendar.year(t)),
  MONTH("month", 1, true, (t, x) -> Calendar.month(t)),
  DAY("day", 1, true, (t, x) -> Calendar.day(t)),
  WEEKDAY("weekday", 1, true, (t, x) -> Calendar.weekday(t)),
  HOUR("hour", 1, true, (t, x) -> Calendar.hour(t)),
  MINUTE("minute", 1, true, (t, x) -> Calendar.minute(t)),
  DAYS("days", 1, true, (t, x) -> t / Calendar.MICROS_A_DAY),
  LOG("log", 1, false, (a, x) -> StrictMath.log(a)),
  LOG1P("log1p", 1, false, (a, x) -> StrictMath.log1p(a)),
  SQRT("sqrt", 1, false, (a, x) -> Math.sqrt(a)),
  ABS("abs", 1, false, (a, x) -> Math.abs(a)),
  FLOOR("floor", 1, false, (a, x) -> Math.floor(a)),
  NEGATE("-", 1, false, (a, x) -> -a),
  PLUS("+", 2, false, (a, b) -> a + b),
  MINUS("-", 2, false, (a, b) -> a - b),
  TIMES("*", 2, false, (a, b) -> a * b),
  DIVIDE("/", 2, false, (a, b) -> a / b),
  LESS("<", 2, false, (a, b) -> truth(a < b, a, b)),
  GREATER(">", 2, false, (a, b) -> truth(a > b, a, b)),
  AT_MOST("<=", 2, false, (a, b) -> truth(a <= b, a, b)),
  AT_LEAST(">=", 2, false, (a, b) -> truth(a >= b, a, b));

  private final String word;
  private final int arity;
  private final boolean ofDateTime;
  private final DoubleBinaryOperator rule;

  Function(String word, int arity, boolean ofDateTime, DoubleBinaryOperator rule) {
    this.word = word;
    this.arity = arity;
    this.ofDateTime = ofDateTime;
    this.rule = rule;
  }

  /** The named function (not operator) of that name. */
  static Optional<Function> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Function function : values()) {
      if (Character.isLetter(function.word.charAt(0)) && function.word.equals(lower)) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  /** The operator with two sides that is written so. */
  static Optional<Function> operator(String text) {
    for (Function function : values()) {
      if (function.arity == 2 && function.word.equals(text)) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  String word() {
    return word;
  }

  int arity() {
    return arity;
  }

  /** Whether the argument is a date-time rather than a number. */
  boolean ofDateTime() {
    return ofDateTime;
  }

  /** Whether the result is true (1.0) or false (0.0). */
  boolean isComparison() {
    return switch (this) {
      case LESS, GREATER, AT_MOST, AT_LEAST -> true;
      default -> false;
    };
  }

  double apply(double a, double b) {
    return rule.applyAsDouble(a, b);
  }

  private static double truth(boolean holds, double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Double.NaN;
    }
    return holds ? 1.0 : 0.0;
  }
}
