package dev.kingpin.kernel;

import java.util.Objects;

/**
 * The inner loops of answering: rows go to several models at once, and what the models answer is
 * held against the truth. As in {@link Kernels}, twins give the same bits, shapes are checked and
 * values are trusted.
 *
 * <p>Answers lie row by row, a row's answers of all models side by side: (rows, models), row-major.
 * Lanes are models, so each model has chains of its own, the same in any company. A vector that
 * holds more than is left of a row spills into the next row, which is written after it; hence the
 * {@link #ROOM} at the end.
 */
public abstract class AnswerKernels {

  /** Entries past the end of (rows, models) that operations may read, and overwrite. */
  public static final int ROOM = 8;

  AnswerKernels() {}

  /** A number of models, rounded up to whole vectors. */
  public static int padded(int models) {
    return (models + ROOM - 1) / ROOM * ROOM;
  }

  /**
   * Weighted sums of the features of each row: the start of a model, then one fused multiply-add
   * for each feature, in order.
   *
   * @param x (rows, d)
   * @param weights (d + 1, models), the starts last; the stride is at least {@link #padded}, and
   *     what lies between the rows is finite
   * @param sums OUT (rows, models), with {@link #ROOM} after the last row. If the stride is longer
   *     than a row, what lies between the rows holds anything afterwards
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public final void sums(Matrix x, DoubleMatrix weights, DoubleMatrix sums) {
    int models = weights.columns();
    boolean fits =
        weights.rows() == x.columns() + 1
            && weights.offset() + weights.rows() * weights.stride() <= weights.values().length
            && weights.stride() >= padded(models)
            && sums.rows() == x.rows()
            && sums.columns() == models
            && sums.offset() + sums.rows() * sums.stride() + ROOM <= sums.values().length;
    if (!fits) {
      throw new IllegalArgumentException(
          "sums: rows (%d, %d), weights (%d, %d) and sums (%d, %d) do not fit."
              .formatted(
                  x.rows(), x.columns(), weights.rows(), models, sums.rows(), sums.columns()));
    }
    runSums(x, weights, sums);
  }

  /**
   * {@code out[i] = exp(in[i])} for i in [0, n), within 1.1 ulp; see {@link DoubleExp#exp}.
   *
   * @param out may be the same array as in
   * @throws IndexOutOfBoundsException if an array is shorter than n
   */
  public final void exp(double[] in, double[] out, int n) {
    Objects.checkFromIndexSize(0, n, Math.min(in.length, out.length));
    runExp(in, out, n);
  }

  /**
   * {@code out[i] = 1 / (1 + exp(-in[i]))} for i in [0, n), accurate also where it is close to 0.
   *
   * @param out may be the same array as in
   * @throws IndexOutOfBoundsException if an array is shorter than n
   */
  public final void sigmoid(double[] in, double[] out, int n) {
    Objects.checkFromIndexSize(0, n, Math.min(in.length, out.length));
    runSigmoid(in, out, n);
  }

  /**
   * Adds up the weighted squared and absolute errors of each model, row by row.
   *
   * @param rows answers that are numbers
   * @param offset what is taken off answers before they are held against the truth
   * @param sums IN and OUT (2, {@link #padded} models): squared, then absolute; entries beyond the
   *     models hold anything afterwards
   * @throws IllegalArgumentException if the sums are too short
   */
  public final void addErrors(AnswerRows rows, double offset, double[] sums) {
    requireSums(rows, sums);
    runAddErrors(rows, offset, sums);
  }

  /**
   * The probabilities that were given to the classes that the rows are of.
   *
   * @param rows probabilities of the second class of two
   * @param least what counts in place of less
   * @param likelihoods OUT (rows, models), and {@link #ROOM} more entries
   * @throws IllegalArgumentException if there is no room
   */
  public final void likelihoods(AnswerRows rows, double least, float[] likelihoods) {
    requireRoom(rows, likelihoods);
    runLikelihoods(rows, least, likelihoods);
  }

  /**
   * Subtracts the weighted logarithms of the likelihoods of each model, and adds up the weights of
   * rows that it puts into the right class, row by row.
   *
   * @param rows probabilities of the second class of two; it is the answer from even odds on
   * @param logs (rows, models), and {@link #ROOM} more entries
   * @param sums IN and OUT (2, {@link #padded} models): losses, then hits; entries beyond the
   *     models hold anything afterwards
   * @throws IllegalArgumentException if an array is too short
   */
  public final void addHits(AnswerRows rows, float[] logs, double[] sums) {
    requireRoom(rows, logs);
    requireSums(rows, sums);
    runAddHits(rows, logs, sums);
  }

  private static void requireRoom(AnswerRows rows, float[] values) {
    if ((long) rows.rows() * rows.models() + ROOM > values.length) {
      throw new IllegalArgumentException(
          "Rows (%d) of models (%d) in an array of (%d)."
              .formatted(rows.rows(), rows.models(), values.length));
    }
  }

  private static void requireSums(AnswerRows rows, double[] sums) {
    if (2L * padded(rows.models()) > sums.length) {
      throw new IllegalArgumentException(
          "Models (%d) and sums (%d).".formatted(rows.models(), sums.length));
    }
  }

  abstract void runSums(Matrix x, DoubleMatrix weights, DoubleMatrix sums);

  abstract void runExp(double[] in, double[] out, int n);

  abstract void runSigmoid(double[] in, double[] out, int n);

  abstract void runAddErrors(AnswerRows rows, double offset, double[] sums);

  abstract void runLikelihoods(AnswerRows rows, double least, float[] likelihoods);

  abstract void runAddHits(AnswerRows rows, float[] logs, double[] sums);
}
