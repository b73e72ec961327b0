package dev.kingpin;

/** Hears how a prediction goes on. */
public interface PredictListener {
  /** Hears nothing. */
  PredictListener NONE = (rows, expected) -> {};

  /**
   * Rows have been answered.
   *
   * @param rows so far
   * @param expected about how many there are, or -1
   */
  void predicted(long rows, long expected);
}
