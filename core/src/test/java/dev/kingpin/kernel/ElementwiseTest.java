package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ElementwiseTest {

  /** Every so many of all 2^32 floats. */
  private static final int STEP = 1_009;

  private static final int CHUNK = 1_000_003;

  private interface Operation {
    void run(Kernels kernels, float[] in, float[] out, int n);
  }

  private static final Operation EXP = Kernels::exp;
  private static final Operation LOG = Kernels::log;
  private static final Operation SIGMOID = Kernels::sigmoid;

  @Test
  void expStaysWithinItsErrorOverAllFloats() {
    assertThat(worstUlp(EXP, StrictMath::exp)).isLessThan(1.1);
  }

  @Test
  void logStaysWithinItsErrorOverAllFloats() {
    assertThat(worstUlp(LOG, StrictMath::log)).isLessThan(1.0);
  }

  @Test
  void sigmoidStaysWithinItsErrorOverAllFloats() {
    assertThat(worstUlp(SIGMOID, x -> 1 / (1 + StrictMath.exp(-x)))).isLessThan(2.5);
  }

  @Test
  void logNearOneIsAsAccurateAsElsewhere() {
    float[] in = new float[20_001];
    for (int i = 0; i < in.length; i++) {
      in[i] = Float.intBitsToFloat(Float.floatToIntBits(1f) + i - 10_000);
    }
    assertThat(worstUlp(LOG, StrictMath::log, in, in.length)).isLessThan(1.0);
  }

  @Test
  void theEdgesOfExpAreExact() {
    assertThat(one(EXP, 0f)).isEqualTo(1f);
    assertThat(one(EXP, -0f)).isEqualTo(1f);
    assertThat(one(EXP, Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(one(EXP, Float.NEGATIVE_INFINITY)).isZero();
    assertThat(one(EXP, 88.72284f)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(one(EXP, 88.72283f)).isLessThan(Float.POSITIVE_INFINITY);
    assertThat(one(EXP, -103.9f)).isEqualTo(Float.MIN_VALUE);
    assertThat(one(EXP, -104f)).isZero();
    assertThat(one(EXP, Float.NaN)).isNaN();
  }

  @Test
  void theEdgesOfLogAreExact() {
    assertThat(one(LOG, 1f)).isZero();
    assertThat(one(LOG, 0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(one(LOG, -0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(one(LOG, Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(one(LOG, Float.MIN_VALUE)).isEqualTo(-103.27893f);
    assertThat(one(LOG, Float.MAX_VALUE)).isEqualTo(88.72284f);
    assertThat(one(LOG, -1f)).isNaN();
    assertThat(one(LOG, -Float.MIN_VALUE)).isNaN();
    assertThat(one(LOG, Float.NEGATIVE_INFINITY)).isNaN();
    assertThat(one(LOG, Float.NaN)).isNaN();
  }

  @Test
  void theEdgesOfSigmoidAreExact() {
    assertThat(one(SIGMOID, 0f)).isEqualTo(0.5f);
    assertThat(one(SIGMOID, Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(one(SIGMOID, Float.NEGATIVE_INFINITY)).isZero();
    assertThat(one(SIGMOID, -103f)).isEqualTo(Float.MIN_VALUE);
    assertThat(one(SIGMOID, Float.NaN)).isNaN();
  }

  @Test
  void twinsHaveTheSameBitsOverAllFloats() {
    float[] in = new float[CHUNK];
    float[] out = new float[CHUNK];
    float[] expected = new float[CHUNK];
    for (long bits = 0; bits < 1L << 32; bits += (long) CHUNK * STEP) {
      int n = fill(in, bits);
      for (Operation operation : new Operation[] {EXP, LOG, SIGMOID}) {
        operation.run(Kernels.best(), in, out, n);
        operation.run(Kernels.scalar(), in, expected, n);
        Numbers.assertSameBits("from bits " + bits, out, expected);
      }
    }
  }

  @Test
  void anyLengthWorksInPlaceAndTouchesNothingElse() {
    for (int n = 0; n < 70; n++) {
      float[] in = Numbers.any(1, 80);
      for (Operation operation : new Operation[] {EXP, LOG, SIGMOID}) {
        float[] actual = in.clone();
        operation.run(Kernels.best(), actual, actual, n);
        float[] expected = in.clone();
        operation.run(Kernels.scalar(), in, expected, n);
        Numbers.assertSameBits("length " + n, actual, expected);
      }
    }
    assertThatThrownBy(() -> Kernels.best().exp(new float[3], new float[2], 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static float one(Operation operation, float x) {
    float[] out = new float[1];
    operation.run(Kernels.scalar(), new float[] {x}, out, 1);
    return out[0];
  }

  private static double worstUlp(Operation operation, DoubleUnaryOperator exact) {
    float[] in = new float[CHUNK];
    double worst = 0;
    for (long bits = 0; bits < 1L << 32; bits += (long) CHUNK * STEP) {
      worst = Math.max(worst, worstUlp(operation, exact, in, fill(in, bits)));
    }
    return worst;
  }

  private static double worstUlp(
      Operation operation, DoubleUnaryOperator exact, float[] in, int n) {
    float[] out = new float[in.length];
    operation.run(Kernels.best(), in, out, n);
    double worst = 0;
    for (int i = 0; i < n; i++) {
      double expected = exact.applyAsDouble(in[i]);
      if (Float.compare(out[i], (float) expected) == 0) {
        continue;
      }
      double error = Math.abs(out[i] - expected) / Math.ulp((float) expected);
      assertThat(error).as("%s of %s, not %s", out[i], in[i], expected).isFinite();
      worst = Math.max(worst, error);
    }
    return worst;
  }

  /** Floats with the bits {@code from}, {@code from + STEP}, ...; returns how many there were. */
  private static int fill(float[] in, long from) {
    int n = (int) Math.min(in.length, ((1L << 32) - 1 - from) / STEP + 1);
    for (int i = 0; i < n; i++) {
      in[i] = Float.intBitsToFloat((int) (from + (long) i * STEP));
    }
    return n;
  }
}
