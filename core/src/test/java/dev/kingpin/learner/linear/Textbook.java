package dev.kingpin.learner.linear;

import dev.kingpin.data.Dictionary;
import dev.kingpin.data.Feature;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.RowMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rows that a fit learns from as a plain design matrix of doubles, made as the pages for users
 * say: missing numbers count as the group's mean and have an indicator if ten rows miss them and
 * ten do not; the most frequent level is the reference. Columns are standardised on these rows by
 * two-pass formulas, those that do not vary there are left out, and a column of ones is last.
 */
final class Textbook {
  static final String INTERCEPT = "intercept";
  private static final int INDICATOR_ROWS = 10;

  private final GroupRows group;
  private final List<double[]> rows = new ArrayList<>();
  private final List<Double> targets = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>(); // without the ones
  private double totalWeight;

  private Textbook(GroupRows group) {
    this.group = group;
  }

  /** How a row's value in a column is found. */
  private interface Cell {
    double of(RowBlock block, int row);
  }

  /** A column, how it was standardised, and what users must add to it for its own zero. */
  private static final class Column {
    final String name;
    final Cell cell;
    final double offset;
    double mean;
    double deviation;

    Column(String name, Cell cell, double offset) {
      this.name = name;
      this.cell = cell;
      this.offset = offset;
    }
  }

  static Textbook of(GroupRows group, RowMask mask) {
    Textbook book = new Textbook(group);
    book.numericColumns();
    for (int c = 0; c < group.stats().features().categorical().size(); c++) {
      book.levelColumns(c);
    }
    for (int b = 0; b < group.blocks(); b++) {
      RowBlock block = group.block(b);
      for (int r = 0; r < block.rows(); r++) {
        if (mask.fits(block.fold()[block.offset() + r])) {
          book.add(block, r);
        }
      }
    }
    book.standardise();
    return book;
  }

  private void numericColumns() {
    List<Feature.Numeric> features = group.stats().features().numeric();
    List<Column> indicators = new ArrayList<>();
    for (int j = 0; j < features.size(); j++) {
      int at = j;
      double mean = group.stats().mean()[j];
      double offset = features.get(j).offset();
      String name = features.get(j).name();
      Cell missing = (block, r) -> Double.isNaN(number(block, r, at)) ? 1 : 0;
      Cell cell = (block, r) -> missing.of(block, r) == 1 ? mean : number(block, r, at);
      columns.add(new Column(name, cell, offset));
      int gaps = group.stats().missing()[j];
      if (gaps >= INDICATOR_ROWS && group.rows() - gaps >= INDICATOR_ROWS) {
        indicators.add(new Column(name + " is missing", missing, 0));
      }
    }
    columns.addAll(indicators);
  }

  private static double number(RowBlock block, int row, int feature) {
    return block.numeric()[block.numericOffset() + row * block.width() + feature];
  }

  private void levelColumns(int category) {
    Feature.Categorical feature = group.stats().features().categorical().get(category);
    Dictionary dictionary = feature.dictionary();
    int[] counts = new int[dictionary.size() + 1]; // NULL last
    for (int b = 0; b < group.blocks(); b++) {
      RowBlock block = group.block(b);
      for (int r = 0; r < block.rows(); r++) {
        counts[level(block, r, category, dictionary)]++;
      }
    }
    int reference = 0;
    for (int l = 1; l < counts.length; l++) {
      reference = counts[l] > counts[reference] ? l : reference;
    }
    for (int l = 0; l < counts.length; l++) {
      if (counts[l] > 0 && l != reference) {
        int level = l;
        String value = l == dictionary.size() ? "NULL" : dictionary.value(l);
        Cell cell = (block, r) -> level(block, r, category, dictionary) == level ? 1 : 0;
        columns.add(new Column(feature.name() + " = " + value, cell, 0));
      }
    }
  }

  private static int level(RowBlock block, int row, int category, Dictionary dictionary) {
    int code = block.codes()[block.codesOffset() + row * block.categories() + category];
    return code == Dictionary.NULL ? dictionary.size() : code;
  }

  private void add(RowBlock block, int r) {
    rows.add(columns.stream().mapToDouble(c -> c.cell.of(block, r)).toArray());
    targets.add((double) block.target()[block.offset() + r]);
    double weight = block.weight() == null ? 1 : block.weight()[block.offset() + r];
    weights.add(weight);
    totalWeight += weight;
  }

  private void standardise() {
    List<Integer> active = new ArrayList<>();
    for (int j = 0; j < columns.size(); j++) {
      Column column = columns.get(j);
      for (int r = 0; r < rows(); r++) {
        column.mean += weight(r) * x(r, j) / totalWeight();
      }
      double square = 0;
      for (int r = 0; r < rows(); r++) {
        square += weight(r) * (x(r, j) - column.mean) * (x(r, j) - column.mean) / totalWeight();
      }
      column.deviation = Math.sqrt(square);
      if (square > 0) {
        active.add(j);
      }
    }
    List<Column> kept = active.stream().map(columns::get).toList();
    for (int r = 0; r < rows(); r++) {
      double[] row = new double[kept.size() + 1];
      for (int i = 0; i < kept.size(); i++) {
        row[i] = (x(r, active.get(i)) - kept.get(i).mean) / kept.get(i).deviation;
      }
      row[kept.size()] = 1;
      rows.set(r, row);
    }
    columns.clear();
    columns.addAll(kept);
  }

  /** The weights that users see, in the coordinates of this matrix, the intercept last. */
  double[] standardised(Map<String, Double> shown) {
    double[] beta = new double[columns() + 1];
    double intercept = shown.getOrDefault(INTERCEPT, Double.NaN) - group.stats().targetOffset();
    for (int j = 0; j < columns(); j++) {
      Column column = columns.get(j);
      double weight = shown.getOrDefault(column.name, 0.0);
      beta[j] = weight * column.deviation;
      intercept += weight * (column.mean + column.offset);
    }
    beta[columns()] = intercept;
    return beta;
  }

  int rows() {
    return rows.size();
  }

  /** Columns without the ones. */
  int columns() {
    return columns.size();
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
