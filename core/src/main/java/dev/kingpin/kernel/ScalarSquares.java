package dev.kingpin.kernel;

/** The scalar twin: plain loops that say what each operation means. */
final class ScalarSquares extends SquareKernels {

  static final ScalarSquares INSTANCE = new ScalarSquares();

  private ScalarSquares() {}

  @Override
  void runSubtract(double times, double[] a, int at, double[] from) {
    for (int j = 0; j < from.length; j++) {
      from[j] = Math.fma(-times, a[at + j], from[j]);
    }
  }

  @Override
  void runSubtract(double[] times, int[] rows, int count, double[] a, double[] from) {
    for (int k = 0; k < count; k++) {
      runSubtract(times[rows[k]], a, rows[k] * from.length, from);
    }
  }

  @Override
  void runReduce(double[] w, double[] inverse, int i, int stride) {
    for (int k = 0; k < i; k++) {
      double factor = -(w[k * stride + i] * inverse[k]);
      for (int j = i; j < stride; j++) {
        w[i * stride + j] = Math.fma(factor, w[k * stride + j], w[i * stride + j]);
      }
    }
  }
}
