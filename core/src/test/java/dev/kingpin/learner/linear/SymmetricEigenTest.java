package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {

  static List<Quadratics> problems() {
    List<Quadratics> problems = new ArrayList<>();
    for (int n : new int[] {1, 2, 3, 10, 60}) {
      problems.add(Quadratics.plain(90, n, n));
      problems.add(Quadratics.correlated(90, n, n));
      problems.add(Quadratics.nearCollinear(90, n, 1e-6, n));
      problems.add(Quadratics.repeated(90, n, n));
      problems.add(Quadratics.plain(4, n, n));
      problems.add(new Quadratics("zero", new double[n * n], new double[n]));
      problems.add(new Quadratics("one", SimpleMatrix.identity(n).getDDRM().data, new double[n]));
      problems.add(new Quadratics("indefinite", symmetric(n, 1), new double[n]));
      problems.add(new Quadratics("huge", symmetric(n, 1e200), new double[n]));
      problems.add(new Quadratics("small", symmetric(n, 1e-300), new double[n]));
      problems.add(new Quadratics("graded", graded(n), new double[n]));
    }
    problems.add(Quadratics.plain(300, 250, 7));
    return problems;
  }

  private static double[] symmetric(int n, double size) {
    Random random = new Random(n);
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        a[i * n + j] = size * random.nextGaussian();
        a[j * n + i] = a[i * n + j];
      }
    }
    return a;
  }

  private static double[] graded(int n) {
    double[] a = symmetric(n, 1);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i * n + j] *= Math.pow(10, -(i + j) / 2.0);
      }
    }
    return a;
  }

  @ParameterizedTest
  @MethodSource("problems")
  void theProductOfItsPartsIsTheMatrix(Quadratics problem) {
    int n = problem.n();
    SymmetricEigen eigen = new SymmetricEigen(problem.a(), n);
    SimpleMatrix vectors = new SimpleMatrix(n, n, true, eigen.vectors());
    double[] product =
        vectors
            .transpose()
            .mult(SimpleMatrix.diag(eigen.values()))
            .mult(vectors)
            .getDDRM()
            .getData();
    assertThat(product)
        .usingComparatorWithPrecision(1e-14 * n * Quadratics.largest(problem.a()))
        .containsExactly(problem.a());
  }

  @ParameterizedTest
  @MethodSource("problems")
  void vectorsAreOrthonormalAndValuesAscend(Quadratics problem) {
    int n = problem.n();
    SymmetricEigen eigen = new SymmetricEigen(problem.a(), n);
    SimpleMatrix vectors = new SimpleMatrix(n, n, true, eigen.vectors());
    assertThat(vectors.mult(vectors.transpose()).getDDRM().getData())
        .usingComparatorWithPrecision(1e-14 * n)
        .containsExactly(SimpleMatrix.identity(n).getDDRM().getData());
    assertThat(eigen.values()).isSorted();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-4, 0.1, 30})
  void solvesForManyPenalties(double ridge) {
    Quadratics problem = Quadratics.correlated(100, 20, 5);
    double[] expected =
        new SimpleMatrix(20, 20, true, problem.withRidge(ridge).a())
            .solve(new SimpleMatrix(20, 1, true, problem.b()))
            .getDDRM()
            .getData();
    assertThat(new SymmetricEigen(problem.a(), 20).solve(problem.b(), ridge))
        .usingComparatorWithPrecision(1e-9 * Quadratics.largest(expected))
        .containsExactly(expected);
  }

  @Test
  void withoutPenaltyTwinsShareTheirPart() {
    Quadratics problem = Quadratics.repeated(100, 8, 5);
    double[] x = new SymmetricEigen(problem.a(), 8).solve(problem.b(), 0);
    for (int j = 0; j < 8; j += 2) {
      assertThat(x[j]).isCloseTo(x[j + 1], Offset.offset(1e-12));
    }
    assertThat(problem.gradient(x)).usingComparatorWithPrecision(1e-12).containsOnly(0);
  }

  @Test
  void knownValues() {
    double[] a = {2, -1, 0, -1, 2, -1, 0, -1, 2};
    double root = Math.sqrt(2);
    assertThat(new SymmetricEigen(a, 3).values())
        .usingComparatorWithPrecision(1e-15)
        .containsExactly(2 - root, 2, 2 + root);
  }

  @Test
  void theMatrixStaysAndResultsRepeat() {
    Quadratics problem = Quadratics.plain(100, 30, 5);
    double[] before = problem.a().clone();
    SymmetricEigen first = new SymmetricEigen(problem.a(), 30);
    assertThat(problem.a()).isEqualTo(before);
    SymmetricEigen second = new SymmetricEigen(problem.a(), 30);
    assertThat(Arrays.equals(first.vectors(), second.vectors())).isTrue();
    assertThat(Arrays.equals(first.values(), second.values())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void entriesMustBeFinite(double bad) {
    double[] a = {1, bad, bad, 1};
    assertThatThrownBy(() -> new SymmetricEigen(a, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(" + bad + ")");
  }
}
