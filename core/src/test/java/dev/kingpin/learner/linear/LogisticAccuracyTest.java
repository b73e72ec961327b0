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

/** Coefficients and objectives beside a textbook Newton method in double precision with EJML. */
class LogisticAccuracyTest {
  static Stream<Recipe> recipes() {
    return Stream.of(
            Recipe.of(200),
            Recipe.of(2_500, 400),
            Recipe.of(5_000).numeric(12),
            Recipe.of(3_000).levels(6),
            Recipe.of(3_000).missing(0.1),
            Recipe.of(1_500).withWeights(),
            Recipe.of(4_000, 900).levels(5).missing(0.05).withWeights().numeric(7))
        .map(Recipe::withClasses);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void coefficientsAgreeWithNewtonInDoublePrecision(Recipe recipe) {
    List<Double> penalties = List.of(0.0, 1e-3, 0.1);
    GroupedTable table =
        LinearFixture.encode(TestTables.make(recipe, 5), Task.CLASSIFICATION, recipe);
    for (int g = 0; g < table.groups(); g++) {
      List<LinearFixture.Fitted> fits =
          LinearFixture.train(table.rows(g), Task.CLASSIFICATION, penalties);
      for (int f = 0; f < penalties.size(); f++) {
        LinearFixture.Fitted fitted = fits.get(f);
        Textbook book = Textbook.of(table.rows(g), LinearFixture.MASK);
        double[] expected = solve(book, penalties.get(f));
        assertThat(book.standardised(fitted.weights()))
            .usingComparatorWithPrecision(2e-5 * Textbook.largest(expected))
            .containsExactly(expected);
        double objective = objective(book, expected, penalties.get(f));
        assertThat(fitted.objective())
            .isCloseTo(objective, org.assertj.core.data.Offset.offset(1e-6 * objective));
      }
    }
  }

  private static double[] solve(Textbook book, double l2) {
    double[] beta = new double[book.columns() + 1];
    for (int step = 0; step < 50; step++) {
      SimpleMatrix hessian = new SimpleMatrix(beta.length, beta.length);
      SimpleMatrix gradient = new SimpleMatrix(beta.length, 1);
      for (int r = 0; r < book.rows(); r++) {
        double w = book.weight(r) / book.totalWeight();
        double p = 1 / (1 + Math.exp(-book.score(r, beta)));
        for (int i = 0; i < beta.length; i++) {
          gradient.set(i, gradient.get(i) + w * (p - book.y(r)) * book.x(r, i));
          for (int j = 0; j < beta.length; j++) {
            hessian.set(i, j, hessian.get(i, j) + w * p * (1 - p) * book.x(r, i) * book.x(r, j));
          }
        }
      }
      for (int i = 0; i < book.columns(); i++) {
        gradient.set(i, gradient.get(i) + l2 * beta[i]);
        hessian.set(i, i, hessian.get(i, i) + l2);
      }
      SimpleMatrix direction = hessian.solve(gradient);
      for (int i = 0; i < beta.length; i++) {
        beta[i] -= direction.get(i);
      }
      if (direction.normF() < 1e-12) {
        return beta;
      }
    }
    throw new IllegalStateException("The textbook method did not converge");
  }

  private static double objective(Textbook book, double[] beta, double l2) {
    double sum = 0;
    for (int r = 0; r < book.rows(); r++) {
      double z = book.score(r, beta);
      sum += book.weight(r) * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - book.y(r) * z);
    }
    return sum / book.totalWeight() + l2 / 2 * Textbook.squaredLength(beta);
  }
}
