package dev.kingpin.learner.linear;

/** An array of each thread in which systems are packed to be solved side by side. */
final class Packed {
  private static final ThreadLocal<double[]> LAST = ThreadLocal.withInitial(() -> new double[0]);

  private Packed() {}

  /** At least {@code length} doubles, contents undefined; valid until this thread asks again. */
  static double[] of(int length) {
    double[] last = LAST.get();
    if (last.length < length) {
      last = new double[length];
      LAST.set(last);
    }
    return last;
  }
}
