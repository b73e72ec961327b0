package dev.kingpin.bench;

import dev.kingpin.kernel.ColumnKernels;
import dev.kingpin.kernel.Columns;
import dev.kingpin.kernel.Hash;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.kernel.LogisticRows;
import dev.kingpin.kernel.Matrix;
import dev.kingpin.kernel.RowList;
import dev.kingpin.kernel.Scratch;
import dev.kingpin.kernel.WideColumns;
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

  /** Rows in any order to standardised columns. */
  static Task panel(int rows, int d) {
    return kernels -> {
      Matrix raw = matrix(1, rows, d);
      int[] order = new int[rows];
      for (int i = 0; i < rows; i++) {
        order[i] = Math.floorMod((int) Hash.hash(2, i), rows);
      }
      RowList list = new RowList(order, 0, rows);
      float[] centre = floats(3, d);
      float[] scale = floats(4, d);
      Columns x = columns(5, d, rows);
      return new Bound(
          () -> {
            kernels.columns().gather(raw, list, x);
            kernels.columns().standardise(x, rows, centre, scale);
          },
          () -> all(x.values()));
    };
  }

  /** Scores of k rows of p columns. */
  static Task scores(int k, int p, int models) {
    return kernels -> {
      Columns x = columns(1, p, k);
      float[] weights = floats(2, models * (p + 1));
      Columns out = columns(3, models, k);
      return new Bound(() -> kernels.columns().scores(x, weights, out), () -> all(out.values()));
    };
  }

  /** Columns of marks times p columns, over k rows. */
  static Task dots(int k, int p, int marks) {
    return kernels -> {
      Columns a = columns(1, marks, k);
      Columns b = columns(2, p, k);
      float[] out = new float[marks * p];
      return new Bound(() -> kernels.columns().dots(a, b, out), () -> all(out));
    };
  }

  /** p columns, and the same columns with a weight a row, over k rows. */
  static Task hessian(int k, int p) {
    return kernels -> {
      Columns x = columns(1, p, k);
      float[] weights = floats(2, x.height());
      Columns weighed = columns(3, p, k);
      float[] out = new float[ColumnKernels.triangle(p)];
      return new Bound(
          () -> {
            kernels.columns().weigh(x, weights, 0, weighed);
            kernels.columns().gram(weighed, x, out);
          },
          () -> all(out));
    };
  }

  /** p columns of doubles over k rows. */
  static Task wideGram(int k, int p) {
    return kernels -> {
      WideColumns x = WideColumns.of(all(columns(1, p, k).values()), p, k);
      double[] out = new double[ColumnKernels.triangle(p)];
      return new Bound(() -> kernels.columns().gram(x, out), out::clone);
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
              floats(1, n), targets, floats(3, n), 0, new float[n], new float[n], out, 0, 1e-9f, n);
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
      long[] sums = new long[n];
      return new Bound(
          () -> kernels.quantise(values, 0x1p20, sums, n),
          () -> Arrays.stream(sums).asDoubleStream().toArray());
    };
  }

  /** Systems of p unknowns, side by side; the time of a copy of the matrices is in it. */
  static Task solve(int p, int batch) {
    return kernels -> {
      double[] a = new double[ColumnKernels.triangle(p) * batch];
      Arrays.fill(a, 0.5);
      for (int i = 0; i < p; i++) {
        int diagonal = ColumnKernels.diagonal(i, p) * batch;
        Arrays.fill(a, diagonal, diagonal + batch, p);
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

  private static Columns columns(long seed, int count, int rows) {
    return Columns.of(floats(seed, Columns.length(count, rows)), count, rows);
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
}
