package dev.kingpin.engine.walled;

/** What went wrong with a group on a worker that is not its owner. */
final class RemoteDefect extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param text of what was thrown there
   */
  RemoteDefect(String text) {
    super(text);
  }

  /** As if it had been thrown here. */
  @Override
  public String toString() {
    return getMessage();
  }
}
