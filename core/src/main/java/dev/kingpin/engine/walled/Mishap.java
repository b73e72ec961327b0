package dev.kingpin.engine.walled;

/** Makes workers die, to see what becomes of their groups. */
interface Mishap {
  /** Nobody dies. */
  Mishap NONE = (worker, messages) -> false;

  /**
   * Whether a worker dies now.
   *
   * @param messages that it has read
   */
  boolean strikes(int worker, long messages);
}
