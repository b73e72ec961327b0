package dev.kingpin.cli;

/** How a command ended; part of what scripts rely on. */
final class ExitCode {
  /** All went well. */
  static final int DONE = 0;

  /** The run lost more groups than allowed. */
  static final int LOST_GROUPS = 1;

  /** The words or the rows cannot be used. */
  static final int BAD_INPUT = 2;

  /** Kingpin has a defect, or the machine failed. */
  static final int DEFECT = 70;

  private ExitCode() {}
}
