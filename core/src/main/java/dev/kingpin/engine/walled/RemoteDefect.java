package dev.kingpin.engine.walled;

/** What went wrong with a group on a worker that is not its owner. */
final class RemoteDefect extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String text;

  /**
   * @param text of what was thrown there
   */
  RemoteDefect(String text) {
    super(text);
    this.text = text;
  }

  /** As if it had been thrown here. */
  @Override
  public String toString() {
    return text;
  }
}
