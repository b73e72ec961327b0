package dev.kingpin.learner.linear;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kingpin.GroupedModel;
import dev.kingpin.Kingpin;
import dev.kingpin.Training;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard errors and p-values are those of textbooks, computed in doubles from the raw rows. */
class StandardErrorsTest {
  private static final int ROWS = 400;

  /** A weight as a model describes it. */
  private record Shown(double value, double error, double p) {
    static Shown of(Object described) {
      if (described instanceof Double value) {
        return new Shown(value, Double.NaN, Double.NaN);
      }
      Map<?, ?> parts = (Map<?, ?>) described;
      assertThat(parts.keySet().toString()).isEqualTo("[value, standard_error, p_value]");
      return new Shown(
          number(parts, "value"), number(parts, "standard_error"), number(parts, "p_value"));
    }

    private static double number(Map<?, ?> parts, String name) {
      return (Double) parts.get(name);
    }
  }

  private static Map<String, Shown> shown(Map<String, Object> described) {
    Map<String, Shown> shown = new TreeMap<>();
    ((Map<?, ?>) described.get("coefficients"))
        .forEach((name, weight) -> shown.put((String) name, Shown.of(weight)));
    shown.put(Textbook.INTERCEPT, Shown.of(described.get(Textbook.INTERCEPT)));
    return shown;
  }

  private static Model train(MemoryTable table, LinearModels models, boolean weighted) {
    Training training = Kingpin.groupBy("g").predict("y").with(models).standardErrors();
    GroupedModel model = (weighted ? training.weight("w") : training).train(table);
    return ((Outcome.Trained) model.group("one").outcome()).model();
  }

  private static Map<String, Double> values(Map<String, Shown> shown) {
    Map<String, Double> values = new TreeMap<>();
    shown.forEach((name, weight) -> values.put(name, weight.value));
    return values;
  }

  private static void assertErrors(
      Map<String, Shown> shown, Map<String, Double> expected, double tolerance) {
    shown.forEach(
        (name, weight) -> {
          Double error = expected.get(name);
          if (error == null) {
            assertThat(weight.error).as(name).isNaN();
          } else {
            assertThat(weight.error / error).as(name).isCloseTo(1, within(tolerance));
          }
        });
    assertThat(shown.keySet()).containsAll(expected.keySet());
  }

  // ---------------------------------------------------------------- least squares

  private static RawSample numbers(boolean weighted) {
    return new RawSample(
        ROWS, weighted, 0, 1, (sum, random) -> (float) (50 + 3 * sum + random.nextGaussian()));
  }

  /** Weighted products of the columns of some sample. */
  private static SimpleMatrix information(RawSample sample, double[] curvatures) {
    SimpleMatrix scaled = sample.x.copy();
    for (int r = 0; r < sample.rows(); r++) {
      for (int j = 0; j <= sample.columns(); j++) {
        scaled.set(r, j, sample.weight(r) * curvatures[r] * scaled.get(r, j));
      }
    }
    return sample.x.transpose().mult(scaled);
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] residuals(RawSample sample, Map<String, Shown> shown) {
    double[] fitted = sample.x.mult(sample.centred(values(shown))).getDDRM().getData();
    double[] residuals = new double[sample.rows()];
    Arrays.setAll(residuals, r -> sample.y[r] - fitted[r]);
    return residuals;
  }

