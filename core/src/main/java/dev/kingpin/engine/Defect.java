package dev.kingpin.engine;

/** What went wrong somewhere else, with the words of what was thrown there. */
public interface Defect {
  /** As if it had been thrown here. */
  String text();

  /** The words for something that was thrown. */
  static String text(Throwable thrown) {
    return thrown instanceof Defect defect ? defect.text() : thrown.toString();
  }
}
