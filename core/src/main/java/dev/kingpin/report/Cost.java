package dev.kingpin.report;

/**
 * What groups take, as planned or as measured.
 *
 * @param seconds that threads or workers compute; NaN if unknown
 * @param bytes that workers send to one another; NaN if unknown
 */
record Cost(double seconds, double bytes) {
  static final Cost NONE = new Cost(0, 0);
  static final Cost UNKNOWN = new Cost(Double.NaN, Double.NaN);

  Cost plus(Cost other) {
    return new Cost(seconds + other.seconds, bytes + other.bytes);
  }
}
