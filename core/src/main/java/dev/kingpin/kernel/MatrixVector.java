package dev.kingpin.kernel;

/**
 * C += A · B for a B of one column. A lane would have to be a row of A, and neighbouring rows lie
 * far apart; so eight rows go side by side as scalars, whose chains hide each other's latency.
 */
final class MatrixVector {

  private static final int ROWS = 8;

  private MatrixVector() {}

  static void run(Matrix a, Matrix b, Matrix c) {
    int i = 0;
    for (; i <= a.rows() - ROWS; i += ROWS) {
      eight(a, i, b, c);
    }
    for (; i < a.rows(); i++) {
      float sum = c.values()[c.rowStart(i)];
      int from = a.rowStart(i);
      for (int k = 0; k < b.rows(); k++) {
        sum = Math.fma(a.values()[from + k], b.values()[b.offset() + k * b.stride()], sum);
      }
      c.values()[c.rowStart(i)] = sum;
    }
  }

  private static void eight(Matrix a, int i, Matrix b, Matrix c) {
    float[] x = a.values();
    float[] y = b.values();
    float[] z = c.values();
    int row = c.stride();
    int to = c.rowStart(i);
    float sum0 = z[to];
    float sum1 = z[to + row];
    float sum2 = z[to + 2 * row];
    float sum3 = z[to + 3 * row];
    float sum4 = z[to + 4 * row];
    float sum5 = z[to + 5 * row];
    float sum6 = z[to + 6 * row];
    float sum7 = z[to + 7 * row];
    int from0 = a.rowStart(i);
    int from1 = from0 + a.stride();
    int from2 = from1 + a.stride();
    int from3 = from2 + a.stride();
    int from4 = from3 + a.stride();
    int from5 = from4 + a.stride();
    int from6 = from5 + a.stride();
    int from7 = from6 + a.stride();
    int n = b.rows();
    int step = b.stride();
    int at = b.offset();
    for (int k = 0; k < n; k++) {
      float factor = y[at];
      sum0 = Math.fma(x[from0 + k], factor, sum0);
      sum1 = Math.fma(x[from1 + k], factor, sum1);
      sum2 = Math.fma(x[from2 + k], factor, sum2);
      sum3 = Math.fma(x[from3 + k], factor, sum3);
      sum4 = Math.fma(x[from4 + k], factor, sum4);
      sum5 = Math.fma(x[from5 + k], factor, sum5);
      sum6 = Math.fma(x[from6 + k], factor, sum6);
      sum7 = Math.fma(x[from7 + k], factor, sum7);
      at += step;
    }
    z[to] = sum0;
    z[to + row] = sum1;
    z[to + 2 * row] = sum2;
    z[to + 3 * row] = sum3;
    z[to + 4 * row] = sum4;
    z[to + 5 * row] = sum5;
    z[to + 6 * row] = sum6;
    z[to + 7 * row] = sum7;
  }
}
