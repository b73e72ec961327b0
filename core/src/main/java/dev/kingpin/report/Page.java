package dev.kingpin.report;

/**
 * What a text is rendered for.
 *
 * @param width columns of the page
 * @param paint whether it shows colours
 */
public record Page(int width, Paint paint) {
  /** The width of a page that is no terminal. */
  public static final int DEFAULT_WIDTH = 120;

  /** A file or a pipe: plain text of the default width. */
  public static Page plain() {
    return new Page(DEFAULT_WIDTH, Paint.NONE);
  }
}
