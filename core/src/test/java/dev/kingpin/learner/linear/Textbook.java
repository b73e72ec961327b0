package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupRows;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.RowMask;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that a fit learns from as a plain design matrix of doubles: active columns, standardised
 * on these rows by two-pass formulas, a column of ones last.
 */
final class Textbook {
  private final List<double[]> rows = new ArrayList<>();
  private final List<Double> targets = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();
  private final int columns;
  private double totalWeight;

  private Textbook(int columns) {
    this.columns = columns;
  }

  static Textbook of(Design design, GroupRows group, Scaling scaling) {
    RowMask mask = new RowMask(1);
    List<Integer> active = new ArrayList<>();
    for (int j = 0; j < design.columns(); j++) {
      if (scaling.active[j]) {
        active.add(j);
      }
    }
    Textbook book = new Textbook(active.size());
    for (int b = 0; b < group.blocks(); b++) {
      RowBlock block = group.block(b);
      for (int r = 0; r < block.rows(); r++) {
        if (mask.fits(block.fold()[block.offset() + r])) {
          book.add(design, block, r, active);
        }
      }
    }
    book.standardise();
    return book;
  }

  private void add(Design design, RowBlock block, int r, List<Integer> active) {
    double[] full = new double[design.columns()];
    int numeric = design.numeric();
    for (int j = 0; j < numeric; j++) {
      float value = block.numeric()[block.numericOffset() + r * numeric + j];
      full[j] = Float.isNaN(value) ? design.centre[j] : value;
    }
    for (int i = 0; i < design.indicators.length; i++) {
      int at = block.numericOffset() + r * numeric + design.indicators[i];
      full[numeric + i] = Float.isNaN(block.numeric()[at]) ? 1 : 0;
    }
    for (int c = 0; c < block.categories(); c++) {
      int code = block.codes()[block.codesOffset() + r * block.categories() + c];
      int column =
          design.column(
              c, Moments.levelOf(code, block.features().categorical().get(c).dictionary()));
      if (column >= 0) {
        full[column] = 1;
      }
    }
    double[] row = new double[columns + 1];
    for (int i = 0; i < columns; i++) {
      row[i] = full[active.get(i)];
    }
    row[columns] = 1;
    rows.add(row);
    targets.add((double) block.target()[block.offset() + r]);
    double weight = block.weight() == null ? 1 : block.weight()[block.offset() + r];
    weights.add(weight);
    totalWeight += weight;
  }

  private void standardise() {
    for (int j = 0; j < columns; j++) {
      double mean = 0;
      double square = 0;
      for (int r = 0; r < rows(); r++) {
        mean += weight(r) * x(r, j) / totalWeight();
      }
      for (int r = 0; r < rows(); r++) {
        square += weight(r) * (x(r, j) - mean) * (x(r, j) - mean) / totalWeight();
      }
      for (double[] row : rows) {
        row[j] = (row[j] - mean) / Math.sqrt(square);
      }
    }
  }

  int rows() {
    return rows.size();
  }

  /** Columns without the ones. */
  int columns() {
    return columns;
  }

  double x(int row, int column) {
    return rows.get(row)[column];
  }

  double y(int row) {
    return targets.get(row);
  }

  double weight(int row) {
    return weights.get(row);
  }

  double totalWeight() {
    return totalWeight;
  }

  double score(int row, double[] beta) {
    double sum = 0;
    for (int i = 0; i < beta.length; i++) {
      sum += beta[i] * x(row, i);
    }
    return sum;
  }

  static double squaredLength(double[] beta) {
    double sum = 0;
    for (int i = 0; i < beta.length - 1; i++) {
      sum += beta[i] * beta[i];
    }
    return sum;
  }

  static double largest(double[] beta) {
    double largest = 0;
    for (double b : beta) {
      largest = Math.max(largest, Math.abs(b));
    }
    return largest;
  }
}