  private static double dispersion(RawSample sample, Map<String, Shown> shown, int used) {
    double sum = 0;
    double[] residuals = residuals(sample, shown);
    for (int r = 0; r < residuals.length; r++) {
      sum += sample.weight(r) * residuals[r] * residuals[r];
    }
    return sum / (sample.rows() - used);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leastSquaresHaveTheClassicErrors(boolean weighted) {
    RawSample sample = numbers(weighted);
    Map<String, Shown> shown =
        shown(train(sample.table(), LinearModels.grid().l2(0), weighted).describe());
    int used = sample.columns() + 1;
    SimpleMatrix covariance =
        information(sample, ones(ROWS)).invert().scale(dispersion(sample, shown, used));
    assertErrors(shown, sample.errors(covariance), 1e-5);
    shown.forEach(
        (name, weight) -> {
          double p = TailProbability.student(weight.value / weight.error, ROWS - used);
          assertThat(weight.p).as(name).isEqualTo(p);
        });
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0", "10, 0", "0, 0.2", "0.1, 0.3"})
  void penalisedLeastSquaresHaveTheSandwichOfTheirColumns(double l2, double l1) {
    RawSample sample = numbers(true);
    Map<String, Shown> shown =
        shown(train(sample.table(), LinearModels.grid().l2(l2).l1(l1), true).describe());
    boolean[] kept = kept(sample, values(shown), l1);
    int used = count(kept);
    assertThat(used < kept.length).isEqualTo(l1 > 0);
    SimpleMatrix covariance =
        sandwich(information(sample, ones(ROWS)), ridge(sample, l2), kept)
            .scale(dispersion(sample, shown, used));
    assertErrors(shown, sample.errors(covariance), 1e-5);
    assertThat(shown.get("near").p).isEqualTo(student(shown.get("near"), ROWS - used));
  }

  /** Only a lasso leaves coefficients out; others are 0 by chance. */
  @Test
  void aCoefficientThatHappensToBeZeroHasAnError() {
    int rows = 40;
    double[] x = new double[rows];
    double[] y = new double[rows];
    for (int r = 0; r < rows; r++) {
      x[r] = r % 2 == 0 ? -1 : 1;
      y[r] = r / 2 % 2 == 0 ? -1 : 1;
    }
    String[] key = new String[rows];
    Arrays.fill(key, "one");
    MemoryTable table = new MemoryTable("t").text("g", key).number("x", x).number("y", y);
    Shown weight =
        requireNonNull(shown(train(table, LinearModels.grid().l2(0), false).describe()).get("x"));
    assertThat(weight.value).isEqualTo(0);
    assertThat(weight.error).isCloseTo(1 / Math.sqrt(rows - 2), within(1e-12));
    assertThat(weight.p).isEqualTo(1);
  }

  private static double student(Shown weight, double degrees) {
    return TailProbability.student(weight.value / weight.error, degrees);
  }

  /** Columns that a lasso did not hold at zero. */
  private static boolean[] kept(RawSample sample, Map<String, Double> values, double l1) {
    boolean[] kept = new boolean[sample.columns() + 1];
    for (int j = 0; j < kept.length; j++) {
      kept[j] = l1 == 0 || j == sample.columns() || values.get(sample.names.get(j)) != 0;
    }
    return kept;
  }

  private static int count(boolean[] kept) {
    int count = 0;
    for (boolean one : kept) {
      count += one ? 1 : 0;
    }
    return count;
  }

  /** The penalty's curvature: it is on standardised coefficients and on the mean loss. */
  private static SimpleMatrix ridge(RawSample sample, double l2) {
    SimpleMatrix ridge = new SimpleMatrix(sample.columns() + 1, sample.columns() + 1);
    for (int j = 0; j < sample.columns(); j++) {
      ridge.set(j, j, sample.rows() * l2 * sample.variance(j));
    }
    return ridge;
  }

  /** The covariance of the kept columns; zeros for the others. */
  private static SimpleMatrix sandwich(
      SimpleMatrix information, SimpleMatrix ridge, boolean[] kept) {
    int n = kept.length;
    SimpleMatrix choice = new SimpleMatrix(count(kept), n);
    int row = 0;
    for (int j = 0; j < n; j++) {
      if (kept[j]) {
        choice.set(row++, j, 1);
      }
    }
    SimpleMatrix h = choice.mult(information).mult(choice.transpose());
    SimpleMatrix bread = h.plus(choice.mult(ridge).mult(choice.transpose())).invert();
    return choice.transpose().mult(bread.mult(h).mult(bread)).mult(choice);
  }

  // ---------------------------------------------------------------- classes and counts

  private static int poisson(double mean, Random random) {
    int count = 0;
    for (double left = mean + Math.log(random.nextDouble()); left > 0; count++) {
      left += Math.log(random.nextDouble());
    }
    return count;
  }

  private static RawSample twoClasses() {
    return new RawSample(
        ROWS, true, 2, 3, (z, random) -> random.nextDouble() < 1 / (1 + Math.exp(-z)) ? 1 : 0);
  }

  private static RawSample counts() {
    return new RawSample(ROWS, true, 0, 4, (z, random) -> poisson(Math.exp(1 + z), random));
  }

  private static double mean(boolean counts, double z) {
    return counts ? Math.exp(z) : 1 / (1 + Math.exp(-z));
  }

  /** The optimum by Newton's method on the raw rows: (columns + 1). */
  private static SimpleMatrix optimum(RawSample sample, boolean counts, double l2) {
    SimpleMatrix b = new SimpleMatrix(sample.columns() + 1, 1);
    SimpleMatrix ridge = ridge(sample, l2);
    for (int step = 0; step < 50; step++) {
      SimpleMatrix z = sample.x.mult(b);
      SimpleMatrix residuals = new SimpleMatrix(sample.rows(), 1);
      for (int r = 0; r < sample.rows(); r++) {
        residuals.set(r, sample.weight(r) * (sample.y[r] - mean(counts, z.get(r))));
      }
      SimpleMatrix gradient = sample.x.transpose().mult(residuals).minus(ridge.mult(b));
      SimpleMatrix hessian = information(sample, curvatures(sample, b, counts)).plus(ridge);
      b = b.plus(hessian.solve(gradient));
    }
    return b;
  }

  private static double[] curvatures(RawSample sample, SimpleMatrix b, boolean counts) {
    SimpleMatrix z = sample.x.mult(b);
    double[] curvatures = new double[sample.rows()];
    Arrays.setAll(
        curvatures,
        r -> {
          double mean = mean(counts, z.get(r));
          return counts ? mean : mean * (1 - mean);
        });
    return curvatures;
  }

  @ParameterizedTest
  @CsvSource({"false, 0", "false, 0.1", "true, 0", "true, 0.1"})
  void classesAndCountsHaveTheInverseOfTheFisherInformation(boolean counts, double l2) {
    RawSample sample = counts ? counts() : twoClasses();
    LinearModels models = LinearModels.grid().l2(l2);
    Map<String, Shown> shown =
        shown(train(sample.table(), counts ? models.poisson() : models, true).describe());
    SimpleMatrix optimum = optimum(sample, counts, l2);
    SimpleMatrix information = information(sample, curvatures(sample, optimum, counts));
    boolean[] all = kept(sample, values(shown), 0);
    assertErrors(shown, sample.errors(sandwich(information, ridge(sample, l2), all)), 2e-4);
    for (int j = 0; j < sample.columns(); j++) {
      Shown weight = requireNonNull(shown.get(sample.names.get(j)));
      assertThat(weight.value).isCloseTo(optimum.get(j), within(2e-4 * weight.error));
      assertThat(weight.p).isEqualTo(TailProbability.normal(weight.value / weight.error));
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 0.05", "true, 0.5"})
  void coefficientsThatALassoHoldsAtZeroHaveNoErrors(boolean counts, double l1) {
    RawSample sample = counts ? counts() : twoClasses();
    LinearModels models = LinearModels.grid().l2(0.01).l1(l1);
    Map<String, Shown> shown =
        shown(train(sample.table(), counts ? models.poisson() : models, true).describe());
    boolean[] kept = kept(sample, values(shown), l1);
    assertThat(count(kept)).isBetween(3, kept.length - 1);
    double[] curvatures = curvatures(sample, sample.centred(values(shown)), counts);
    SimpleMatrix information = information(sample, curvatures);
    assertErrors(shown, sample.errors(sandwich(information, ridge(sample, 0.01), kept)), 1e-4);
  }

  // ---------------------------------------------------------------- several classes

  private static RawSample threeClasses() {
    return new RawSample(
        ROWS,
        true,
        3,
        5,
        (z, random) -> {
          double u = 2 * z + Math.log(1 / random.nextDouble() - 1);
          return u > 1 ? 2 : u > -1 ? 1 : 0;
        });
  }

  /** By class. */
  private static List<Map<String, Shown>> shownByClass(Model model) {
    List<Map<String, Shown>> classes = new ArrayList<>();
    for (Object described : model.describe().values()) {
      Map<String, Object> parts = new LinkedHashMap<>();
      ((Map<?, ?>) described).forEach((name, part) -> parts.put((String) name, part));
      classes.add(shown(parts));
    }
    return classes;
  }

  /** Of all classes together: (classes * columns, classes * columns). */
  private static SimpleMatrix information(RawSample sample, List<SimpleMatrix> places) {
    int n = sample.columns() + 1;
    int k = places.size();
    double[][] shares = new double[k][ROWS];
    for (int r = 0; r < ROWS; r++) {
      double sum = 0;
      for (int c = 0; c < k; c++) {
        shares[c][r] = Math.exp(sample.x.extractVector(true, r).mult(places.get(c)).get(0));
        sum += shares[c][r];
      }
      for (int c = 0; c < k; c++) {
        shares[c][r] /= sum;
      }
    }
    SimpleMatrix all = new SimpleMatrix(n * k, n * k);
    for (int a = 0; a < k; a++) {
      for (int b = 0; b < k; b++) {
        double[] curvatures = new double[ROWS];
        for (int r = 0; r < ROWS; r++) {
          curvatures[r] = shares[a][r] * ((a == b ? 1 : 0) - shares[b][r]);
        }
        all.insertIntoThis(a * n, b * n, information(sample, curvatures));
      }
    }
    return all;
  }

  /**
   * Adding a number to the scores of all classes changes no answer; where no penalty holds such
   * sums they are no matter of chance, which is what pseudo-inverses say.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 1})
  void severalClassesHaveTheSandwichOfAllTheirCoefficients(double l2) {
    RawSample sample = threeClasses();
    List<Map<String, Shown>> shown =
        shownByClass(train(sample.table(), LinearModels.grid().l2(l2), true));
    assertThat(shown).hasSize(3);
    int n = sample.columns() + 1;
    SimpleMatrix h =
        information(sample, shown.stream().map(s -> sample.centred(values(s))).toList());
    SimpleMatrix bread = h.copy();
    for (int c = 0; c < 3; c++) {
      SimpleMatrix block = bread.extractMatrix(c * n, c * n + n, c * n, c * n + n);
      bread.insertIntoThis(c * n, c * n, block.plus(ridge(sample, l2)));
    }
    bread = bread.pseudoInverse();
    SimpleMatrix covariance = bread.mult(h).mult(bread);
    for (int c = 0; c < 3; c++) {
      SimpleMatrix own = covariance.extractMatrix(c * n, c * n + n, c * n, c * n + n);
      assertErrors(shown.get(c), sample.errors(own), 2e-4);
    }
  }

  // ---------------------------------------------------------------- what p-values mean

  private static final int GROUPS = 300;

  /** Groups whose target depends on (strong) and not on (idle). */
  private static MemoryTable groups(int rows, boolean classes) {
    Random random = new Random(11);
    int all = GROUPS * rows;
    String[] key = new String[all];
    double[][] x = new double[2][all];
    double[] y = new double[all];
    for (int r = 0; r < all; r++) {
      key[r] = "g" + r % GROUPS;
      x[0][r] = random.nextGaussian();
      x[1][r] = random.nextGaussian() + 0.5 * x[0][r];
      double z = 2 * x[0][r];
      y[r] =
          classes
              ? (random.nextDouble() < 1 / (1 + Math.exp(-z)) ? 1 : 0)
              : z + random.nextGaussian();
    }
    MemoryTable table =
        new MemoryTable("groups").text("g", key).number("strong", x[0]).number("idle", x[1]);
    return classes ? table.bool("y", y) : table.number("y", y);
  }

  @ParameterizedTest
  @CsvSource({"false, 24", "true, 250"})
  void pValuesOfAnIdleFeatureAreUniformAndThoseOfAStrongOneTiny(boolean classes, int rows) {
    GroupedModel model =
        Kingpin.groupBy("g")
            .predict("y")
            .minRows(5)
            .with(LinearModels.grid().l2(0))
            .standardErrors()
            .train(groups(rows, classes));
    double[] idle = new double[GROUPS];
    double[] strong = new double[GROUPS];
    for (int g = 0; g < GROUPS; g++) {
      Outcome.Trained trained = (Outcome.Trained) model.group("g" + g).outcome();
      Map<String, Shown> shown = shown(trained.model().describe());
      idle[g] = requireNonNull(shown.get("idle")).p;
      strong[g] = requireNonNull(shown.get("strong")).p;
    }
    Arrays.sort(idle);
    Arrays.sort(strong);
    double distance = 0;
    for (int g = 0; g < GROUPS; g++) {
      double above = (g + 1.0) / GROUPS - idle[g];
      distance = Math.max(distance, Math.max(above, idle[g] - (double) g / GROUPS));
    }
    assertThat(distance).as("Kolmogorov's, of chance 0.05").isLessThan(1.36 / Math.sqrt(GROUPS));
    assertThat(strong[GROUPS / 2]).isLessThan(1e-5);
    assertThat(strong[GROUPS * 9 / 10]).isLessThan(0.001);
  }

  @Test
  void modelsWithoutErrorsSayNothingOfThem() {
    RawSample sample = numbers(false);
    GroupedModel model =
        Kingpin.groupBy("g").predict("y").with(LinearModels.grid().l2(0)).train(sample.table());
    Map<String, Object> described =
        ((Outcome.Trained) model.group("one").outcome()).model().describe();
    assertThat(described.get(Textbook.INTERCEPT)).isInstanceOf(Double.class);
  }
}
