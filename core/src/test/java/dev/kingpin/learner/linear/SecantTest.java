package dev.kingpin.learner.linear;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecantTest {
  private static final int N = 6;

  private static SimpleMatrix definite(long seed) {
    SimpleMatrix a = SimpleMatrix.random_DDRM(N, 2 * N, -1, 1, new Random(seed));
    return a.mult(a.transpose());
  }

  private static SimpleMatrix vector(long seed) {
    return SimpleMatrix.random_DDRM(N, 1, -1, 1, new Random(seed));
  }

  private static double[] values(SimpleMatrix a) {
    return a.getDDRM().getData().clone();
  }

  private static Secant secant(SimpleMatrix hessian, SimpleMatrix move, SimpleMatrix change) {
    return requireNonNull(Secant.of(values(hessian), values(move), values(change)));
  }

  private static SimpleMatrix bent(SimpleMatrix hessian, SimpleMatrix move, SimpleMatrix change) {
    Secant secant = secant(hessian, move, change);
    return new SimpleMatrix(N, N, true, secant.bent(values(hessian)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theBentHessianAgreesWithTheStep(long seed) {
    SimpleMatrix hessian = definite(seed);
    SimpleMatrix move = vector(seed + 10);
    SimpleMatrix truth = hessian.plus(definite(seed + 20).scale(0.2));
    SimpleMatrix bent = bent(hessian, move, truth.mult(move));
    assertThat(values(bent.mult(move)))
        .usingComparatorWithPrecision(1e-10)
        .containsExactly(values(truth.mult(move)));
    assertThat(bent.minus(bent.transpose()).normF()).isCloseTo(0, within(1e-10));
    assertThat(bent.eig().getEigenvalues()).allSatisfy(e -> assertThat(e.getReal()).isPositive());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aDirectionIsTurnedToTheSolutionOfTheBentSystem(long seed) {
    SimpleMatrix hessian = definite(seed);
    SimpleMatrix move = vector(seed + 10);
    SimpleMatrix change = hessian.plus(definite(seed + 20).scale(0.2)).mult(move);
    SimpleMatrix gradient = vector(seed + 30);
    Secant secant = secant(hessian, move, change);
    SimpleMatrix aim = new SimpleMatrix(N, 1, true, secant.aim(values(gradient)));
    double[] direction = values(hessian.solve(aim.negative()));
    secant.turn(values(gradient), direction);
    assertThat(direction)
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(values(bent(hessian, move, change).solve(gradient.negative())));
  }

  @Test
  void aStepThatTellsNothingNewChangesNothing() {
    SimpleMatrix hessian = definite(1);
    SimpleMatrix move = vector(2);
    assertThat(bent(hessian, move, hessian.mult(move)).minus(hessian).normF())
        .isCloseTo(0, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 5, 0.2, Double.NaN, Double.POSITIVE_INFINITY})
  void curvatureThatIsNotLikelyIsNotBelieved(double factor) {
    double[] hessian = values(definite(1));
    SimpleMatrix move = vector(2);
    double[] change = values(definite(1).mult(move).scale(factor));
    assertThat(Secant.of(hessian, values(move), change)).isNull();
    assertThat(Secant.of(hessian, new double[N], new double[N])).isNull();
  }
}
