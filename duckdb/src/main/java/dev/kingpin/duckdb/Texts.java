package dev.kingpin.duckdb;

import java.nio.charset.StandardCharsets;

/** Small helpers for texts. */
final class Texts {
  private static final int SHOWN = 60;

  private Texts() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A text as messages show it: on one line, not too long. */
  static String shown(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }

  /**
   * A number's text without what says nothing: 7.0 is 7, 7.50 is 7.5. So a key is the same whether
   * a file stores it as an integer, a decimal or a floating point number.
   */
  static String shortest(String number) {
    if (number.indexOf('.') < 0 || number.indexOf('e') >= 0 || number.indexOf('E') >= 0) {
      return number;
    }
    int end = number.length();
    while (number.charAt(end - 1) == '0') {
      end--;
    }
    if (number.charAt(end - 1) == '.') {
      end--;
    }
    return number.substring(0, end);
  }
}
