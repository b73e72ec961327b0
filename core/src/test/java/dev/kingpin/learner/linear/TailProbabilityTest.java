package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;

/** Tails of Student's t and of the normal distribution beside a library's. */
class TailProbabilityTest {
  private static final Percentage CLOSE = Percentage.withPercentage(1e-8);

  @Test
  void studentsTailIsAnIncompleteBetaFunction() {
    for (double degrees : new double[] {1, 2, 3, 7.5, 30, 100, 1_000, 20_000}) {
      for (double t = 0.01; t < 40; t *= 1.3) {
        double x = degrees / (degrees + t * t);
        double expected = Beta.regularizedBeta(x, degrees / 2, 0.5, 1e-15, 100_000);
        assertThat(TailProbability.ofStudent(t, degrees)).isCloseTo(expected, CLOSE);
        assertThat(TailProbability.ofStudent(-t, degrees)).isCloseTo(expected, CLOSE);
      }
    }
  }

  @Test
  void knownQuantilesComeOut() {
    assertThat(TailProbability.ofStudent(1, 1)).isCloseTo(0.5, CLOSE);
    assertThat(TailProbability.ofStudent(0.01, 250_000)).isCloseTo(0.9920212953499773, CLOSE);
    assertThat(TailProbability.ofStudent(2.228138851964939, 10)).isCloseTo(0.05, CLOSE);
    assertThat(TailProbability.ofNormal(1.959963984540054)).isCloseTo(0.05, CLOSE);
  }

  @Test
  void normalTailIsErfc() {
    for (double z = 0.001; z < 37; z *= 1.1) {
      double expected = Erf.erfc(z / Math.sqrt(2));
      assertThat(TailProbability.ofNormal(z)).isCloseTo(expected, CLOSE);
    }
    assertThat(TailProbability.ofNormal(0)).isEqualTo(1);
    assertThat(TailProbability.ofNormal(60)).isZero();
    assertThat(TailProbability.ofNormal(Double.POSITIVE_INFINITY)).isZero();
  }

  @Test
  void manyDegreesAreAlmostNormal() {
    Percentage almost = Percentage.withPercentage(0.001);
    for (double z : new double[] {0, 0.1, 1, 3, 5}) {
      double normal = TailProbability.ofNormal(z);
      assertThat(TailProbability.ofStudent(z, 9e7)).isCloseTo(normal, almost);
      assertThat(TailProbability.ofStudent(z, Double.POSITIVE_INFINITY)).isEqualTo(normal);
    }
  }

  @Test
  void whatIsNotKnownHasNoTail() {
    assertThat(TailProbability.ofStudent(Double.NaN, 5)).isNaN();
    assertThat(TailProbability.ofStudent(1, 0)).isNaN();
    assertThat(TailProbability.ofStudent(Double.NaN, Double.POSITIVE_INFINITY)).isNaN();
  }
}
