package dev.kingpin.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin: lanes are models. */
final class VectorAnswers extends AnswerKernels {

  static final VectorAnswers INSTANCE = new VectorAnswers();

  private static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorTile.SPECIES.vectorShape());
  private static final int LANES = SPECIES.length();

  /** As many floats. */
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

  /** Rows that are summed side by side, which hides the latency of each. */
  private static final int TILE = 4;

  private VectorAnswers() {}

  /** In a tile the vector that spills goes first, and rows that it spills into come later. */
  @Override
  void runSums(Matrix x, DoubleMatrix weights, DoubleMatrix sums) {
    int last = (weights.columns() - 1) / LANES * LANES;
    int r = 0;
    for (; r <= x.rows() - TILE; r += TILE) {
      for (int m = last; m >= 0; m -= LANES) {
        sumFour(x, r, weights, m, sums);
      }
    }
    for (; r < x.rows(); r++) {
      for (int m = last; m >= 0; m -= LANES) {
        sumRow(x, r, weights, m, sums);
      }
    }
  }

  private static void sumFour(Matrix x, int r, DoubleMatrix weights, int m, DoubleMatrix sums) {
    float[] values = x.values();
    double[] from = weights.values();
    int stride = weights.stride();
    int row = weights.offset() + m;
    int x0 = x.rowStart(r);
    int x1 = x0 + x.stride();
    int x2 = x1 + x.stride();
    int x3 = x2 + x.stride();
    DoubleVector sum0 = DoubleVector.fromArray(SPECIES, from, row + x.columns() * stride);
    DoubleVector sum1 = sum0;
    DoubleVector sum2 = sum0;
    DoubleVector sum3 = sum0;
    for (int j = 0; j < x.columns(); j++) {
      DoubleVector weight = DoubleVector.fromArray(SPECIES, from, row);
      sum0 = weight.fma(DoubleVector.broadcast(SPECIES, (double) values[x0 + j]), sum0);
      sum1 = weight.fma(DoubleVector.broadcast(SPECIES, (double) values[x1 + j]), sum1);
      sum2 = weight.fma(DoubleVector.broadcast(SPECIES, (double) values[x2 + j]), sum2);
      sum3 = weight.fma(DoubleVector.broadcast(SPECIES, (double) values[x3 + j]), sum3);
      row += stride;
    }
    int to = sums.offset() + r * sums.stride() + m;
    sum0.intoArray(sums.values(), to);
    sum1.intoArray(sums.values(), to + sums.stride());
    sum2.intoArray(sums.values(), to + 2 * sums.stride());
    sum3.intoArray(sums.values(), to + 3 * sums.stride());
  }

  private static void sumRow(Matrix x, int r, DoubleMatrix weights, int m, DoubleMatrix sums) {
    int row = weights.offset() + m;
    int from = x.rowStart(r);
    DoubleVector sum =
        DoubleVector.fromArray(SPECIES, weights.values(), row + x.columns() * weights.stride());
    for (int j = 0; j < x.columns(); j++) {
      DoubleVector weight = DoubleVector.fromArray(SPECIES, weights.values(), row);
      sum = weight.fma(DoubleVector.broadcast(SPECIES, (double) x.values()[from + j]), sum);
      row += weights.stride();
    }
    sum.intoArray(sums.values(), sums.offset() + r * sums.stride() + m);
  }

  @Override
  void runExp(double[] in, double[] out, int n) {
    VectorDoubleExp.exp(in, out, n);
  }

  @Override
  void runSigmoid(double[] in, double[] out, int n) {
    VectorDoubleExp.sigmoid(in, out, n);
  }

  @Override
  void runAddErrors(AnswerRows rows, double offset, double[] sums) {
    for (int m = 0; m < rows.models(); m += LANES) {
      DoubleVector squared = DoubleVector.fromArray(SPECIES, sums, m);
      DoubleVector absolute = DoubleVector.fromArray(SPECIES, sums, padded(rows.models()) + m);
      int at = m;
      for (int r = 0; r < rows.rows(); r++) {
        DoubleVector error =
            DoubleVector.fromArray(SPECIES, rows.answers(), at)
                .sub(offset)
                .sub((double) rows.truth()[rows.offset() + r]);
        DoubleVector weight = DoubleVector.broadcast(SPECIES, rows.weight(r));
        squared = squared.add(weight.mul(error).mul(error));
        absolute = absolute.add(weight.mul(error.abs()));
        at += rows.models();
      }
      squared.intoArray(sums, m);
      absolute.intoArray(sums, padded(rows.models()) + m);
    }
  }

  @Override
  void runLikelihoods(AnswerRows rows, double least, float[] likelihoods) {
    DoubleVector floor = DoubleVector.broadcast(SPECIES, least);
    for (int r = 0; r < rows.rows(); r++) {
      DoubleVector other = DoubleVector.broadcast(SPECIES, 1.0 - rows.truth()[rows.offset() + r]);
      int end = (r + 1) * rows.models();
      for (int i = r * rows.models(); i < end; i += LANES) {
        DoubleVector given = other.sub(DoubleVector.fromArray(SPECIES, rows.answers(), i)).abs();
        given = given.blend(floor, given.compare(VectorOperators.LT, least));
        FloatVector rounded = (FloatVector) given.convertShape(VectorOperators.D2F, FLOATS, 0);
        rounded.intoArray(likelihoods, i);
      }
    }
  }

  @Override
  void runAddHits(AnswerRows rows, float[] logs, double[] sums) {
    for (int m = 0; m < rows.models(); m += LANES) {
      DoubleVector losses = DoubleVector.fromArray(SPECIES, sums, m);
      DoubleVector hits = DoubleVector.fromArray(SPECIES, sums, padded(rows.models()) + m);
      int at = m;
      for (int r = 0; r < rows.rows(); r++) {
        double weight = rows.weight(r);
        boolean second = rows.truth()[rows.offset() + r] == 1;
        FloatVector log = FloatVector.fromArray(FLOATS, logs, at);
        DoubleVector wide = (DoubleVector) log.convertShape(VectorOperators.F2D, SPECIES, 0);
        losses = losses.sub(wide.mul(weight));
        VectorMask<Double> likely =
            DoubleVector.fromArray(SPECIES, rows.answers(), at).compare(VectorOperators.GE, 0.5);
        DoubleVector hit = DoubleVector.broadcast(SPECIES, second ? 0.0 : weight);
        hits = hits.add(hit.blend(second ? weight : 0.0, likely));
        at += rows.models();
      }
      losses.intoArray(sums, m);
      hits.intoArray(sums, padded(rows.models()) + m);
    }
  }
}
