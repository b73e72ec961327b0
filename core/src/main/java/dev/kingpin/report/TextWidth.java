package dev.kingpin.report;

/** How many columns of a terminal a text takes; near enough for the scripts that keys are in. */
final class TextWidth {
  private static final String ELLIPSIS = "…";
  private static final int REPLACEMENT = 0xFFFD;
  private static final int ZERO_WIDTH_SPACE = 0x200B;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** First and last code points of what East Asian Width calls wide, and of pictographs. */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x231A, 0x231B, 0x23E9, 0x23F3, 0x2E80, 0x303E, 0x3041, 0x33FF, 0x3400, 0x4DBF,
    0x4E00, 0x9FFF, 0xA000, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F,
    0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F900, 0x1F9FF, 0x20000,
    0x3FFFD
  };

  private TextWidth() {}

  static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  private static int of(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || (point >= ZERO_WIDTH_SPACE && point <= ZERO_WIDTH_JOINER)) {
      return 0;
    }
    for (int i = 0; i < WIDE.length; i += 2) {
      if (point >= WIDE[i] && point <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }

  /** The text, with its end replaced by … if it is wider than {@code width}. */
  static String cut(String text, int width) {
    if (of(text) <= width) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int used = 1;
    for (int point : text.codePoints().toArray()) {
      used += of(point);
      if (used > width) {
        break;
      }
      cut.appendCodePoint(point);
    }
    return cut + ELLIPSIS;
  }

  /** The text without what would move a terminal's cursor or change its state. */
  static String clean(String text) {
    if (text.codePoints().noneMatch(TextWidth::isControl)) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    text.codePoints().forEach(p -> clean.appendCodePoint(isControl(p) ? REPLACEMENT : p));
    return clean.toString();
  }

  private static boolean isControl(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || (type == Character.FORMAT && !(point >= ZERO_WIDTH_SPACE && point <= ZERO_WIDTH_JOINER));
  }
}
