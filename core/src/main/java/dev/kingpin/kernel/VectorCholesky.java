package dev.kingpin.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarCholesky} for as many systems as a vector has doubles. A failed system goes on with
 * a pivot of one, so that its neighbours keep their pace, and gets its NaN at the end.
 */
@SuppressWarnings("ArrayRecordComponent") // the arguments of one call, never compared
record VectorCholesky(double[] a, double[] b, int p, int batch, double tolerance) {

  static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorTile.SPECIES.vectorShape());
  private static final int LANES = SPECIES.length();

  void solve(boolean[] failed) {
    int s = 0;
    for (; s <= batch - LANES; s += LANES) {
      VectorMask<Double> sound = factor(s);
      forward(s);
      backward(s);
      for (int lane = 0; lane < LANES; lane++) {
        if (!sound.laneIsSet(lane)) {
          fail(s + lane, failed);
        }
      }
    }
    if (s < batch) {
      rest(s, failed);
    }
  }

  /** The systems from s on, which do not fill a vector, one by one. */
  private void rest(int s, boolean[] failed) {
    DenseCholesky dense = new DenseCholesky(p);
    for (int t = s; t < batch; t++) {
      if (!dense.solve(a, b, batch, t, tolerance)) {
        fail(t, failed);
      }
    }
  }

  private void fail(int s, boolean[] failed) {
    failed[s] = true;
    for (int i = 0; i < p; i++) {
      b[i * batch + s] = Double.NaN;
    }
  }

  /** Factors the systems from s on; returns which of them had good pivots only. */
  private VectorMask<Double> factor(int s) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    VectorMask<Double> sound = SPECIES.maskAll(true);
    for (int i = 0; i < p; i++) {
      DoubleVector diagonal = DoubleVector.fromArray(SPECIES, a, at(i, i, s));
      reduceRow(i, s);
      DoubleVector pivot = DoubleVector.fromArray(SPECIES, a, at(i, i, s));
      VectorMask<Double> good =
          pivot
              .compare(VectorOperators.GT, diagonal.mul(tolerance))
              .and(pivot.compare(VectorOperators.LE, Double.MAX_VALUE));
      sound = sound.and(good);
      DoubleVector inverse = one.div(one.blend(pivot, good).sqrt());
      inverse.intoArray(a, at(i, i, s));
      for (int j = i + 1; j < p; j++) {
        DoubleVector.fromArray(SPECIES, a, at(i, j, s)).mul(inverse).intoArray(a, at(i, j, s));
      }
    }
    return sound;
  }

  /** Takes from row i what the rows above explain. */
  private void reduceRow(int i, int s) {
    int j = i;
    for (; j <= p - 4; j += 4) {
      reduceFour(i, j, s);
    }
    for (; j < p; j++) {
      reduce(i, j, s);
    }
  }

  /** Entries (i, j) to (i, j + 3): four chains at a time hide the latency of each. */
  private void reduceFour(int i, int j, int s) {
    int to = at(i, j, s);
    DoubleVector sum0 = DoubleVector.fromArray(SPECIES, a, to);
    DoubleVector sum1 = DoubleVector.fromArray(SPECIES, a, to + batch);
    DoubleVector sum2 = DoubleVector.fromArray(SPECIES, a, to + 2 * batch);
    DoubleVector sum3 = DoubleVector.fromArray(SPECIES, a, to + 3 * batch);
    int factor = at(0, i, s);
    int from = at(0, j, s);
    for (int k = 0; k < i; k++) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, a, factor).neg();
      sum0 = x.fma(DoubleVector.fromArray(SPECIES, a, from), sum0);
      sum1 = x.fma(DoubleVector.fromArray(SPECIES, a, from + batch), sum1);
      sum2 = x.fma(DoubleVector.fromArray(SPECIES, a, from + 2 * batch), sum2);
      sum3 = x.fma(DoubleVector.fromArray(SPECIES, a, from + 3 * batch), sum3);
      factor += p * batch;
      from += p * batch;
    }
    sum0.intoArray(a, to);
    sum1.intoArray(a, to + batch);
    sum2.intoArray(a, to + 2 * batch);
    sum3.intoArray(a, to + 3 * batch);
  }

  private void reduce(int i, int j, int s) {
    DoubleVector sum = DoubleVector.fromArray(SPECIES, a, at(i, j, s));
    for (int k = 0; k < i; k++) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, a, at(k, i, s)).neg();
      sum = x.fma(DoubleVector.fromArray(SPECIES, a, at(k, j, s)), sum);
    }
    sum.intoArray(a, at(i, j, s));
  }

  private void forward(int s) {
    for (int i = 0; i < p; i++) {
      DoubleVector sum = DoubleVector.fromArray(SPECIES, b, i * batch + s);
      for (int k = 0; k < i; k++) {
        DoubleVector x = DoubleVector.fromArray(SPECIES, a, at(k, i, s)).neg();
        sum = x.fma(DoubleVector.fromArray(SPECIES, b, k * batch + s), sum);
      }
      sum.mul(DoubleVector.fromArray(SPECIES, a, at(i, i, s))).intoArray(b, i * batch + s);
    }
  }

  private void backward(int s) {
    for (int i = p - 1; i >= 0; i--) {
      DoubleVector sum = DoubleVector.fromArray(SPECIES, b, i * batch + s);
      for (int k = i + 1; k < p; k++) {
        DoubleVector x = DoubleVector.fromArray(SPECIES, a, at(i, k, s)).neg();
        sum = x.fma(DoubleVector.fromArray(SPECIES, b, k * batch + s), sum);
      }
      sum.mul(DoubleVector.fromArray(SPECIES, a, at(i, i, s))).intoArray(b, i * batch + s);
    }
  }

  private int at(int i, int j, int s) {
    return (i * p + j) * batch + s;
  }
}
