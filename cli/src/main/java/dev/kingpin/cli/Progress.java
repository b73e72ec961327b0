package dev.kingpin.cli;

import dev.kingpin.report.Numbers;

/**
 * How far a command is.
 *
 * @param verb what it does, such as {@code training}
 * @param noun what it counts, such as {@code group}
 * @param done how many of them are done, those of an earlier run included
 * @param total how many there are, or a negative number if nobody knows
 * @param share of the work of this run that is done, between 0 and 1, or NaN
 * @param counted how many were done by this run, for the rate
 * @param failed how many of {@code done} failed
 * @param seconds since this began, up to the last news
 */
record Progress(
    String verb,
    String noun,
    long done,
    long total,
    double share,
    long counted,
    long failed,
    double seconds) {
  private static final int BAR_WIDTH = 20;
  private static final double PERCENT = 100;

  /** Sooner, a rate would be a guess. */
  private static final double TELLING_SECONDS = 0.5;

  /** Below this share an estimate of the time left would be a guess. */
  private static final double TELLING_SHARE = 0.01;

  /** All in one line, for people. */
  String text() {
    StringBuilder line = new StringBuilder(verb);
    if (!Double.isNaN(share)) {
      line.append(' ').append(bar()).append(' ').append(percent()).append('%');
    }
    line.append("  ").append(Numbers.count(done));
    if (total >= 0 && total >= done) {
      line.append(" of ").append(Numbers.count(total, noun));
    } else {
      line.append(' ').append(noun).append(done == 1 ? "" : "s");
    }
    if (failed > 0) {
      line.append(" (").append(Numbers.count(failed)).append(" failed)");
    }
    if (counted > 0 && seconds >= TELLING_SECONDS) {
      line.append("  ").append(rate(counted / seconds)).append(' ').append(noun).append("s/s");
    }
    return line.append(end()).toString();
  }

  private String end() {
    if (done == total) {
      return "  almost done";
    }
    if (share >= TELLING_SHARE && share <= 1 && seconds >= TELLING_SECONDS) {
      return "  " + Numbers.duration(seconds * (1 - share) / share) + " left";
    }
    return "";
  }

  private static String rate(double rate) {
    return rate < PERCENT ? Numbers.significant(rate, 2) : Numbers.count(Math.round(rate));
  }

  private int percent() {
    return (int) Math.min(PERCENT, share * PERCENT);
  }

  private String bar() {
    int full = (int) Math.min(BAR_WIDTH, share * BAR_WIDTH);
    String head = full < BAR_WIDTH ? ">" : "";
    return "[" + "=".repeat(full) + head + " ".repeat(BAR_WIDTH - full - head.length()) + "]";
  }
}
