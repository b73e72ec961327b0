package dev.kingpin.kernel;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The door to the inner loops. {@link #best()} is what a run uses; {@link #scalar()} is its slow
 * twin.
 *
 * <h2>Why the bits stay the same</h2>
 *
 * Both twins give the same bits for every operation: with vectors of 128, 256 or 512 bits,
 * interpreted or compiled, on every Java version. (A NaN equals a NaN; which of the many NaNs it is
 * remains open.) Four rules keep it so.
 *
 * <ol>
 *   <li><b>One chain an entry.</b> An entry of a matrix product starts at its old value and takes
 *       one fused multiply-add for each k, in ascending order. A tile may hold any number of
 *       entries and a block any number of k, since a value that is stored as a float and loaded
 *       again is the same float. So the shape of tiles and blocks is free, the order within an
 *       entry never is.
 *   <li><b>No sums across lanes.</b> A lane-wise reduction of floats may add in any order, and
 *       does. Lanes here are different entries, or the chains of a sum, which {@link ColumnKernels}
 *       adds up in one order.
 *   <li><b>Only exact operations.</b> IEEE 754 leaves one answer for add, subtract, multiply,
 *       divide, square root and fused multiply-add. Everything else (exp, log, rounding) is built
 *       from these and from integer operations, in one order, with the same constants in both
 *       twins.
 *   <li><b>Edges run the same chain.</b> Where a row does not fill a vector, neighbouring vectors
 *       overlap and compute some entries twice, or scratch memory makes up the width.
 * </ol>
 *
 * The operations trust what their comments ask for. Shapes are checked, since a wrong one would
 * read foreign memory of the same array; values are not. No operation allocates in a loop; none
 * keeps state, so one instance serves all threads, each with a {@link Scratch} of its own. Results
 * must not overlap inputs unless the operation says so.
 *
 * <p>A CPU without a fused multiply-add instruction gives the same bits too, but very slowly.
 */
public abstract class Kernels {

  /** Name of the system property that forces one twin: {@code scalar} or {@code vector}. */
  public static final String PROPERTY = "kingpin.kernels";

  Kernels() {}

  /**
   * The fastest kernels of this JVM: vectors if the module {@code jdk.incubator.vector} is there,
   * or else the scalar twin, with one line in the log that names the flag to add. The system
   * property {@value #PROPERTY} forces one of them.
   *
   * @throws IllegalStateException if the property asks for vectors that this JVM does not have, or
   *     holds an unknown word
   */
  public static Kernels best() {
    return KernelProvider.best();
  }

  /** The scalar twin, whatever the JVM can do. */
  public static Kernels scalar() {
    return ScalarKernels.INSTANCE;
  }

  /**
   * {@code scalar}, or {@code vector-} and the number of bits of a vector, for logs and reports.
   */
  public abstract String name();

  /** The loops over columns of rows. */
  public abstract ColumnKernels columns();

  /**
   * C += A · B.
   *
   * @param a (m, k)
   * @param b (k, n)
   * @param c IN and OUT (m, n); apart from a and b
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void gemm(Matrix a, Matrix b, Matrix c, Scratch scratch) {
    requireShape("gemm", a.rows() == c.rows() && a.columns() == b.rows(), a, b, c);
    requireShape("gemm", b.columns() == c.columns(), a, b, c);
    runGemm(a, b, c, scratch);
  }

  /**
   * C += Aᵀ · B: the sum over the rows of the outer products of a row of A and a row of B.
   *
   * @param a (k, m)
   * @param b (k, n)
   * @param c IN and OUT (m, n); apart from a and b
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void gemmTransposed(Matrix a, Matrix b, Matrix c, Scratch scratch) {
    requireShape("gemmTransposed", a.columns() == c.rows() && a.rows() == b.rows(), a, b, c);
    requireShape("gemmTransposed", b.columns() == c.columns(), a, b, c);
    runGemmTransposed(a, b, c, scratch);
  }

  /**
   * Residuals, curvatures and losses of a logistic model, entry by entry; see {@link LogisticRows}
   * for what they are. Accurate also where {@code sigmoid(z)} is close to 0 or 1. A score that is
   * NaN gives NaN; an infinite one gives NaN as loss.
   */
  public abstract void logistic(LogisticRows rows);

  /**
   * {@code out[i] = exp(in[i])} for i in [0, n), within 1.1 ulp. Overflow gives infinity, results
   * below the normal range round to the nearest subnormal or to zero, NaN gives NaN.
   *
   * @param out may be the same array as in
   * @throws IndexOutOfBoundsException if an array is shorter than n
   */
  public final void exp(float[] in, float[] out, int n) {
    requireLength(in, out, n);
    runExp(in, out, n);
  }

  /**
   * {@code out[i] = log(in[i])}, the natural logarithm, for i in [0, n), within 1 ulp; subnormals
   * included. Both zeros give minus infinity, negative numbers and NaN give NaN, infinity itself.
   *
   * @param out may be the same array as in
   * @throws IndexOutOfBoundsException if an array is shorter than n
   */
  public final void log(float[] in, float[] out, int n) {
    requireLength(in, out, n);
    runLog(in, out, n);
  }

  /**
   * {@code out[i] = 1 / (1 + exp(-in[i]))} for i in [0, n), within 2.5 ulp; from 0 at minus
   * infinity to 1 at infinity, subnormal results included. NaN gives NaN.
   *
   * @param out may be the same array as in
   * @throws IndexOutOfBoundsException if an array is shorter than n
   */
  public final void sigmoid(float[] in, float[] out, int n) {
    requireLength(in, out, n);
    runSigmoid(in, out, n);
  }

  /**
   * Raw features to panel rows: {@code panel[i][j] = (raw[row(i)][j] - centre[j]) *
   * inverseScale[j]}, and 0 where that is NaN, so a missing value becomes the mean.
   *
   * @param raw (any, d); NaN marks a missing value
   * @param rows the row of {@code raw} for panel row i is {@code rows[rowsOffset + i]}; null: row
   *     {@code rowsOffset + i} itself
   * @param rowsOffset at least 0
   * @param centre (d) or longer
   * @param inverseScale (d) or longer
   * @param panel OUT (n, d); what lies between its rows stays as it is
   * @throws IllegalArgumentException if the shapes do not fit
   * @throws IndexOutOfBoundsException if a row is not in {@code raw}
   */
  public final void standardise(
      Matrix raw,
      int @Nullable [] rows,
      int rowsOffset,
      float[] centre,
      float[] inverseScale,
      Matrix panel) {
    int width = panel.columns();
    if (raw.columns() != width || centre.length < width || inverseScale.length < width) {
      throw new IllegalArgumentException(
          "standardise: raw columns (%d), centres (%d), scales (%d), panel columns (%d)."
              .formatted(raw.columns(), centre.length, inverseScale.length, width));
    }
    int available = rows == null ? raw.rows() : rows.length;
    Objects.checkFromIndexSize(rowsOffset, panel.rows(), available);
    if (rows != null) {
      for (int i = 0; i < panel.rows(); i++) {
        Objects.checkIndex(rows[rowsOffset + i], raw.rows());
      }
    }
    runStandardise(raw, rows, rowsOffset, centre, inverseScale, panel);
  }

  /**
   * {@code sums[i] += round(values[i] * scale)} for i in [0, n): to the nearest integer, ties to
   * even.
   *
   * @param values {@code |values[i] * scale|} must not exceed 2^51, or the sum is wrong; {@link
   *     FixedPoint#scale} finds such scales. The product is rounded to a double first; with a power
   *     of two as scale that changes nothing
   * @throws IndexOutOfBoundsException if an array is shorter than n
   */
  public final void quantise(float[] values, double scale, long[] sums, int n) {
    Objects.checkFromIndexSize(0, n, Math.min(values.length, sums.length));
    runQuantise(values, scale, sums, n);
  }

  /** The same as {@link #quantise(float[], double, long[], int)} for doubles. */
  public final void quantise(double[] values, double scale, long[] sums, int n) {
    Objects.checkFromIndexSize(0, n, Math.min(values.length, sums.length));
    runQuantise(values, scale, sums, n);
  }

  /**
   * Solves {@code batch} symmetric positive definite systems of p unknowns by Cholesky, side by
   * side. A system fails if a pivot is not larger than {@code tolerance} times the diagonal entry
   * it came from (or is NaN or infinite); its solution becomes NaN, and the others do not notice.
   *
   * @param a IN the upper {@link ColumnKernels#triangle} of each system, entry t of system s at
   *     {@code a[t * batch + s]}. OUT anything
   * @param b IN right-hand side i of system s at {@code b[i * batch + s]}. OUT the solution
   * @param p number of unknowns, at least 0
   * @param batch number of systems, at least 0
   * @param tolerance in [0, 1); around 1e-10 tells a singular matrix from a badly scaled one
   * @param failed OUT whether system s failed
   * @return the number of failed systems
   * @throws IllegalArgumentException if an array is too short or the tolerance out of range
   */
  public final int choleskySolve(
      double[] a, double[] b, int p, int batch, double tolerance, boolean[] failed) {
    if (p < 0
        || batch < 0
        || (p + 1L) * p / 2 * batch > a.length
        || (long) p * batch > b.length
        || batch > failed.length) {
      throw new IllegalArgumentException(
          "choleskySolve: p (%d), batch (%d), arrays of (%d), (%d) and (%d)."
              .formatted(p, batch, a.length, b.length, failed.length));
    }
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException(
          "choleskySolve: tolerance (%s). It must be at least 0 and below 1.".formatted(tolerance));
    }
    Arrays.fill(failed, 0, batch, false);
    runCholeskySolve(a, b, p, batch, tolerance, failed);
    int count = 0;
    for (int s = 0; s < batch; s++) {
      count += failed[s] ? 1 : 0;
    }
    return count;
  }

  /**
   * {@code y = A x} for a symmetric matrix: entry j is one chain of fused multiply-adds over the
   * rows.
   *
   * @param a (n, n), row-major
   * @param x holds n entries from {@code at} on
   * @param y OUT n entries from {@code at} on; apart from x
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public final void multiply(double[] a, int n, double[] x, double[] y, int at) {
    Objects.checkFromIndexSize(0, n * n, a.length);
    Objects.checkFromIndexSize(at, n, Math.min(x.length, y.length));
    runMultiply(a, n, x, y, at);
  }

  /** The inner loops of answering, of the same twin. */
  public abstract AnswerKernels answers();

  /** Small square matrices, of the same twin. */
  public abstract SquareKernels squares();

  /** The inner loops over rows in double precision, for the matrices of least squares. */
  public abstract ProductKernels products();

  /** Number of floats in a vector. */
  abstract int lanes();

  abstract void runGemm(Matrix a, Matrix b, Matrix c, Scratch scratch);

  abstract void runGemmTransposed(Matrix a, Matrix b, Matrix c, Scratch scratch);

  abstract void runExp(float[] in, float[] out, int n);

  abstract void runLog(float[] in, float[] out, int n);

  abstract void runSigmoid(float[] in, float[] out, int n);

  abstract void runStandardise(
      Matrix raw,
      int @Nullable [] rows,
      int rowsOffset,
      float[] centre,
      float[] inverseScale,
      Matrix panel);

  abstract void runQuantise(float[] values, double scale, long[] sums, int n);

  abstract void runQuantise(double[] values, double scale, long[] sums, int n);

  abstract void runMultiply(double[] a, int n, double[] x, double[] y, int at);

  abstract void runCholeskySolve(
      double[] a, double[] b, int p, int batch, double tolerance, boolean[] failed);

  private static void requireLength(float[] in, float[] out, int n) {
    Objects.checkFromIndexSize(0, n, Math.min(in.length, out.length));
  }

  private static void requireShape(String name, boolean fits, Matrix a, Matrix b, Matrix c) {
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: shapes (%d, %d), (%d, %d) and result (%d, %d) do not fit."
              .formatted(
                  name, a.rows(), a.columns(), b.rows(), b.columns(), c.rows(), c.columns()));
    }
  }
}
