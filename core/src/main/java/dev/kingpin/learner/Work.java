package dev.kingpin.learner;

/**
 * What a training costs, in counts; a machine's rates turn them into seconds.
 *
 * @param flops floating-point operations
 * @param bytes read from rows
 * @param passes scans over the rows
 */
public record Work(double flops, double bytes, int passes) {
  /** Both, one after the other. */
  public Work plus(Work other) {
    return new Work(flops + other.flops, bytes + other.bytes, passes + other.passes);
  }
}
