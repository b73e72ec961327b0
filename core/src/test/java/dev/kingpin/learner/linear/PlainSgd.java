package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupRows;
import dev.kingpin.data.RowBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stochastic steps as a textbook takes them: row by row, in doubles, one fit at a time. */
final class PlainSgd {
  private final Loss loss;
  private final Design design;
  private final Scaling scaling;
  private final int outputs;
  private final double[] divisor; // (columns + 1)
  private final List<List<double[]>> blocks = new ArrayList<>(); // rows learned from
  private final List<List<double[]>> targets = new ArrayList<>(); // target and relative weight
  final double[] weights; // (columns + 1, outputs), of columns over their divisors

  PlainSgd(Loss loss, GroupRows rows, int batch, double[] start) {
    this.loss = loss;
    Moments moments = ModelFixture.moments(rows, SgdFixture.HOLDOUT);
    design = Design.of(moments);
    scaling = Scaling.of(design, moments);
    outputs = loss.outputs(rows.stats());
    divisor = new double[design.columns() + 1];
    for (int j = 0; j < design.columns(); j++) {
      double least = 1 / (4 * Math.sqrt(batch));
      divisor[j] = scaling.active[j] ? Math.max(scaling.deviation[j], least) : Double.NaN;
    }
    divisor[design.columns()] = 1;
    weights = new double[(design.columns() + 1) * outputs];
    System.arraycopy(start, 0, weights, design.columns() * outputs, outputs);
    for (int b = 0; b < rows.blocks(); b++) {
      add(rows.block(b), scaling.weight * rows.stats().maximumWeight() / moments.rows(Moments.FIT));
    }
  }

  private void add(RowBlock block, double meanWeight) {
    List<double[]> inputs = new ArrayList<>();
    List<double[]> answers = new ArrayList<>();
    for (int r = 0; r < block.rows(); r++) {
      if (SgdFixture.HOLDOUT.fits(block.fold()[block.offset() + r])) {
        double[] row = ModelFixture.row(design, block, r);
        for (int j = 0; j < row.length; j++) {
          row[j] = Double.isNaN(divisor[j]) ? 0 : row[j] / divisor[j];
        }
        inputs.add(row);
        double target = block.target()[block.offset() + r];
        float[] given = block.weight();
        double weight = (given == null ? 1 : given[block.offset() + r]) / meanWeight;
        answers.add(new double[] {target, weight});
      }
    }
    blocks.add(inputs);
    targets.add(answers);
  }

  /** Learns for some epochs; rates are those of the steps themselves. */
  void learn(int epochs, int batch, double rate, double l1, double l2) {
    for (int e = 0; e < epochs; e++) {
      for (int b = 0; b < blocks.size(); b++) {
        int rows = blocks.get(b).size();
        int batches = (rows + batch - 1) / batch;
        for (int i = 0; i < batches; i++) {
          int from = rows * i / batches;
          int to = rows * (i + 1) / batches;
          step(b, from, to, rate * (to - from) / batch, l1, l2);
        }
      }
    }
  }

  private void step(int block, int from, int to, double rate, double l1, double l2) {
    double[] gradient = new double[weights.length];
    for (int i = from; i < to; i++) {
      double[] row = blocks.get(block).get(i);
      double[] residual = residual(row, targets.get(block).get(i)[0]);
      for (int j = 0; j < row.length; j++) {
        for (int k = 0; k < outputs; k++) {
          double share = targets.get(block).get(i)[1] / (to - from);
          gradient[j * outputs + k] += share * residual[k] * row[j];
        }
      }
    }
    for (int at = 0; at < weights.length; at++) {
      int j = at / outputs;
      boolean isFree = j == design.columns() || Double.isNaN(divisor[j]);
      double ratio = isFree ? 0 : scaling.deviation[j] / divisor[j];
      double moved = weights[at] - rate * gradient[at];
      double shrunk = Math.max(0, Math.abs(moved) - rate * l1 * ratio);
      weights[at] = Math.signum(moved) * shrunk / (1 + rate * l2 * ratio * ratio);
    }
  }

  private double[] residual(double[] row, double target) {
    double[] sums = new double[outputs];
    for (int at = 0; at < weights.length; at++) {
      sums[at % outputs] += row[at / outputs] * weights[at];
    }
    switch (loss) {
      case SQUARED -> sums[0] -= design.targets.scaled(target);
      case LOGISTIC -> sums[0] = 1 / (1 + Math.exp(-sums[0])) - target;
      case POISSON -> sums[0] = Math.exp(sums[0]) - target - design.group().targetOffset();
      case SOFTMAX -> {
        double total = Arrays.stream(sums).map(Math::exp).sum();
        for (int k = 0; k < outputs; k++) {
          sums[k] = Math.exp(sums[k]) / total - (k == (int) target ? 1 : 0);
        }
      }
    }
    return sums;
  }

  /** (columns + 1, outputs), in design coordinates. */
  double[] inDesign() {
    double[] result = weights.clone();
    for (int at = 0; at < result.length; at++) {
      double by = divisor[at / outputs];
      result[at] = Double.isNaN(by) ? 0 : result[at] / by;
    }
    return result;
  }
}
