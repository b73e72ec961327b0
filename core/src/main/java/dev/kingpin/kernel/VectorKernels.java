package dev.kingpin.kernel;

import org.jspecify.annotations.Nullable;

/** The vector twin, on the widest vectors of this machine. Loaded by name only. */
final class VectorKernels extends Kernels {

  VectorKernels() {}

  @Override
  public String name() {
    return "vector-" + VectorTile.SPECIES.vectorBitSize();
  }

  @Override
  public ColumnKernels columns() {
    return VectorColumns.INSTANCE;
  }

  @Override
  public AnswerKernels answers() {
    return VectorAnswers.INSTANCE;
  }

  @Override
  public SquareKernels squares() {
    return VectorSquares.INSTANCE;
  }

  @Override
  public ProductKernels products() {
    return VectorProducts.INSTANCE;
  }

  @Override
  int lanes() {
    return VectorTile.LANES;
  }

  @Override
  void runGemm(Matrix a, Matrix b, Matrix c, Scratch scratch) {
    VectorGemm.gemm(a, b, c, scratch);
  }

  @Override
  void runGemmTransposed(Matrix a, Matrix b, Matrix c, Scratch scratch) {
    VectorGemm.gemmTransposed(a, b, c, scratch);
  }

  @Override
  public void logistic(LogisticRows rows) {
    VectorElementwise.logistic(rows);
  }

  @Override
  void runExp(float[] in, float[] out, int n) {
    VectorElementwise.exp(in, out, n);
  }

  @Override
  void runLog(float[] in, float[] out, int n) {
    VectorElementwise.log(in, out, n);
  }

  @Override
  void runSigmoid(float[] in, float[] out, int n) {
    VectorElementwise.sigmoid(in, out, n);
  }

  @Override
  void runStandardise(
      Matrix raw,
      int @Nullable [] rows,
      int rowsOffset,
      float[] centre,
      float[] inverseScale,
      Matrix panel) {
    VectorRows.standardise(raw, rows, rowsOffset, centre, inverseScale, panel);
  }

  @Override
  void runQuantise(float[] values, double scale, long[] sums, int n) {
    VectorRows.quantise(values, scale, sums, n);
  }

  @Override
  void runQuantise(double[] values, double scale, long[] sums, int n) {
    VectorRows.quantise(values, scale, sums, n);
  }

  @Override
  void runMultiply(double[] a, int n, double[] x, double[] y, int at) {
    VectorRows.multiply(a, n, x, y, at);
  }

  @Override
  void runCholeskySolve(
      double[] a, double[] b, int p, int batch, double tolerance, boolean[] failed) {
    new VectorCholesky(a, b, p, batch, tolerance).solve(failed);
  }
}
