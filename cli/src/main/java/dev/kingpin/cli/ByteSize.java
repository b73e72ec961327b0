package dev.kingpin.cli;

import dev.kingpin.data.InputException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes such as 800MB, 1.5GB, 2GiB and 2g. */
final class ByteSize {
  private static final Pattern WORD =
      Pattern.compile("(?<number>\\d+(?:\\.\\d+)?)\\s*(?<unit>[kmgt]?)(?<kind>b|ib)?");
  private static final String UNITS = "kmgt";
  private static final double MOST = 1L << 60;

  private ByteSize() {}

  /**
   * The size in bytes. As in DuckDB, kB and MB are powers of 1000, KiB and MiB of 1024; as with
   * java -Xmx, a single letter is a power of 1024.
   *
   * @throws InputException if the word is no size
   */
  static long of(String option, String word) {
    Matcher matcher = WORD.matcher(word.strip().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      boolean decimal = "b".equals(matcher.group("kind"));
      int power = UNITS.indexOf(matcher.group("unit")) + (matcher.group("unit").isEmpty() ? 0 : 1);
      double bytes =
          Double.parseDouble(matcher.group("number")) * Math.pow(decimal ? 1000 : 1024, power);
      if (bytes >= 1 && bytes <= MOST) {
        return (long) bytes;
      }
    }
    throw new InputException(
        option + " takes a size, not (" + word + "). Maybe write 800MB or 2GiB.");
  }
}
