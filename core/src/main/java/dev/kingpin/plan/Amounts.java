package dev.kingpin.plan;

import dev.kingpin.data.InputException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts with units, such as 2GiB, 10Gbit and 50us. */
public final class Amounts {
  private static final Pattern SIZE =
      Pattern.compile("(?<number>\\d+(?:\\.\\d+)?)\\s*(?<unit>[kmgt]?)(?<kind>b|ib)?");
  private static final Pattern RATE =
      Pattern.compile("(?<number>\\d+(?:\\.\\d+)?)\\s*(?<unit>[kmgt]?)(?<kind>bit|b)(?:/s|ps)?");
  private static final Pattern TIME =
      Pattern.compile("(?<number>\\d+(?:\\.\\d+)?)\\s*(?<unit>ns|us|µs|ms|s)");
  private static final String UNITS = "kmgt";
  private static final double MOST = 1L << 60;
  private static final int BITS = 8;

  private Amounts() {}

  /**
   * A size in bytes. As in DuckDB, kB and MB are powers of 1000, KiB and MiB of 1024; as with java
   * -Xmx, a single letter is a power of 1024.
   *
   * @param what the option or field that the word is for
   * @throws InputException if the word is no size
   */
  public static long bytes(String what, String word) {
    Matcher matcher = SIZE.matcher(word.strip().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      boolean decimal = "b".equals(matcher.group("kind"));
      double bytes = number(matcher) * power(decimal ? 1000 : 1024, matcher.group("unit"));
      if (bytes >= 1 && bytes <= MOST) {
        return (long) bytes;
      }
    }
    throw new InputException(
        what + " takes a size, not (" + word + "). Maybe write 800MB or 2GiB.");
  }

  /**
   * A bandwidth in bytes a second: bits as in 10Gbit, or bytes as in 1.25GB; powers of 1000.
   *
   * @throws InputException if the word is no bandwidth
   */
  public static double bandwidth(String what, String word) {
    Matcher matcher = RATE.matcher(word.strip().toLowerCase(Locale.ROOT));
    if (matcher.matches() && number(matcher) > 0) {
      double amount = number(matcher) * power(1000, matcher.group("unit"));
      return matcher.group("kind").equals("bit") ? amount / BITS : amount;
    }
    throw new InputException(
        what + " takes a bandwidth, not (" + word + "). Maybe write 10Gbit or 500Mbit.");
  }

  /**
   * A time in seconds.
   *
   * @throws InputException if the word is no time
   */
  public static double seconds(String what, String word) {
    Matcher matcher = TIME.matcher(word.strip().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      return number(matcher)
          * switch (matcher.group("unit")) {
            case "ns" -> 1e-9;
            case "ms" -> 1e-3;
            case "s" -> 1;
            default -> 1e-6;
          };
    }
    throw new InputException(what + " takes a time, not (" + word + "). Maybe write 50us or 1ms.");
  }

  private static double number(Matcher matcher) {
    return Double.parseDouble(matcher.group("number"));
  }

  private static double power(int base, String unit) {
    double power = 1;
    for (int i = unit.isEmpty() ? -1 : UNITS.indexOf(unit); i >= 0; i--) {
      power *= base;
    }
    return power;
  }
}
