package dev.kingpin.kernel;

/**
 * Small square matrices in double precision, one at a time: what solvers do between their passes
 * over the rows. As in {@link Kernels}, twins give the same bits, shapes are checked and values are
 * trusted.
 *
 * <p>Rows are padded to a {@link #stride} of whole vectors. Lanes are columns; each entry is one
 * chain of fused multiply-adds.
 */
public abstract class SquareKernels {

  static final int PAD = 8;

  SquareKernels() {}

  /** The distance between the rows of a matrix of n columns. */
  public static int stride(int n) {
    return (n + PAD - 1) / PAD * PAD;
  }

  /**
   * {@code from[j] -= times * a[row * stride + j]} for all j.
   *
   * @param a (any, stride), row-major
   * @param from IN and OUT (stride)
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void subtract(double times, double[] a, int row, double[] from) {
    require(from.length % PAD == 0 && row >= 0 && (row + 1L) * from.length <= a.length, a, from);
    runSubtract(times, a, row * from.length, from);
  }

  /**
   * Subtracts multiples of rows, one after the other.
   *
   * @param times (rows of a)
   * @param rows (count) or longer: which rows of a, and their entries of times
   * @param a (any, stride), row-major
   * @param from IN and OUT (stride)
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void subtract(double[] times, int[] rows, int count, double[] a, double[] from) {
    require(from.length % PAD == 0 && count <= rows.length, a, from);
    for (int k = 0; k < count; k++) {
      int row = rows[k];
      require(row >= 0 && row < times.length && (row + 1L) * from.length <= a.length, a, from);
    }
    runSubtract(times, rows, count, a, from);
  }

  /**
   * Takes from row i of an upper triangle, from its diagonal on, what the rows above explain: a
   * step of Cholesky's factorisation without square roots.
   *
   * @param w IN and OUT (i + 1, stride) or more, row-major. What lies left of the diagonal of row i
   *     holds anything afterwards
   * @param inverse (i) or longer: one over the diagonal of each row above, or 0 to leave it out
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void reduce(double[] w, double[] inverse, int i, int stride) {
    require(stride % PAD == 0 && i >= 0 && i < stride && i <= inverse.length, w, inverse);
    require((i + 1L) * stride <= w.length, w, inverse);
    runReduce(w, inverse, i, stride);
  }

  abstract void runSubtract(double times, double[] a, int at, double[] from);

  abstract void runSubtract(double[] times, int[] rows, int count, double[] a, double[] from);

  abstract void runReduce(double[] w, double[] inverse, int i, int stride);

  private static void require(boolean fits, double[] a, double[] b) {
    if (!fits) {
      throw new IllegalArgumentException(
          "Shapes do not fit arrays of (%d) and (%d).".formatted(a.length, b.length));
    }
  }
}
