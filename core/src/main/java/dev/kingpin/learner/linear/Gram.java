package dev.kingpin.learner.linear;

import dev.kingpin.kernel.FixedPoint;
import dev.kingpin.learner.RowMask;
import java.util.Arrays;

/**
 * The Gram matrices of the folds of a group. What a row mask learns from is the sum over all folds
 * less the fold held out, so one scan serves all masks (downdating).
 *
 * <p>Sums are integers until a mask is chosen, so nothing is lost by the subtraction.
 */
final class Gram {
  private final Design design;
  private final int targets;
  private final long[][] sections; // as of GramRows, all folds; empty where not known

  Gram(Design design, int targets, long[][] sections) {
    this.design = design;
    this.targets = targets;
    this.sections = sections;
  }

  /** What nobody has asked for is not known. */
  static Gram of(LinearRequest.OfGram request, LinearPartial partial) {
    long[][] sections = new long[partial.sections.length][];
    for (int s = 0; s < sections.length; s++) {
      sections[s] = partial.sections[s].clone();
    }
    return new Gram(request.design(), request.targets(), sections);
  }

  /** These matrices and those that another one knows. */
  Gram and(Gram other) {
    long[][] all = sections.clone();
    for (int f = 0; f < folds(); f++) {
      if (other.knows(f)) {
        int first = f * GramRows.SECTIONS_A_FOLD;
        System.arraycopy(other.sections, first, all, first, GramRows.SECTIONS_A_FOLD);
      }
    }
    return new Gram(design, targets, all);
  }

  int folds() {
    return sections.length / GramRows.SECTIONS_A_FOLD;
  }

  boolean knows(int fold) {
    return sections[fold * GramRows.SECTIONS_A_FOLD].length > 0;
  }

  long[][] sections() {
    return sections;
  }

  Design design() {
    return design;
  }

  int targets() {
    return targets;
  }

  /** Columns of the design, the ones, the targets. */
  int size() {
    return design.columns() + 1 + targets;
  }

  /** Rows that a mask learns from. */
  long rows(RowMask mask) {
    return sum(mask, 0)[0];
  }

  /**
   * The Gram matrix of the rows that a mask learns from: columns of the design, then ones, then the
   * targets; (size, size), row-major, symmetric.
   */
  double[] matrix(RowMask mask) {
    double[] matrix = new double[size() * size()];
    fill(mask, matrix);
    return matrix;
  }

  /**
   * As {@link #matrix}.
   *
   * @param matrix OUT (size, size) or longer
   */
  void fill(RowMask mask, double[] matrix) {
    int dense = design.dense();
    int panel = GramRows.width(design, targets);
    double scale = GramRows.scale(design);
    long[] byPanel = sum(mask, 1);
    int next = 0;
    for (int i = 0; i < panel; i++) {
      for (int j = i; j < panel; j++) {
        put(matrix, place(i), place(j), byPanel[next++] / scale);
      }
    }
    int oneHot = design.oneHot();
    if (oneHot > 0) {
      long[] levelByPanel = sum(mask, 2);
      long[] byLevel = sum(mask, 3);
      for (int h = 0; h < oneHot; h++) {
        for (int j = 0; j < panel; j++) {
          put(matrix, dense + h, place(j), levelByPanel[h * panel + j] / scale);
        }
        for (int k = h; k < oneHot; k++) {
          put(matrix, dense + h, dense + k, FixedPoint.toDouble(byLevel[h * oneHot + k], scale));
        }
      }
    }
  }

  private long[] sum(RowMask mask, int section) {
    long[] total = null;
    for (int s = section; s < sections.length; s += GramRows.SECTIONS_A_FOLD) {
      if (!mask.fits(s / GramRows.SECTIONS_A_FOLD)) {
        continue;
      }
      if (total == null) {
        total = sections[s];
        continue;
      }
      long[] sum = total.clone();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += sections[s][i];
      }
      total = sum;
    }
    return total == null ? new long[sections[section].length] : total;
  }

  private int place(int panelColumn) {
    int dense = design.dense();
    return panelColumn < dense ? panelColumn : design.columns() + panelColumn - dense;
  }

  private void put(double[] matrix, int i, int j, double value) {
    int size = size();
    matrix[i * size + j] = value;
    matrix[j * size + i] = value;
  }

  @Override
  public String toString() {
    return Arrays.deepToString(sections);
  }
}
