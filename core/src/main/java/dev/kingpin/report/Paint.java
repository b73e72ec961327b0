package dev.kingpin.report;

/** Whether texts carry colours. */
public enum Paint {
  /** Plain text. */
  NONE,
  /** ANSI escape sequences, for terminals. */
  ANSI;

  private static final String ESCAPE = "\u001b[";

  /** The text in this tone. */
  public String apply(Tone tone, String text) {
    if (this == NONE || tone == Tone.PLAIN || text.isEmpty()) {
      return text;
    }
    return ESCAPE + tone.code() + "m" + text + ESCAPE + "0m";
  }
}
