package dev.kingpin.kernel;

import java.util.Arrays;

/** The scalar twin: plain loops that say what each operation means. */
final class ScalarProducts extends ProductKernels {

  static final ScalarProducts INSTANCE = new ScalarProducts();

  private ScalarProducts() {}

  @Override
  void runStandardise(
      Matrix raw, RowList rows, double[] centre, double[] inverse, DoubleMatrix out) {
    standardise(raw, rows, centre, inverse, out, 0);
  }

  /** The columns from {@code first} on. */
  static void standardise(
      Matrix raw, RowList rows, double[] centre, double[] inverse, DoubleMatrix out, int first) {
    for (int i = 0; i < rows.count(); i++) {
      int from = raw.rowStart(rows.rows()[rows.from() + i]);
      int to = out.offset() + i * out.stride();
      for (int j = first; j < raw.columns(); j++) {
        double value = (raw.values()[from + j] - centre[j]) * inverse[j];
        out.values()[to + j] = Double.isNaN(value) ? 0 : value;
      }
      Arrays.fill(out.values(), to + raw.columns(), to + out.stride(), 0);
    }
  }

  @Override
  void runAddColumns(Matrix raw, ColumnTotals totals) {
    addColumns(raw, totals, 0);
  }

  /** The columns from {@code first} on. */
  static void addColumns(Matrix raw, ColumnTotals totals, int first) {
    for (int j = first; j < raw.columns(); j++) {
      double minimum = totals.minimum()[j];
      double maximum = totals.maximum()[j];
      double sum = totals.sum()[j];
      int missing = 0;
      for (int i = 0; i < raw.rows(); i++) {
        float value = raw.values()[raw.rowStart(i) + j];
        if (Float.isNaN(value)) {
          missing++;
          continue;
        }
        sum += value;
        minimum = value < minimum ? value : minimum;
        maximum = value > maximum ? value : maximum;
      }
      totals.minimum()[j] = minimum;
      totals.maximum()[j] = maximum;
      totals.sum()[j] = sum;
      totals.missing()[j] += missing;
    }
  }

  @Override
  void runAddGram(DoubleMatrix x, double[] sums) {
    for (int i = 0; i < x.columns(); i++) {
      for (int r = 0; r < x.rows(); r++) {
        int row = x.offset() + r * x.stride();
        for (int j = i; j < x.columns(); j++) {
          int to = i * x.stride() + j;
          sums[to] = Math.fma(x.values()[row + i], x.values()[row + j], sums[to]);
        }
      }
    }
  }

  @Override
  void runAddDots(double[] factors, int at, DoubleMatrix x, double[] sums, int to) {
    for (int r = 0; r < x.rows(); r++) {
      int row = x.offset() + r * x.stride();
      for (int j = 0; j < x.columns(); j++) {
        sums[to + j] = Math.fma(factors[at + r], x.values()[row + j], sums[to + j]);
      }
    }
  }
}
