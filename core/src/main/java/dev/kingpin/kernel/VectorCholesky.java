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

  private static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorTile.SPECIES.vectorShape());
  private static final int LANES = SPECIES.length();

  void solve(boolean[] failed) {
    int s = 0;
    for (; s <= batch - LANES; s += LANES) {
      VectorMask<Double> sound = factor(s);
      forward(s);
      backward(s, sound);
      for (int lane = 0; lane < LANES; lane++) {
        failed[s + lane] = !sound.laneIsSet(lane);
      }
    }
    ScalarCholesky rest = new ScalarCholesky(a, b, p, batch, tolerance);
    for (; s < batch; s++) {
      rest.solve(s, failed);
    }
  }

  /** Factors the systems from s on; returns which of them had good pivots only. */
  private VectorMask<Double> factor(int s) {
    VectorMask<Double> sound = SPECIES.maskAll(true);
    for (int i = 0; i < p; i++) {
      DoubleVector diagonal = load(a, at(i, i, s));
      DoubleVector pivot = reduced(i, i, s);
      VectorMask<Double> good =
          pivot
              .compare(VectorOperators.GT, diagonal.mul(tolerance))
              .and(pivot.compare(VectorOperators.LE, Double.MAX_VALUE));
      sound = sound.and(good);
      DoubleVector safe = DoubleVector.broadcast(SPECIES, 1.0).blend(pivot, good);
      DoubleVector inverse = DoubleVector.broadcast(SPECIES, 1.0).div(safe.sqrt());
      inverse.intoArray(a, at(i, i, s));
      int j = i + 1;
      for (; j <= p - 4; j += 4) {
        four(i, j, s, inverse);
      }
      for (; j < p; j++) {
        reduced(i, j, s).mul(inverse).intoArray(a, at(i, j, s));
      }
    }
    return sound;
  }

  /** Entries (i, j) to (i, j + 3) of R: four chains at a time hide the latency of each. */
  private void four(int i, int j, int s, DoubleVector inverse) {
    int to = at(i, j, s);
    DoubleVector sum0 = load(a, to);
    DoubleVector sum1 = load(a, to + batch);
    DoubleVector sum2 = load(a, to + 2 * batch);
    DoubleVector sum3 = load(a, to + 3 * batch);
    int factor = at(0, i, s);
    int from = at(0, j, s);
    for (int k = 0; k < i; k++) {
      DoubleVector x = load(a, factor).neg();
      sum0 = x.fma(load(a, from), sum0);
      sum1 = x.fma(load(a, from + batch), sum1);
      sum2 = x.fma(load(a, from + 2 * batch), sum2);
      sum3 = x.fma(load(a, from + 3 * batch), sum3);
      factor += p * batch;
      from += p * batch;
    }
    sum0.mul(inverse).intoArray(a, to);
    sum1.mul(inverse).intoArray(a, to + batch);
    sum2.mul(inverse).intoArray(a, to + 2 * batch);
    sum3.mul(inverse).intoArray(a, to + 3 * batch);
  }

  private DoubleVector reduced(int i, int j, int s) {
    DoubleVector sum = load(a, at(i, j, s));
    for (int k = 0; k < i; k++) {
      sum = load(a, at(k, i, s)).neg().fma(load(a, at(k, j, s)), sum);
    }
    return sum;
  }

  private void forward(int s) {
    for (int i = 0; i < p; i++) {
      DoubleVector sum = load(b, i * batch + s);
      for (int k = 0; k < i; k++) {
        sum = load(a, at(k, i, s)).neg().fma(load(b, k * batch + s), sum);
      }
      sum.mul(load(a, at(i, i, s))).intoArray(b, i * batch + s);
    }
  }

  private void backward(int s, VectorMask<Double> sound) {
    for (int i = p - 1; i >= 0; i--) {
      DoubleVector sum = load(b, i * batch + s);
      for (int k = i + 1; k < p; k++) {
        sum = load(a, at(i, k, s)).neg().fma(load(b, k * batch + s), sum);
      }
      sum.mul(load(a, at(i, i, s))).intoArray(b, i * batch + s);
    }
    for (int i = 0; i < p; i++) {
      DoubleVector solution = load(b, i * batch + s);
      DoubleVector.broadcast(SPECIES, Double.NaN)
          .blend(solution, sound)
          .intoArray(b, i * batch + s);
    }
  }

  private static DoubleVector load(double[] values, int at) {
    return DoubleVector.fromArray(SPECIES, values, at);
  }

  private int at(int i, int j, int s) {
    return (i * p + j) * batch + s;
  }
}
