package dev.kingpin.learner.linear;

import dev.kingpin.kernel.ColumnKernels;

/** Reads what {@link LossSums} has summed up, in the coordinates of a basis. */
final class LossAnswers {
  private final LinearRequest.OfLoss request;
  private final long[][] sections;
  private final int dense;
  private final int oneHot;
  private final int outputs;
  private final int marks;
  private final double unit; // of a mark: the inverse of its scale, a power of two
  private final double lossUnit;

  LossAnswers(LinearRequest.OfLoss request, LinearPartial partial) {
    this.request = request;
    sections = partial.sections;
    dense = request.design().dense();
    oneHot = request.design().oneHot();
    outputs = request.outputs();
    marks = request.trials() * outputs + LossSums.curvatures(request);
    unit = 1 / LossBounds.markScale(request);
    lossUnit = 1 / LossBounds.lossScale(request);
  }

  /** Mean loss of a trial on the rows of a basis; infinite if a score is beyond any optimum. */
  double loss(Basis basis, int trial) {
    if (sections[LossSums.OVERFLOWS][trial] > 0) {
      return Double.POSITIVE_INFINITY;
    }
    return sections[LossSums.LOSSES][trial] * lossUnit / basis.scaling.weight;
  }

  /** Sum of a mark times a column of the design; the column after the last is the ones. */
  private double markSum(int mark, int column) {
    long sum =
        column < dense
            ? sections[LossSums.PANEL][mark * dense + column]
            : column < dense + oneHot
                ? sections[LossSums.LEVELS][(column - dense) * marks + mark]
                : sections[LossSums.SUMS][mark];
    return sum * unit;
  }

  /** Gradient of the mean loss of a trial: (outputs * width). */
  double[] gradient(Basis basis, int trial) {
    int ones = dense + oneHot;
    double[] gradient = new double[outputs * basis.width];
    for (int k = 0; k < outputs; k++) {
      int mark = trial * outputs + k;
      double total = markSum(mark, ones);
      int at = k * basis.width;
      for (int i = 0; i < basis.active.length; i++) {
        int p = basis.active[i];
        double centred = markSum(mark, p) - basis.scaling.mean[p] * total;
        gradient[at + i] = centred / (basis.scaling.deviation[p] * basis.scaling.weight);
      }
      gradient[at + basis.active.length] = total / basis.scaling.weight;
    }
    if (request.loss() == Loss.SOFTMAX) {
      balance(gradient, basis.width);
    }
    return gradient;
  }

  /** Residuals of all classes add up to nothing; what they add up to is rounding. */
  private void balance(double[] gradient, int width) {
    for (int i = 0; i < width; i++) {
      double sum = 0;
      for (int k = 0; k < outputs; k++) {
        sum += gradient[k * width + i];
      }
      for (int k = 0; k < outputs; k++) {
        gradient[k * width + i] -= sum / outputs;
      }
    }
  }

  /**
   * Hessian of the mean loss: (outputs * width, outputs * width), symmetric.
   *
   * @param asked position among the trials whose Hessians were asked for
   */
  double[] hessian(Basis basis, int asked) {
    int m = outputs * basis.width;
    double[] hessian = new double[m * m];
    int pair = asked * outputs * (outputs + 1) / 2;
    for (int k = 0; k < outputs; k++) {
      for (int l = k; l < outputs; l++) {
        fill(basis, pair++, new Pair(hessian, m, k * basis.width, l * basis.width));
      }
    }
    return hessian;
  }

  /** Fills the block of a pair of outputs, and its mirror. */
  private void fill(Basis basis, int curvature, Pair to) {
    int n = basis.active.length;
    int mark = request.trials() * outputs + curvature;
    double weight = basis.scaling.weight;
    double total = markSum(mark, dense + oneHot);
    double[] ones = new double[n]; // column times curvature
    double[] means = new double[n];
    double[] inverse = new double[n]; // of the deviations
    for (int i = 0; i < n; i++) {
      int p = basis.active[i];
      ones[i] = markSum(mark, p);
      means[i] = basis.scaling.mean[p];
      inverse[i] = 1 / basis.scaling.deviation[p];
    }
    double[] row = new double[n]; // products of column i, from i on
    for (int i = 0; i < n; i++) {
      double own = inverse[i] / weight;
      double mean = means[i];
      double shift = ones[i] - mean * total;
      products(curvature, basis.active, i, row);
      for (int j = i; j < n; j++) {
        row[j] = (row[j] - mean * ones[j] - means[j] * shift) * own * inverse[j];
      }
      to.put(i, row, n);
      to.put(i, n, shift * own);
    }
    to.put(n, n, total / weight);
  }

  /** Sums of the curvature times column i and each of the active columns from there on. */
  private void products(int curvature, int[] active, int i, double[] row) {
    int p = active[i];
    int n = active.length;
    if (active[n - 1] - p == n - 1 - i && active[n - 1] < dense) {
      long[] sums = sections[LossSums.HESSIANS + LossSums.SECTIONS_A_HESSIAN * curvature];
      int from = ColumnKernels.diagonal(p, dense) - i;
      for (int j = i; j < n; j++) {
        row[j] = sums[from + j] * unit;
      }
      return;
    }
    for (int j = i; j < n; j++) {
      row[j] = product(curvature, p, active[j]);
    }
  }

  /**
   * The symmetric block of a pair of outputs, and its mirror.
   *
   * @param hessian OUT (m, m)
   * @param rows where the block starts
   * @param columns where the block starts
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Pair(double[] hessian, int m, int rows, int columns) {
    /** Puts entries (i, i) to (i, n - 1), which lie in {@code row} from i on. */
    void put(int i, double[] row, int n) {
      if (rows == columns) {
        System.arraycopy(row, i, hessian, (rows + i) * m + columns + i, n - i);
        for (int j = i + 1, at = (rows + i + 1) * m + columns + i; j < n; j++, at += m) {
          hessian[at] = row[j];
        }
        return;
      }
      for (int j = i; j < n; j++) {
        put(i, j, row[j]);
      }
    }

    void put(int i, int j, double value) {
      hessian[(rows + i) * m + columns + j] = value;
      hessian[(rows + j) * m + columns + i] = value;
      if (rows != columns) {
        hessian[(columns + j) * m + rows + i] = value;
        hessian[(columns + i) * m + rows + j] = value;
      }
    }
  }

  /** Sum of the curvature times two columns of the design, p not above q. */
  private double product(int curvature, int p, int q) {
    int section = LossSums.HESSIANS + LossSums.SECTIONS_A_HESSIAN * curvature;
    long sum =
        q < dense
            ? sections[section][ColumnKernels.diagonal(p, dense) + q - p]
            : p < dense
                ? sections[section + 1][(q - dense) * dense + p]
                : sections[section + 2][(p - dense) * oneHot + q - dense];
    return sum * unit;
  }
}
