package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubsetCholeskyTest {
  private static final double TOLERANCE = 1e-13;

  private final SubsetCholesky factor = new SubsetCholesky();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void solvesTheSystemOfTheMembers(long seed) {
    Quadratics problem = Quadratics.correlated(60, 9, seed);
    int[] members = {7, 0, 3, 4, 8};
    assertThat(factor.factor(problem.a(), 9, members, 5, TOLERANCE)).isZero();
    double[] x = {1, -2, 3, 5, -7};
    SimpleMatrix a = new SimpleMatrix(5, 5);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        a.set(i, j, problem.a()[members[i] * 9 + members[j]]);
      }
    }
    double[] expected = a.solve(new SimpleMatrix(5, 1, true, x)).getDDRM().getData();
    factor.solve(x);
    assertThat(x)
        .usingComparatorWithPrecision(1e-8 * Quadratics.largest(expected))
        .containsExactly(expected);
  }

  @Test
  void aRepeatedColumnIsDependentAndHeldAtZero() {
    Quadratics problem = Quadratics.repeated(60, 6, 1);
    int[] members = {0, 2, 3, 4, 5};
    assertThat(factor.factor(problem.a(), 6, members, 5, TOLERANCE)).isEqualTo(2);
    assertThat(factor.isDependent(2)).isTrue();
    assertThat(factor.isDependent(4)).isTrue();
    double[] x = new double[5];
    for (int i = 0; i < 5; i++) {
      x[i] = problem.b()[members[i]];
    }
    factor.solve(x);
    assertThat(x[2]).isZero();
    assertThat(x[4]).isZero();
    double[] full = {x[0], 0, x[1], x[2], x[3], x[4]};
    assertThat(problem.gradient(full)).usingComparatorWithPrecision(1e-12).containsOnly(0);
  }

  @Test
  void theMatrixIsFlatAlongADependentMember() {
    Quadratics problem = Quadratics.oneHot(100, 5, 1);
    int[] members = {0, 1, 2, 3, 4};
    assertThat(factor.factor(problem.a(), 5, members, 5, TOLERANCE)).isEqualTo(1);
    double[] v = new double[5];
    factor.flatDirection(4, v);
    assertThat(v).usingComparatorWithPrecision(1e-12).containsExactly(-1, 1, 1, 1, 1);
  }

  @Test
  void memoryOfALargerSystemLeavesNoTrace() {
    Quadratics large = Quadratics.plain(60, 9, 1);
    Quadratics small = Quadratics.plain(60, 3, 2);
    int[] members = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    double[] fresh = small.b().clone();
    factor.factor(small.a(), 3, members, 3, TOLERANCE);
    factor.solve(fresh);
    factor.factor(large.a(), 9, members, 9, TOLERANCE);
    double[] used = small.b().clone();
    factor.factor(small.a(), 3, members, 3, TOLERANCE);
    factor.solve(used);
    assertThat(used).isEqualTo(fresh);
  }
}
