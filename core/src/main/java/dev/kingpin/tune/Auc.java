package dev.kingpin.tune;

import java.util.Arrays;

/** The exact area under the receiver operating characteristic (Mann and Whitney, 1947). */
final class Auc {
  private final float[] answers; // from (from): (rows, width), row-major
  private final int from;
  private final int width;
  private final float[] truth; // (rows)
  private final float[] weights; // (rows)

  Auc(float[] answers, int from, int width, float[] truth, float[] weights) {
    this.answers = answers;
    this.from = from;
    this.width = width;
    this.truth = truth;
    this.weights = weights;
  }

  /** The area of a model. */
  static double of(Scoring.Request request, Scoring.Answers answers, int model) {
    int from = model * request.rows() * request.width();
    return new Auc(answers.answers, from, request.width(), answers.truth, answers.weights)
        .ofRows(request.rows());
  }

  /** The area over the first rows: of the second class of two, else the mean over the classes. */
  double ofRows(int rows) {
    if (width == 1) {
      return area(rows, 0, 1);
    }
    double total = 0;
    int counted = 0;
    for (int k = 0; k < width; k++) {
      double area = area(rows, k, k);
      if (!Double.isNaN(area)) {
        total += area;
        counted++;
      }
    }
    return counted == 0 ? Double.NaN : total / counted;
  }

  /** The area of the answers in one column, for one class against all others. */
  private double area(int rows, int column, int target) {
    long[] order = new long[rows];
    for (int i = 0; i < rows; i++) {
      float answer = answers[from + column + i * width];
      if (Float.isNaN(answer)) {
        return Double.NaN;
      }
      order[i] = sortable(answer) << 32 | i;
    }
    Arrays.sort(order);
    double below = 0; // weight of other rows with smaller answers
    double positives = 0;
    double pairs = 0;
    int i = 0;
    while (i < rows) {
      double tiedPositives = 0;
      double tiedOthers = 0;
      long answer = order[i] >> 32;
      for (; i < rows && order[i] >> 32 == answer; i++) {
        int row = (int) order[i];
        if (truth[row] == target) {
          tiedPositives += weights[row];
        } else {
          tiedOthers += weights[row];
        }
      }
      pairs += tiedPositives * (below + tiedOthers / 2);
      below += tiedOthers;
      positives += tiedPositives;
    }
    return positives > 0 && below > 0 ? pairs / (positives * below) : Double.NaN;
  }

  /** An integer that sorts like the number. */
  private static long sortable(float value) {
    int bits = Float.floatToIntBits(value + 0f); // no negative zero
    return bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
  }
}
