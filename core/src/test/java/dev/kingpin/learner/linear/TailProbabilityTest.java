package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values come from series in decimals of 300 digits, apart from those named R. */
class TailProbabilityTest {

  private static Offset<Double> relative(double expected, double tolerance) {
    return Offset.offset(Math.abs(expected) * tolerance);
  }

  @ParameterizedTest
  @CsvSource({
    "0.001, 9.99202115572177862e-01",
    "0.1, 9.20344325445942024e-01",
    "0.5, 6.17075077451973764e-01",
    "1, 3.17310507862914093e-01",
    "1.9, 5.74331196320036000e-02",
    "1.96, 4.99957902964408701e-02",
    "1.99999, 4.55013437264869258e-02",
    "2, 4.55002638963584172e-02",
    "2.5, 1.24193306515522697e-02",
    "3, 2.69979606326018915e-03",
    "5, 5.73303143758387824e-07",
    "8, 1.24419211485435677e-15",
    "12, 3.55296422415535808e-33",
    "20, 5.50724823721246747e-89",
    "30, 9.81342785429637435e-198",
    "33.3, 3.86101101185567996e-243",
    "36.7, 7.30305860560683633e-295",
    "37, 1.14511424450491542e-299",
  })
  void normalTailsAreAccurateAlsoFarOut(double z, double expected) {
    assertThat(TailProbability.normal(z)).isCloseTo(expected, relative(expected, 2e-14));
    assertThat(TailProbability.normal(-z)).isEqualTo(TailProbability.normal(z));
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 1, 9.93634014470183513e-01",
    "1, 1, 0.5",
    "12.5, 1, 5.08213473322317935e-02",
    "0.5, 2, 6.66666666666666630e-01",
    "3, 2, 9.54659662667091263e-02",
    "2.5, 3, 8.77066470080655469e-02",
    "0.3, 5, 7.76249042263274514e-01",
    "2, 10, 7.33880347707403652e-02",
    "8, 10, 1.17749427896661599e-05",
    "40, 10, 2.28085774308575473e-12",
    "1.7, 29, 9.98337914884693672e-02",
    "2, 30, 5.46250449629831006e-02",
    "6, 30, 1.39427687672047427e-06",
    "1.1, 57, 2.75956195537482962e-01",
    "2.5, 200, 1.32231726417007915e-02",
    "20, 200, 1.33577670583878081e-49",
    "1, 1001, 3.17552176476511072e-01",
    "4, 1001, 6.80051383896891637e-05",
    "10, 1001, 1.66333414951549433e-22",
    "0.2, 10000, 8.41484647913486761e-01",
    "2, 10000, 4.55272606614354411e-02",
    "6, 10000, 2.04161847292261546e-09",
    "15, 10000, 2.58331503993917637e-50",
    "0.2, 10002, 8.41484647100301575e-01",
    "2, 10002, 4.55272552629059149e-02",
    "6, 10002, 2.04160458529239275e-09",
    "30, 10002, 2.03694717784853103e-189",
  })
  void studentTailsAreAccurateAlsoFarOut(double t, double degrees, double expected) {
    assertThat(TailProbability.student(t, degrees)).isCloseTo(expected, relative(expected, 1e-12));
    assertThat(TailProbability.student(-t, degrees)).isEqualTo(TailProbability.student(t, degrees));
  }

  @Test
  void agreesWithTablesOfR() {
    assertThat(TailProbability.normal(1.96)).isCloseTo(0.04999579, Offset.offset(5e-9));
    assertThat(TailProbability.normal(2.575829)).isCloseTo(0.01, Offset.offset(2e-8));
    assertThat(TailProbability.student(2.228139, 10)).isCloseTo(0.05, Offset.offset(2e-8));
    assertThat(TailProbability.student(12.7062, 1)).isCloseTo(0.05, Offset.offset(5e-8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-8, 1e-3, 0.5, 0.999, 1.001, 3, 1e3, 1e8, 1e100})
  void oneAndTwoDegreesHaveClosedForms(double t) {
    double cauchy = t < 1 ? 1 - Math.atan(t) * 2 / Math.PI : Math.atan(1 / t) * 2 / Math.PI;
    assertThat(TailProbability.student(t, 1)).isCloseTo(cauchy, relative(cauchy, 1e-13));
    double root = Math.sqrt(2 + t * t);
    double two = 2 / (root * (root + t));
    assertThat(TailProbability.student(t, 2)).isCloseTo(two, relative(two, 1e-13));
  }

  /** With t = sqrt(degrees) tan(u) the density becomes a power of a cosine. */
  @ParameterizedTest
  @ValueSource(doubles = {3.7, 11.25, 40.5, 123.4, 999.9})
  void brokenDegreesAgreeWithAnIntegral(double degrees) {
    double whole = integral(0, degrees);
    for (double t : new double[] {0.01, 0.4, 1, 1.3, 1.7, 2.5, 4}) {
      double expected = integral(Math.atan(t / Math.sqrt(degrees)), degrees) / whole;
      assertThat(TailProbability.student(t, degrees)).isCloseTo(expected, relative(expected, 1e-9));
    }
  }

  private static double integral(double from, double degrees) {
    int panels = 20_000;
    double width = (Math.PI / 2 - from) / panels;
    double sum = 0;
    for (int i = 0; i <= panels; i++) {
      double weight = i == 0 || i == panels ? 1 : i % 2 == 0 ? 2 : 4;
      double cosine = Math.max(0, Math.cos(from + i * width));
      sum += weight * Math.pow(cosine, degrees - 1);
    }
    return sum * width / 3;
  }

  @Test
  void moreDegreesComeNearerToTheNormalDistribution() {
    for (double t : new double[] {0.1, 1, 3, 10}) {
      double last = 1;
      for (double degrees = 0.5; degrees < 1e15; degrees *= 3) {
        double p = TailProbability.student(t, degrees);
        assertThat(p).isLessThan(last * (1 + 1e-13));
        assertThat(p).isGreaterThan(TailProbability.normal(t) * (1 - 1e-13));
        last = p;
      }
      assertThat(TailProbability.student(t, Double.POSITIVE_INFINITY))
          .isEqualTo(TailProbability.normal(t));
    }
  }

  @Test
  void furtherOutIsLessLikely() {
    for (double degrees : new double[] {0.3, 1, 2.5, 17, 400, 9_999, 20_000, 1e9}) {
      double last = 1;
      for (double t = 1e-6; t < 30; t *= 1.01) {
        double p = TailProbability.student(t, degrees);
        assertThat(p).isLessThan(last);
        last = p;
      }
    }
  }

  @Test
  void theEndsOfTheRange() {
    for (double degrees : new double[] {0.5, 3, 1e3, 1e6}) {
      assertThat(TailProbability.student(0, degrees)).isEqualTo(1);
      assertThat(TailProbability.student(Double.NEGATIVE_INFINITY, degrees)).isZero();
      assertThat(TailProbability.student(Double.NaN, degrees)).isNaN();
    }
    assertThat(TailProbability.normal(0)).isEqualTo(1);
    assertThat(TailProbability.normal(Double.POSITIVE_INFINITY)).isZero();
    assertThat(TailProbability.normal(Double.MAX_VALUE)).isZero();
    assertThat(TailProbability.normal(Double.NaN)).isNaN();
    assertThat(TailProbability.student(1, 0)).isNaN();
    assertThat(TailProbability.student(1, -1)).isNaN();
    assertThat(TailProbability.student(1, Double.NaN)).isNaN();
  }
}
