package dev.kingpin.kernel;

import java.util.Arrays;

/**
 * A program that runs every operation and prints the kernels it used and a checksum of all results.
 * Its argument is the largest size; the interpreter needs a small one.
 */
final class KernelChecksum {

  private static final int[] SIZES = {1, 3, 4, 7, 8, 15, 16, 17, 33, 64, 130};

  private final Kernels kernels = Kernels.best();
  private final ColumnKernels columns = kernels.columns();
  private final Scratch scratch = new Scratch();
  private long sum;

  private KernelChecksum() {}

  public static void main(String[] args) {
    int largest = Integer.parseInt(args[0]);
    KernelChecksum program = new KernelChecksum();
    // The first passes run interpreted, the last ones compiled; all must agree.
    long first = program.pass(largest);
    for (int i = 1; i < Integer.parseInt(args[1]); i++) {
      if (program.pass(largest) != first) {
        throw new AssertionError("Pass " + i + " gave other bits.");
      }
    }
    System.out.println(program.kernels.name() + " " + Long.toHexString(first));
  }

  private long pass(int largest) {
    sum = 0;
    for (int n : SIZES) {
      if (n <= largest) {
        products(n);
        elementwise(n);
        rows(n);
        solve(Math.min(n, 20));
        columns(n);
        answers(n);
        squares(n);
        rowProducts(n);
      }
    }
    return sum;
  }

  private void products(int n) {
    int k = n + 5;
    Matrix c = Matrix.of(Numbers.mixed(1, n * n), n, n);
    Matrix b = Matrix.of(Numbers.mixed(2, k * n), k, n);
    kernels.gemm(Matrix.of(Numbers.mixed(3, n * k), n, k), b, c, scratch);
    kernels.gemmTransposed(Matrix.of(Numbers.mixed(4, k * n), k, n), b, c, scratch);
    add(c.values());
  }

  private void elementwise(int n) {
    float[] in = Numbers.any(6, 3 * n);
    float[] out = new float[3 * n];
    kernels.exp(in, out, out.length);
    add(out);
    kernels.log(in, out, out.length);
    add(out);
    kernels.sigmoid(in, out, out.length);
    add(out);
    LogisticRows rows =
        new LogisticRows(
            in, out, Numbers.plain(7, n), 0, new float[n], new float[n], new float[n], 0, 1e-9f, n);
    kernels.logistic(rows);
    add(rows.residuals());
    add(rows.curvatures());
    add(rows.losses());
  }

  private void rows(int n) {
    Matrix raw = Matrix.of(Numbers.any(8, 4 * n), 4, n);
    Matrix panel = Matrix.of(new float[3 * n], 3, n);
    int[] chosen = {3, 0, 1};
    kernels.standardise(raw, chosen, 0, Numbers.plain(9, n), Numbers.plain(10, n), panel);
    add(panel.values());
    long[] sums = new long[n];
    kernels.quantise(Numbers.plain(11, n), 0x1p42, sums, n);
    kernels.quantise(Numbers.doubles(12, n), 0x1p42, sums, n);
    for (long value : sums) {
      add(value);
    }
  }

  /** Columns of more rows than there are columns; sums run over numbers without infinities. */
  private void columns(int n) {
    int rows = n + 7;
    panel(n, rows);
    Columns a = columns(17, n, rows);
    Columns b = columns(18, n, rows);
    Columns scores = columns(19, 5, rows);
    columns.scores(a, Numbers.plain(20, 5 * (n + 1)), scores);
    add(scores.values());
    columns.weigh(a, Numbers.plain(21, 3 + a.height()), 3, b);
    add(b.values());
    float[] out = new float[n * n];
    columns.dots(a, b, out);
    add(out);
    columns.gram(a, b, out);
    add(out);
    columns.sums(b, out);
    add(out);
    double[] wide = new double[n * n];
    columns.sums(b, wide);
    add(wide);
    kernels.multiply(Numbers.doubles(29, n * n), n, Numbers.doubles(30, n), wide, 0);
    add(wide);
    columns.gram(WideColumns.of(Numbers.doubles(22, Columns.length(n, rows)), n, rows), wide);
    add(wide);
  }

  private void panel(int n, int rows) {
    int[] chosen = new int[rows];
    for (int i = 0; i < rows; i++) {
      chosen[i] = (i * 7 + 3) % 4;
    }
    Columns panel = columns(23, n, rows);
    columns.gather(Matrix.of(Numbers.any(24, 4 * n), 4, n), new RowList(chosen, 0, rows), panel);
    columns.standardise(panel, rows, Numbers.plain(27, n), Numbers.plain(28, n));
    add(panel.values());
  }

