package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FirstStepTest {
  private static double times(double l2, double slope) {
    return FirstStep.times(i -> i == 1, l2, new double[] {-slope, 0}, new double[] {1, 7});
  }

  @Test
  void withoutPenaltyItEndsWhereDiscriminantAnalysisDoes() {
    for (double slope : new double[] {0, 0.1, 0.5, 0.7}) {
      assertThat(times(0, slope)).isCloseTo(1 / (1 - slope), within(1e-12));
    }
  }

  @Test
  void itIsNeverShorterThanAStepAndNeverLongerThanFour() {
    for (double slope : new double[] {-1, 0, 0.9, 0.999, 1, 1.5, 100}) {
      for (double l2 : new double[] {0, 1e-6, 1, 1e6}) {
        assertThat(times(l2, slope)).isBetween(1.0, 4.0);
      }
    }
    assertThat(times(0, 1)).isEqualTo(4);
  }

  @Test
  void aPenaltyShortensItAndTheInterceptHasNone() {
    assertThat(times(0.5, 0.7)).isLessThan(times(0.1, 0.7)).isLessThan(times(0, 0.7));
    double far = FirstStep.times(i -> i == 1, 0.5, new double[] {-0.7, 0}, new double[] {1, 1000});
    assertThat(far).isEqualTo(times(0.5, 0.7));
  }
}
