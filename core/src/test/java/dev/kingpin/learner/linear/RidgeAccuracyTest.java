package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.learner.Task;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Coefficients and objectives beside a textbook solve of the same problem by EJML. */
class RidgeAccuracyTest {
  static Stream<Recipe> recipes() {
    return Stream.of(
        Recipe.of(60),
        Recipe.of(2_500, 400),
        Recipe.of(5_000).numeric(12),
        Recipe.of(3_000).levels(6),
        Recipe.of(3_000).missing(0.1),
        Recipe.of(1_500).withWeights(),
        Recipe.of(2_000, 90).levels(5).missing(0.05).withWeights().numeric(7));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void coefficientsAgreeWithNormalEquations(Recipe recipe) {
    GroupedTable table = LinearFixture.encode(TestTables.make(recipe, 3), Task.REGRESSION, recipe);
    for (int g = 0; g < table.groups(); g++) {
      for (double l2 : new double[] {0, 1e-4, 0.1, 3}) {
        LinearFixture.Fitted fitted =
            LinearFixture.train(table.rows(g), Task.REGRESSION, List.of(l2)).get(0);
        Textbook book = Textbook.of(table.rows(g), LinearFixture.MASK);
        double[] expected = solve(book, l2);
        assertThat(book.standardised(fitted.weights()))
            .usingComparatorWithPrecision(1e-7 * Textbook.largest(expected))
            .containsExactly(expected);
        double objective = objective(book, expected, l2);
        assertThat(fitted.objective())
            .isCloseTo(objective, org.assertj.core.data.Offset.offset(1e-9 * Math.abs(objective)));
      }
    }
  }

  private static double[] solve(Textbook book, double l2) {
    int k = book.columns();
    SimpleMatrix a = new SimpleMatrix(k + 1, k + 1);
    SimpleMatrix b = new SimpleMatrix(k + 1, 1);
    for (int r = 0; r < book.rows(); r++) {
      double w = book.weight(r) / book.totalWeight();
      for (int i = 0; i <= k; i++) {
        b.set(i, b.get(i) + w * book.x(r, i) * book.y(r));
        for (int j = 0; j <= k; j++) {
          a.set(i, j, a.get(i, j) + w * book.x(r, i) * book.x(r, j));
        }
      }
    }
    for (int i = 0; i < k; i++) {
      a.set(i, i, a.get(i, i) + l2);
    }
    return a.solve(b).getDDRM().getData().clone();
  }

  private static double objective(Textbook book, double[] beta, double l2) {
    double sum = 0;
    for (int r = 0; r < book.rows(); r++) {
      double error = book.y(r) - book.score(r, beta);
      sum += book.weight(r) * error * error;
    }
    return sum / book.totalWeight() / 2 + l2 / 2 * Textbook.squaredLength(beta);
  }
}
