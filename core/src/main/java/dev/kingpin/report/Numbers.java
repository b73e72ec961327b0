package dev.kingpin.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
public final class Numbers {
  /** Stands for a number that there is not. */
  public static final String NONE = "-";

  private static final int METRIC_DIGITS = 3;
  private static final int MAX_PLAIN_EXPONENT = 15;
  private static final int MIN_PLAIN_EXPONENT = -4;
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Numbers() {}

  /** With thousands: {@code 1,234}. */
  public static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** A count and its noun: {@code 1 row}, {@code 1,234 rows}. */
  public static String count(long n, String noun) {
    return count(n) + " " + noun + (n == 1 ? "" : "s");
  }

  /**
   * With three significant digits: {@code 0.0512}, {@code 31.2}, {@code 1,235}, {@code 1.23e-7}.
   */
  public static String metric(double value) {
    return significant(value, METRIC_DIGITS);
  }

  /** With so many significant digits, but never fewer than stand before the point. */
  public static String significant(double value, int digits) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_UP));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (value == 0) {
      return "0";
    }
    if (exponent >= MAX_PLAIN_EXPONENT || exponent < MIN_PLAIN_EXPONENT) {
      return exponential(rounded, exponent);
    }
    return String.format(Locale.ROOT, "%,." + Math.max(0, digits - 1 - exponent) + "f", value);
  }

  private static String exponential(BigDecimal rounded, int exponent) {
    BigDecimal mantissa = rounded.movePointLeft(exponent).stripTrailingZeros();
    return mantissa.toPlainString() + "e" + exponent;
  }

  /** A share as percents: {@code 5.5%}, {@code -0.3%}, {@code 120%}. */
  public static String percent(double share) {
    if (!Double.isFinite(share)) {
      return NONE;
    }
    double percents = share * 100;
    String text =
        String.format(Locale.ROOT, Math.abs(percents) < 99.95 ? "%.1f" : "%,.0f", percents);
    return (text.equals("-0.0") ? "0.0" : text) + "%";
  }

  /** A time span: {@code 0.4 s}, {@code 12 s}, {@code 1 min 20 s}, {@code 2 h 5 min}. */
  public static String duration(double seconds) {
    if (!Double.isFinite(seconds)) {
      return NONE;
    }
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", Math.max(0, seconds));
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
    }
    long minutes = Math.round(seconds / 60);
    return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
  }

  /** A size in powers of 1000: {@code 812 B}, {@code 1.4 MB}. */
  public static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 999.5 && unit < BYTE_UNITS.length - 1) {
      size /= 1000;
      unit++;
    }
    String number = String.format(Locale.ROOT, unit > 0 && size < 9.95 ? "%.1f" : "%.0f", size);
    return number + " " + BYTE_UNITS[unit];
  }
}
