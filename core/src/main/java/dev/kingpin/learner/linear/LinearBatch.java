package dev.kingpin.learner.linear;

import dev.kingpin.data.Dictionary;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.AnswerKernels;
import dev.kingpin.kernel.DoubleMatrix;
import dev.kingpin.kernel.Matrix;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelBatch;
import dev.kingpin.learner.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Linear models side by side: a sum for each output of each model, all in one pass over the rows.
 * Constants among the models are written down; those at the end are not even summed.
 *
 * <p>All models but the constants have the same link.
 */
final class LinearBatch implements ModelBatch {
  private final List<LinearModel> models;
  private final boolean[] constant; // (models)
  private final Link link;
  private final int outputs;
  private final int summed; // models before the constants at the end
  private final DoubleMatrix weights; // (numeric features + 1, summed * outputs)
  private final boolean[] follows; // (models): has the levels of the model before it

  private LinearBatch(List<LinearModel> models, boolean[] constant) {
    this.models = models;
    this.constant = constant;
    outputs = models.get(0).width();
    int last = models.size() - 1;
    while (last >= 0 && constant[last]) {
      last--;
    }
    summed = last + 1;
    link = models.get(Math.max(0, last)).link();
    follows = new boolean[models.size()];
    int columns = summed * outputs;
    int numeric = models.get(0).means().length;
    int stride = AnswerKernels.padded(columns);
    weights = new DoubleMatrix(new double[(numeric + 1) * stride], 0, numeric + 1, columns, stride);
    for (int m = 0; m < summed; m++) {
      follows[m] = m > 0 && Arrays.deepEquals(models.get(m).levels(), models.get(m - 1).levels());
      fill(models.get(m).terms(), m * outputs);
    }
  }

  /** The models as a batch, whatever they are. */
  static ModelBatch of(List<? extends Model> models) {
    List<LinearModel> linear = new ArrayList<>();
    boolean[] constant = new boolean[models.size()];
    Set<Link> links = EnumSet.noneOf(Link.class);
    for (Model model : models) {
      if (!(model instanceof LinearModel each) || each.width() != models.get(0).width()) {
        return ModelBatch.oneByOne(models);
      }
      constant[linear.size()] = each.isConstant();
      if (!each.isConstant()) {
        links.add(each.link());
      }
      linear.add(each);
    }
    return linear.isEmpty() || links.size() > 1
        ? ModelBatch.oneByOne(models)
        : new LinearBatch(linear, constant);
  }

  private void fill(Terms terms, int column) {
    int numeric = weights.rows() - 1;
    for (int k = 0; k < outputs; k++) {
      int at = column + k;
      for (int j = 0; j < numeric; j++, at += weights.stride()) {
        weights.values()[at] = terms.coefficients()[k * numeric + j];
      }
      weights.values()[at] = terms.intercepts()[k];
    }
  }

  @Override
  public int size() {
    return models.size();
  }

  @Override
  public int width() {
    return outputs;
  }

  @Override
  public void predict(RowBlock block, double[] predictions, Workspace workspace) {
    int rows = block.rows();
    int stride = models.size() * outputs;
    if (summed > 0) {
      Matrix x =
          new Matrix(block.numeric(), block.numericOffset(), rows, block.width(), block.width());
      DoubleMatrix sums = new DoubleMatrix(predictions, 0, rows, summed * outputs, stride);
      workspace.kernels().answers().sums(x, weights, sums);
      mendMissing(block, predictions);
      for (int c = 0; c < block.categories(); c++) {
        addLevels(c, block, predictions);
      }
      link.apply(predictions, rows * models.size(), outputs);
    }
    for (int m = 0; m < models.size(); m++) {
      if (constant[m]) {
        write(models.get(m), rows, predictions, m * outputs);
      }
    }
  }

  /** A missing value has made all sums of its row NaNs. */
  private void mendMissing(RowBlock block, double[] sums) {
    int stride = models.size() * outputs;
    for (int r = 0; r < block.rows(); r++) {
      if (Double.isNaN(sums[r * stride])) {
        for (int m = 0; m < summed; m++) {
          models.get(m).sumWithMissing(block, r, sums, r * stride + m * outputs);
        }
      }
    }
  }

  /** Adds a categorical feature to the sums. */
  private void addLevels(int category, RowBlock block, double[] sums) {
    Dictionary dictionary = block.features().categorical().get(category).dictionary();
    int code = block.codesOffset() + category;
    for (int r = 0; r < block.rows(); r++, code += block.categories()) {
      int level = Moments.levelOf(block.codes()[code], dictionary);
      int at = 0;
      for (int m = 0; m < summed; m++) {
        LinearModel model = models.get(m);
        at = follows[m] ? at : Arrays.binarySearch(model.levels()[category], level);
        if (at >= 0) {
          model.addLevel(category, at, sums, (r * models.size() + m) * outputs);
        }
      }
    }
  }

  /** Writes what a constant model answers, from {@code to} on. */
  private void write(LinearModel model, int rows, double[] predictions, int to) {
    double[] answer = model.terms().intercepts().clone();
    model.link().apply(answer, 1, outputs);
    int stride = models.size() * outputs;
    for (int r = 0; r < rows; r++) {
      System.arraycopy(answer, 0, predictions, to + r * stride, outputs);
    }
  }
}
