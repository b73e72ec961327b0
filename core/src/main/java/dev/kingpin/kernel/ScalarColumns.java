package dev.kingpin.kernel;

import java.util.Arrays;

/** The scalar twin of {@link ColumnKernels}: plain loops that say what each operation means. */
final class ScalarColumns extends ColumnKernels {

  static final ScalarColumns INSTANCE = new ScalarColumns();

  private ScalarColumns() {}

  @Override
  void runGather(Matrix raw, RowList rows, Columns columns) {
    float[] to = columns.values();
    for (int i = 0; i < rows.count(); i++) {
      int from = raw.rowStart(rows.rows()[rows.from() + i]);
      for (int j = 0; j < raw.columns(); j++) {
        to[columns.start(j) + i] = raw.values()[from + j];
      }
    }
  }

  @Override
  void runStandardise(Columns x, float[] centre, float[] inverse) {
    for (int j = 0; j < x.count(); j++) {
      int at = x.start(j);
      for (int i = at; i < at + x.height(); i++) {
        float value = (x.values()[i] - centre[j]) * inverse[j];
        x.values()[i] = Float.isNaN(value) ? 0f : value;
      }
    }
  }

  @Override
  void runScores(Columns x, float[] weights, Columns scores) {
    float[] to = scores.values();
    for (int t = 0; t < scores.count(); t++) {
      int at = scores.start(t);
      int w = t * (x.count() + 1);
      Arrays.fill(to, at, at + x.height(), weights[w + x.count()]);
      for (int j = 0; j < x.count(); j++) {
        int from = x.start(j);
        for (int i = 0; i < x.height(); i++) {
          to[at + i] = Math.fma(weights[w + j], x.values()[from + i], to[at + i]);
        }
      }
    }
  }

  @Override
  void runDots(Columns a, Columns b, float[] out) {
    float[] chains = new float[CHAINS];
    for (int i = 0; i < a.count(); i++) {
      for (int j = 0; j < b.count(); j++) {
        out[i * b.count() + j] = dot(a, i, b, j, chains);
      }
    }
  }

  @Override
  void runGram(Columns a, Columns b, float[] out) {
    float[] chains = new float[CHAINS];
    int to = 0;
    for (int i = 0; i < a.count(); i++) {
      for (int j = i; j < a.count(); j++) {
        out[to++] = dot(a, i, b, j, chains);
      }
    }
  }

  private static float dot(Columns a, int i, Columns b, int j, float[] chains) {
    Arrays.fill(chains, 0f);
    int p = a.start(i);
    int q = b.start(j);
    for (int r = 0; r < a.height(); r += CHAINS) {
      for (int c = 0; c < CHAINS; c++) {
        chains[c] = Math.fma(a.values()[p + r + c], b.values()[q + r + c], chains[c]);
      }
    }
    return fold(chains, 0);
  }

  /** The sum of the chains that lie from {@code at} on. */
  static float fold(float[] s, int at) {
    float c0 = s[at] + s[at + 8];
    float c1 = s[at + 1] + s[at + 9];
    float c2 = s[at + 2] + s[at + 10];
    float c3 = s[at + 3] + s[at + 11];
    float c4 = s[at + 4] + s[at + 12];
    float c5 = s[at + 5] + s[at + 13];
    float c6 = s[at + 6] + s[at + 14];
    float c7 = s[at + 7] + s[at + 15];
    return ((c0 + c4) + (c2 + c6)) + ((c1 + c5) + (c3 + c7));
  }

  @Override
  void runGram(WideColumns x, double[] out) {
    double[] chains = new double[WIDE_CHAINS];
    int to = 0;
    for (int i = 0; i < x.count(); i++) {
      for (int j = i; j < x.count(); j++) {
        Arrays.fill(chains, 0);
        int p = x.start(i);
        int q = x.start(j);
        for (int r = 0; r < x.height(); r += WIDE_CHAINS) {
          for (int c = 0; c < WIDE_CHAINS; c++) {
            chains[c] = Math.fma(x.values()[p + r + c], x.values()[q + r + c], chains[c]);
          }
        }
        out[to++] = fold(chains, 0);
      }
    }
  }

  /** The sum of the chains that lie from {@code at} on. */
  static double fold(double[] s, int at) {
    double c0 = s[at] + s[at + 4];
    double c1 = s[at + 1] + s[at + 5];
    double c2 = s[at + 2] + s[at + 6];
    double c3 = s[at + 3] + s[at + 7];
    return (c0 + c2) + (c1 + c3);
  }

  @Override
  void runSums(Columns x, float[] out) {
    float[] chains = new float[CHAINS];
    for (int j = 0; j < x.count(); j++) {
      Arrays.fill(chains, 0f);
      int from = x.start(j);
      for (int r = 0; r < x.height(); r += CHAINS) {
        for (int c = 0; c < CHAINS; c++) {
          chains[c] += x.values()[from + r + c];
        }
      }
      out[j] = fold(chains, 0);
    }
  }

  @Override
  void runSums(Columns x, double[] out) {
    double[] chains = new double[WIDE_CHAINS];
    for (int j = 0; j < x.count(); j++) {
      Arrays.fill(chains, 0);
      int from = x.start(j);
      for (int r = 0; r < x.height(); r += WIDE_CHAINS) {
        for (int c = 0; c < WIDE_CHAINS; c++) {
          chains[c] += x.values()[from + r + c];
        }
      }
      out[j] = fold(chains, 0);
    }
  }

  @Override
  void runWeigh(Columns x, float[] factors, int at, Columns out) {
    for (int j = 0; j < x.count(); j++) {
      int from = x.start(j);
      int to = out.start(j);
      for (int i = 0; i < x.height(); i++) {
        out.values()[to + i] = x.values()[from + i] * factors[at + i];
      }
    }
  }
}
