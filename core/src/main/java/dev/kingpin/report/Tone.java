package dev.kingpin.report;

/** How a text stands out, where colours are wanted. */
public enum Tone {
  /** Does not stand out. */
  PLAIN(0),
  /** Titles and winners. */
  STRONG(1),
  /** Rules and side remarks. */
  FAINT(2),
  /** All is well. */
  GOOD(32),
  /** Worth a look. */
  WARNING(33),
  /** Lost. */
  BAD(31);

  private final int code;

  Tone(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
