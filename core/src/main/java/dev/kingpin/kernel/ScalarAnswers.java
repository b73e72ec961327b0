package dev.kingpin.kernel;

/** The scalar twin: plain loops that say what each operation means. */
final class ScalarAnswers extends AnswerKernels {

  static final ScalarAnswers INSTANCE = new ScalarAnswers();

  private ScalarAnswers() {}

  @Override
  void runSums(Matrix x, DoubleMatrix weights, DoubleMatrix sums) {
    int models = weights.columns();
    double[] from = weights.values();
    double[] to = sums.values();
    for (int r = 0; r < x.rows(); r++) {
      int at = sums.offset() + r * sums.stride();
      int row = weights.offset() + x.columns() * weights.stride();
      System.arraycopy(from, row, to, at, models);
      for (int j = 0; j < x.columns(); j++) {
        double value = x.values()[x.rowStart(r) + j];
        row = weights.offset() + j * weights.stride();
        for (int m = 0; m < models; m++) {
          to[at + m] = Math.fma(from[row + m], value, to[at + m]);
        }
      }
    }
  }

  @Override
  void runExp(double[] in, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = DoubleExp.exp(in[i]);
    }
  }

  @Override
  void runSigmoid(double[] in, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = DoubleExp.sigmoid(in[i]);
    }
  }

  @Override
  void runAddErrors(AnswerRows rows, double offset, double[] sums) {
    int models = rows.models();
    int absolute = padded(models);
    for (int r = 0; r < rows.rows(); r++) {
      double weight = rows.weight(r);
      double truth = rows.truth()[rows.offset() + r];
      for (int m = 0; m < models; m++) {
        double error = rows.answers()[r * models + m] - offset - truth;
        sums[m] += weight * error * error;
        sums[absolute + m] += weight * Math.abs(error);
      }
    }
  }

  @Override
  void runLikelihoods(AnswerRows rows, double least, float[] likelihoods) {
    int models = rows.models();
    for (int r = 0; r < rows.rows(); r++) {
      double other = 1 - rows.truth()[rows.offset() + r];
      for (int i = r * models; i < (r + 1) * models; i++) {
        likelihoods[i] = (float) Math.max(least, Math.abs(other - rows.answers()[i]));
      }
    }
  }

  @Override
  void runAddHits(AnswerRows rows, float[] logs, double[] sums) {
    int models = rows.models();
    int hits = padded(models);
    for (int r = 0; r < rows.rows(); r++) {
      double weight = rows.weight(r);
      boolean truth = rows.truth()[rows.offset() + r] == 1;
      for (int m = 0; m < models; m++) {
        int i = r * models + m;
        sums[m] -= weight * logs[i];
        sums[hits + m] += rows.answers()[i] >= 0.5 == truth ? weight : 0;
      }
    }
  }
}