  private static Columns columns(long seed, int count, int rows) {
    return Columns.of(Numbers.plain(seed, Columns.length(count, rows)), count, rows);
  }

  private void solve(int n) {
    double[] a = Numbers.doubles(13, n * n * n);
    for (int i = 0; i < n; i++) {
      for (int s = 0; s < n; s++) {
        a[ColumnKernels.diagonal(i, n) * n + s] += n / 2.0;
      }
    }
    double[] b = Numbers.doubles(14, n * n);
    add(kernels.choleskySolve(a, b, n, n, 1e-9, new boolean[n]));
    add(b);
  }

  private void answers(int models) {
    int rows = 7;
    int d = 5;
    int padded = AnswerKernels.padded(models);
    int length = rows * models;
    AnswerKernels answers = kernels.answers();
    double[] predictions = new double[length + AnswerKernels.ROOM];
    DoubleMatrix weights =
        new DoubleMatrix(Numbers.doubles(17, (d + 1) * padded), 0, d + 1, models, padded);
    answers.sums(
        Matrix.of(Numbers.plain(18, rows * d), rows, d),
        weights,
        new DoubleMatrix(predictions, 0, rows, models, models));
    double[] sums = new double[2 * padded];
    answers.exp(predictions, predictions, length);
    answers.sigmoid(predictions, predictions, length);
    float[] truth = {0, 1, 1, 0, 1, 0, 0};
    AnswerRows all = new AnswerRows(predictions, truth, Numbers.plain(19, 7), 0, rows, models);
    float[] likelihoods = new float[length + AnswerKernels.ROOM];
    answers.likelihoods(all, 1e-15, likelihoods);
    answers.addErrors(all, 0.5, sums);
    answers.addHits(all, likelihoods, sums);
    add(Arrays.copyOf(likelihoods, length));
    for (int m = 0; m < models; m++) {
      add(Double.doubleToLongBits(sums[m]));
      add(Double.doubleToLongBits(sums[padded + m]));
    }
  }

  private void rowProducts(int d) {
    int rows = 7;
    int[] chosen = {3, 0, 1, 2, 2, 0, 3};
    int stride = ProductKernels.stride(d);
    DoubleMatrix x = new DoubleMatrix(new double[rows * stride], 0, rows, d, stride);
    ProductKernels products = kernels.products();
    Matrix raw = Matrix.of(Numbers.plain(31, 4 * d), 4, d);
    RowList list = new RowList(chosen, 0, rows);
    products.standardise(raw, list, Numbers.doubles(32, d), Numbers.doubles(33, d), x);
    double[] sums = new double[(stride + 1) * stride];
    products.addGram(x, sums);
    products.addDots(Numbers.doubles(34, rows), 0, x, sums, stride * stride);
    for (int i = 0; i < d; i++) {
      add(Arrays.copyOfRange(sums, i * stride + i, i * stride + d));
    }
    add(Arrays.copyOfRange(sums, stride * stride, sums.length));
    ColumnTotals totals = ColumnTotals.of(d);
    products.addColumns(Matrix.of(Numbers.any(35, rows * d), rows, d), totals);
    add(totals.minimum());
    add(totals.maximum());
    add(totals.missing());
  }

  private void squares(int p) {
    int stride = SquareKernels.stride(p);
    double[] a = Numbers.doubles(20, p * stride);
    double[] from = Numbers.doubles(21, stride);
    SquareKernels squares = kernels.squares();
    squares.subtract(0.7, a, p - 1, from);
    squares.subtract(Numbers.doubles(22, p), new int[] {p - 1, 0, p / 2}, 3, a, from);
    squares.reduce(a, Numbers.doubles(23, p), p - 1, stride);
    for (int j = p - 1; j < stride; j++) {
      add(Double.doubleToLongBits(from[j]));
      add(Double.doubleToLongBits(a[(p - 1) * stride + j]));
    }
  }

  private void add(float[] values) {
    for (float value : values) {
      add(Float.floatToIntBits(value));
    }
  }

  private void add(double[] values) {
    for (double value : values) {
      add(Double.doubleToLongBits(value));
    }
  }

  private void add(long bits) {
    sum = Hash.hash(sum, bits);
  }
}
