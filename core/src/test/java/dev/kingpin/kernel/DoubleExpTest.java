package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** exp of a double beside the exact one. */
class DoubleExpTest {
  private static final double ULPS = 1.6; // StrictMath.exp is itself within 1 ulp

  @Test
  void isCloseToTheExactOneOverTheWholeRange() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000_000; i++) {
      check(-708 + 1417.7 * random.nextDouble());
    }
    for (int i = 0; i < 500_000; i++) {
      check(4 * (random.nextDouble() - 0.5));
      check(random.nextGaussian() * StrictMath.pow(2, -random.nextInt(60)));
    }
  }

  @Test
  void isCloseToTheExactOneWhereResultsAreSubnormal() {
    Random random = new Random(2);
    for (int i = 0; i < 300_000; i++) {
      double x = -746 + 38 * random.nextDouble();
      assertThat(Math.abs(DoubleExp.exp(x) - StrictMath.exp(x)))
          .isLessThanOrEqualTo(2 * Math.ulp(StrictMath.exp(x)));
    }
  }

  @Test
  void endsInInfinityAndInZero() {
    double largest = Math.log(Double.MAX_VALUE);
    assertThat(DoubleExp.exp(largest)).isFinite();
    assertThat(DoubleExp.exp(Math.nextUp(Math.nextUp(largest)))).isInfinite();
    assertThat(DoubleExp.exp(710.5)).isInfinite();
    assertThat(DoubleExp.exp(Double.MAX_VALUE)).isInfinite();
    assertThat(DoubleExp.exp(Double.POSITIVE_INFINITY)).isInfinite();
    assertThat(DoubleExp.exp(-745)).isEqualTo(Double.MIN_VALUE);
    assertThat(DoubleExp.exp(-745.2)).isZero();
    assertThat(DoubleExp.exp(-Double.MAX_VALUE)).isZero();
    assertThat(DoubleExp.exp(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(DoubleExp.exp(Double.NaN)).isNaN();
    assertThat(DoubleExp.exp(0)).isEqualTo(1);
    assertThat(DoubleExp.exp(-0.0)).isEqualTo(1);
  }

  @Test
  void sigmoidKeepsItsDigitsWhereItIsCloseToZero() {
    assertThat(DoubleExp.sigmoid(0)).isEqualTo(0.5);
    for (double x = -700; x <= 700; x += 0.37) {
      double expected = x < 0 ? StrictMath.exp(x) / (1 + StrictMath.exp(x)) : 0;
      expected = x < 0 ? expected : 1 / (1 + StrictMath.exp(-x));
      assertThat(Math.abs(DoubleExp.sigmoid(x) - expected)).isLessThan(4 * Math.ulp(expected));
    }
    assertThat(DoubleExp.sigmoid(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(DoubleExp.sigmoid(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(DoubleExp.sigmoid(Double.NaN)).isNaN();
  }

  private static void check(double x) {
    double exact = StrictMath.exp(x);
    if (!(Math.abs(DoubleExp.exp(x) - exact) <= ULPS * Math.ulp(exact))) {
      assertThat(DoubleExp.exp(x)).as("exp(%s)", x).isEqualTo(exact);
    }
  }
}
