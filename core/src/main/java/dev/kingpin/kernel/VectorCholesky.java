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
      for (int lane = 0; lane < LANES && !sound.allTrue(); lane++) {
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
    VectorMask<Double> sound = SPECIES.maskAll(true);
    int i = 0;
    for (; i < p - 1; i += 2) {
      sound = sound.and(twoRows(i, s));
    }
    if (i < p) {
      DoubleVector diagonal = at(i, i, s);
      sound = sound.and(pivot(i, diagonal, reduced(i, i, s), s));
    }
    return sound;
  }

  /** Makes rows i and i + 1 of R. */
  private VectorMask<Double> twoRows(int i, int s) {
    DoubleVector first = at(i, i, s);
    DoubleVector second = at(i + 1, i + 1, s);
    reduceCorner(i, s);
    int j = i + 2;
    for (; j <= p - 4; j += 4) {
      reduceFour(i, j, s);
    }
    for (; j < p; j++) {
      reduceOne(i, j, s);
    }
    VectorMask<Double> sound = pivot(i, first, at(i, i, s), s);
    DoubleVector inverse = at(i, i, s);
    DoubleVector factor = at(i, i + 1, s).mul(inverse);
    factor.intoArray(a, place(i, i + 1, s));
    factor = factor.neg();
    sound = sound.and(pivot(i + 1, second, factor.fma(factor.neg(), at(i + 1, i + 1, s)), s));
    scale(i, s);
    return sound;
  }

  /** Ends rows i and i + 1 right of their corner. */
  private void scale(int i, int s) {
    double[] r = a;
    DoubleVector inverse = at(i, i, s);
    DoubleVector factor = at(i, i + 1, s).neg();
    DoubleVector next = at(i + 1, i + 1, s);
    int upper = place(i, i + 2, s);
    int lower = place(i + 1, i + 2, s);
    for (int j = i + 2; j < p; j++) {
      DoubleVector entry = DoubleVector.fromArray(SPECIES, r, upper).mul(inverse);
      entry.intoArray(r, upper);
      factor.fma(entry, DoubleVector.fromArray(SPECIES, r, lower)).mul(next).intoArray(r, lower);
      upper += batch;
      lower += batch;
    }
  }

  /** Writes one over the root of a pivot; returns where it is good. */
  private VectorMask<Double> pivot(int i, DoubleVector diagonal, DoubleVector pivot, int s) {
    VectorMask<Double> good =
        pivot
            .compare(VectorOperators.GT, diagonal.mul(tolerance))
            .and(pivot.compare(VectorOperators.LE, Double.MAX_VALUE));
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    one.div(one.blend(pivot, good).sqrt()).intoArray(a, place(i, i, s));
    return good;
  }

  /** Takes from entries (i, i), (i, i + 1) and (i + 1, i + 1) what the rows above explain. */
  private void reduceCorner(int i, int s) {
    DoubleVector sum0 = at(i, i, s);
    DoubleVector sum1 = at(i, i + 1, s);
    DoubleVector sum2 = at(i + 1, i + 1, s);
    int from = place(0, i, s);
    for (int k = 0; k < i; k++) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, a, from);
      DoubleVector y = DoubleVector.fromArray(SPECIES, a, from + batch);
      DoubleVector u = x.neg();
      sum0 = u.fma(x, sum0);
      sum1 = u.fma(y, sum1);
      sum2 = y.neg().fma(y, sum2);
      from += down(k);
    }
    sum0.intoArray(a, place(i, i, s));
    sum1.intoArray(a, place(i, i + 1, s));
    sum2.intoArray(a, place(i + 1, i + 1, s));
  }

  /** Rows i and i + 1, columns j to j + 3: eight chains hide the latency of each. */
  private void reduceFour(int i, int j, int s) {
    double[] r = a;
    int upper = place(i, j, s);
    int lower = place(i + 1, j, s);
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, r, upper);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, r, upper + batch);
    DoubleVector c02 = DoubleVector.fromArray(SPECIES, r, upper + 2 * batch);
    DoubleVector c03 = DoubleVector.fromArray(SPECIES, r, upper + 3 * batch);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, r, lower);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, r, lower + batch);
    DoubleVector c12 = DoubleVector.fromArray(SPECIES, r, lower + 2 * batch);
    DoubleVector c13 = DoubleVector.fromArray(SPECIES, r, lower + 3 * batch);
    int factor = place(0, i, s);
    int from = place(0, j, s);
    for (int k = 0; k < i; k++) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, r, factor).neg();
      DoubleVector y = DoubleVector.fromArray(SPECIES, r, factor + batch).neg();
      DoubleVector u = DoubleVector.fromArray(SPECIES, r, from);
      c00 = x.fma(u, c00);
      c10 = y.fma(u, c10);
      u = DoubleVector.fromArray(SPECIES, r, from + batch);
      c01 = x.fma(u, c01);
      c11 = y.fma(u, c11);
      u = DoubleVector.fromArray(SPECIES, r, from + 2 * batch);
      c02 = x.fma(u, c02);
      c12 = y.fma(u, c12);
      u = DoubleVector.fromArray(SPECIES, r, from + 3 * batch);
      c03 = x.fma(u, c03);
      c13 = y.fma(u, c13);
      factor += down(k);
      from += down(k);
    }
    c00.intoArray(r, upper);
    c01.intoArray(r, upper + batch);
    c02.intoArray(r, upper + 2 * batch);
    c03.intoArray(r, upper + 3 * batch);
    c10.intoArray(r, lower);
    c11.intoArray(r, lower + batch);
    c12.intoArray(r, lower + 2 * batch);
    c13.intoArray(r, lower + 3 * batch);
  }

  /** Rows i and i + 1, column j. */
  private void reduceOne(int i, int j, int s) {
    DoubleVector sum0 = at(i, j, s);
    DoubleVector sum1 = at(i + 1, j, s);
    int factor = place(0, i, s);
    int from = place(0, j, s);
    for (int k = 0; k < i; k++) {
      DoubleVector u = DoubleVector.fromArray(SPECIES, a, from);
      sum0 = DoubleVector.fromArray(SPECIES, a, factor).neg().fma(u, sum0);
      sum1 = DoubleVector.fromArray(SPECIES, a, factor + batch).neg().fma(u, sum1);
      factor += down(k);
      from += down(k);
    }
    sum0.intoArray(a, place(i, j, s));
    sum1.intoArray(a, place(i + 1, j, s));
  }

  /** Entry (i, j) less what the rows above explain. */
  private DoubleVector reduced(int i, int j, int s) {
    DoubleVector sum = at(i, j, s);
    for (int k = 0; k < i; k++) {
      sum = at(k, i, s).neg().fma(at(k, j, s), sum);
    }
    return sum;
  }

  /** Each unknown that is known leaves the sums of all later ones. */
  private void forward(int s) {
    for (int k = 0; k < p; k++) {
      int from = place(k, k, s);
      DoubleVector known =
          DoubleVector.fromArray(SPECIES, b, k * batch + s)
              .mul(DoubleVector.fromArray(SPECIES, a, from));
      known.intoArray(b, k * batch + s);
      for (int i = k + 1, to = i * batch + s; i < p; i++, to += batch) {
        from += batch;
        DoubleVector x = DoubleVector.fromArray(SPECIES, a, from).neg();
        x.fma(known, DoubleVector.fromArray(SPECIES, b, to)).intoArray(b, to);
      }
    }
  }

  private void backward(int s) {
    for (int i = p - 1; i >= 0; i--) {
      DoubleVector sum = DoubleVector.fromArray(SPECIES, b, i * batch + s);
      int from = place(i, i, s);
      for (int k = i + 1, at = k * batch + s; k < p; k++, at += batch) {
        from += batch;
        DoubleVector x = DoubleVector.fromArray(SPECIES, a, from).neg();
        sum = x.fma(DoubleVector.fromArray(SPECIES, b, at), sum);
      }
      sum.mul(at(i, i, s)).intoArray(b, i * batch + s);
    }
  }

  private DoubleVector at(int i, int j, int s) {
    return DoubleVector.fromArray(SPECIES, a, place(i, j, s));
  }

  /** Where entry (i, j) of the systems from s on stands. */
  private int place(int i, int j, int s) {
    return (ColumnKernels.diagonal(i, p) + j - i) * batch + s;
  }

  /** The way from an entry of row k to the one below it. */
  private int down(int k) {
    return (p - 1 - k) * batch;
  }
}
