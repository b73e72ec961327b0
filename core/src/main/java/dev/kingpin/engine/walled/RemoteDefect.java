package dev.kingpin.engine.walled;

import dev.kingpin.engine.Defect;

/** What went wrong with a group on a worker that is not its owner. */
final class RemoteDefect extends RuntimeException implements Defect {
  private static final long serialVersionUID = 1L;

  private final String text;

  /**
   * @param text of what was thrown there
   */
  RemoteDefect(String text) {
    super(text);
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }
}
