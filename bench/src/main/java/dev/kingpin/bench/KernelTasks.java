package dev.kingpin.bench;

import dev.kingpin.kernel.DoubleMatrix;
import dev.kingpin.kernel.Hash;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.kernel.LogisticRows;
import dev.kingpin.kernel.Matrix;
import dev.kingpin.kernel.Scratch;
import java.util.Arrays;
import java.util.function.Supplier;

/** The calls that {@link KernelsBenchmark} times, on made-up data. */
final class KernelTasks {

  /** A call with its arguments, and what it has computed, as doubles. */
  record Bound(Runnable call, Supplier<double[]> result) {}

  /** A call that waits for its kernels; each binding has data of its own. */
  @FunctionalInterface
  interface Task {
    Bound bind(Kernels kernels);
  }

  private KernelTasks() {}

  /** (m, k) times (k, n). */
  static Task gemm(int m, int k, int n) {
    return kernels -> {
      Matrix a = matrix(1, m, k);
      Matrix b = matrix(2, k, n);
      Matrix c = matrix(3, m, n);
      Scratch scratch = new Scratch();
      return new Bound(() -> kernels.gemm(a, b, c, scratch), () -> all(c.values()));
    };
  }

  /** (k, m) transposed times (k, n). */
  static Task gemmTransposed(int m, int k, int n) {
    return kernels -> {
      Matrix a = matrix(1, k, m);
      Matrix b = matrix(2, k, n);
      Matrix c = matrix(3, m, n);
      Scratch scratch = new Scratch();
      return new Bound(() -> kernels.gemmTransposed(a, b, c, scratch), () -> all(c.values()));
    };
  }

  /** (k, p), with a weight a row. */
  static Task syrk(int k, int p) {
    return kernels -> {
      Matrix x = matrix(1, k, p);
      float[] weights = floats(2, k);
      Matrix c = matrix(3, p, p);
      Scratch scratch = new Scratch();
      return new Bound(
          () -> kernels.syrk(x, weights, 0, 1, c, scratch), () -> upper(all(c.values()), p));
    };
  }

  /** (k, p) of doubles. */
  static Task doubleSyrk(int k, int p) {
    return kernels -> {
      DoubleMatrix x = new DoubleMatrix(all(floats(1, k * p)), 0, k, p, p);
      double[] c = new double[p * p];
      DoubleMatrix out = new DoubleMatrix(c, 0, p, p, p);
      return new Bound(() -> kernels.syrk(x, out), () -> upper(c.clone(), p));
    };
  }

  static Task exp(int n) {
    return kernels -> {
      float[] in = floats(1, n);
      float[] out = new float[n];
      return new Bound(() -> kernels.exp(in, out, n), () -> all(out));
    };
  }

  static Task log(int n) {
    return kernels -> {
      float[] in = floats(1, n);
      for (int i = 0; i < n; i++) {
        in[i] = Math.abs(in[i]) + 0.01f;
      }
      float[] out = new float[n];
      return new Bound(() -> kernels.log(in, out, n), () -> all(out));
    };
  }

  static Task logistic(int n) {
    return kernels -> {
      float[] targets = floats(2, n);
      for (int i = 0; i < n; i++) {
        targets[i] = targets[i] > 0 ? 1 : 0;
      }
      float[] out = new float[n];
      LogisticRows rows =
          new LogisticRows(
              floats(1, n), targets, floats(3, n), new float[n], new float[n], out, 1e-9f, n);
      return new Bound(() -> kernels.logistic(rows), () -> all(out));
    };
  }

  static Task standardise(int rows, int d) {
    return kernels -> {
      Matrix raw = matrix(1, rows, d);
      float[] centre = floats(2, d);
      float[] scale = floats(3, d);
      Matrix panel = matrix(4, rows, d);
      return new Bound(
          () -> kernels.standardise(raw, null, 0, centre, scale, panel), () -> all(panel.values()));
    };
  }

  static Task quantise(int n) {
    return kernels -> {
      float[] values = floats(1, n);
      double[] scales = new double[n];
      Arrays.fill(scales, 0x1p20);
      long[] sums = new long[n];
      return new Bound(
          () -> kernels.quantise(values, scales, sums, 0, n),
          () -> Arrays.stream(sums).asDoubleStream().toArray());
    };
  }

  /** Systems of p unknowns, side by side; the time of a copy of the matrices is in it. */
  static Task solve(int p, int batch) {
    return kernels -> {
      double[] a = new double[p * p * batch];
      for (int i = 0; i < p; i++) {
        for (int j = 0; j < p * batch; j++) {
          a[i * p * batch + j] = j / batch == i ? p : 0.5;
        }
      }
      double[] copy = new double[a.length];
      double[] b = new double[p * batch];
      boolean[] failed = new boolean[batch];
      return new Bound(
          () -> {
            System.arraycopy(a, 0, copy, 0, a.length);
            Arrays.fill(b, 1);
            kernels.choleskySolve(copy, b, p, batch, 1e-10, failed);
          },
          b::clone);
    };
  }

  private static Matrix matrix(long seed, int rows, int columns) {
    return Matrix.of(floats(seed, rows * columns), rows, columns);
  }

  private static float[] floats(long seed, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (2 * Hash.unit(Hash.hash(seed, i)) - 1);
    }
    return values;
  }

  private static double[] all(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** The matrix without what lies below its diagonal. */
  private static double[] upper(double[] square, int p) {
    for (int i = 0; i < p; i++) {
      Arrays.fill(square, i * p, i * p + i, 0);
    }
    return square;
  }
}
