package dev.kingpin.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DoubleExp} for whole vectors, step by step the same. Each loop stands alone, as those of
 * {@link VectorElementwise} do.
 */
final class VectorDoubleExp {

  private static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorTile.SPECIES.vectorShape());
  private static final int LANES = SPECIES.length();
  private static final long MAGIC_BITS = Double.doubleToRawLongBits(DoubleExp.MAGIC);

  private VectorDoubleExp() {}

  static void exp(double[] in, double[] out, int n) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, in, i);
      x = x.blend(DoubleExp.MIN, x.compare(LT, DoubleExp.MIN));
      x = x.blend(DoubleExp.MAX, x.compare(GT, DoubleExp.MAX));
      DoubleVector shifted =
          x.fma(
              DoubleVector.broadcast(SPECIES, DoubleExp.LOG2_E),
              DoubleVector.broadcast(SPECIES, DoubleExp.MAGIC));
      DoubleVector k = shifted.sub(DoubleExp.MAGIC);
      DoubleVector r = k.fma(DoubleVector.broadcast(SPECIES, -DoubleExp.LN2), x);
      r = k.fma(DoubleVector.broadcast(SPECIES, -DoubleExp.LN2_REST), r);
      DoubleVector square = r.mul(r);
      DoubleVector odd = DoubleVector.broadcast(SPECIES, DoubleExp.F13);
      DoubleVector even = DoubleVector.broadcast(SPECIES, DoubleExp.F12);
      odd = odd.lanewise(FMA, square, DoubleExp.F11);
      even = even.lanewise(FMA, square, DoubleExp.F10);
      odd = odd.lanewise(FMA, square, DoubleExp.F9);
      even = even.lanewise(FMA, square, DoubleExp.F8);
      odd = odd.lanewise(FMA, square, DoubleExp.F7);
      even = even.lanewise(FMA, square, DoubleExp.F6);
      odd = odd.lanewise(FMA, square, DoubleExp.F5);
      even = even.lanewise(FMA, square, DoubleExp.F4);
      odd = odd.lanewise(FMA, square, DoubleExp.F3);
      even = even.lanewise(FMA, square, DoubleExp.F2);
      DoubleVector value = odd.fma(r, even).fma(square, r).add(1.0);
      LongVector exponent = shifted.reinterpretAsLongs().sub(MAGIC_BITS);
      LongVector half = exponent.lanewise(ASHR, 1);
      LongVector rest = exponent.sub(half);
      half = half.add(DoubleExp.BIAS).lanewise(LSHL, DoubleExp.MANTISSA_BITS);
      rest = rest.add(DoubleExp.BIAS).lanewise(LSHL, DoubleExp.MANTISSA_BITS);
      value.mul(half.reinterpretAsDoubles()).mul(rest.reinterpretAsDoubles()).intoArray(out, i);
    }
    for (int i = n - n % LANES; i < n; i++) {
      out[i] = DoubleExp.exp(in[i]);
    }
  }

  static void sigmoid(double[] in, double[] out, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    for (int i = 0; i <= n - LANES; i += LANES) {
      DoubleVector z = DoubleVector.fromArray(SPECIES, in, i);
      DoubleVector x = z.abs().neg();
      x = x.blend(DoubleExp.MIN, x.compare(LT, DoubleExp.MIN));
      DoubleVector shifted =
          x.fma(
              DoubleVector.broadcast(SPECIES, DoubleExp.LOG2_E),
              DoubleVector.broadcast(SPECIES, DoubleExp.MAGIC));
      DoubleVector k = shifted.sub(DoubleExp.MAGIC);
      DoubleVector r = k.fma(DoubleVector.broadcast(SPECIES, -DoubleExp.LN2), x);
      r = k.fma(DoubleVector.broadcast(SPECIES, -DoubleExp.LN2_REST), r);
      DoubleVector square = r.mul(r);
      DoubleVector odd = DoubleVector.broadcast(SPECIES, DoubleExp.F13);
      DoubleVector even = DoubleVector.broadcast(SPECIES, DoubleExp.F12);
      odd = odd.lanewise(FMA, square, DoubleExp.F11);
      even = even.lanewise(FMA, square, DoubleExp.F10);
      odd = odd.lanewise(FMA, square, DoubleExp.F9);
      even = even.lanewise(FMA, square, DoubleExp.F8);
      odd = odd.lanewise(FMA, square, DoubleExp.F7);
      even = even.lanewise(FMA, square, DoubleExp.F6);
      odd = odd.lanewise(FMA, square, DoubleExp.F5);
      even = even.lanewise(FMA, square, DoubleExp.F4);
      odd = odd.lanewise(FMA, square, DoubleExp.F3);
      even = even.lanewise(FMA, square, DoubleExp.F2);
      DoubleVector value = odd.fma(r, even).fma(square, r).add(1.0);
      LongVector exponent = shifted.reinterpretAsLongs().sub(MAGIC_BITS);
      LongVector half = exponent.lanewise(ASHR, 1);
      LongVector rest = exponent.sub(half);
      half = half.add(DoubleExp.BIAS).lanewise(LSHL, DoubleExp.MANTISSA_BITS);
      rest = rest.add(DoubleExp.BIAS).lanewise(LSHL, DoubleExp.MANTISSA_BITS);
      DoubleVector e = value.mul(half.reinterpretAsDoubles()).mul(rest.reinterpretAsDoubles());
      e.blend(one, z.compare(GE, 0.0)).div(e.add(1.0)).intoArray(out, i);
    }
    for (int i = n - n % LANES; i < n; i++) {
      out[i] = DoubleExp.sigmoid(in[i]);
    }
  }
}
