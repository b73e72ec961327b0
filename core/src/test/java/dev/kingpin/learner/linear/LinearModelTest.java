package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models of weights in design coordinates, and back. */
class LinearModelTest {
  private static final Recipe RECIPE = Recipe.of(1_500, 61, 398).numeric(5).levels(6).missing(0.2);
  private static final int CLASSES = 4;

  private static GroupedTable table() {
    return ModelFixture.encode(TestTables.make(RECIPE, 5), Task.REGRESSION);
  }

  private static int outputs(Link link) {
    return link == Link.SOFTMAX ? CLASSES : 1;
  }

  private static double unit(Link link) {
    return link == Link.IDENTITY ? 7.5 : 1;
  }

  private static double zero(Link link) {
    return link == Link.IDENTITY ? -300 : 0;
  }

  private static LinearModel model(GroupRows rows, Link link, long seed) {
    Design design = ModelFixture.design(rows);
    double[] weights = ModelFixture.weights(design, outputs(link), seed);
    return LinearModel.of(design, link, weights, unit(link), zero(link));
  }

  private static void requireClose(double[] actual, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertThat(actual).usingComparatorWithPrecision(1e-11 * largest).containsExactly(expected);
  }

  @ParameterizedTest
  @EnumSource(Link.class)
  void predictionsAreLinkedSumsOfTheDesignMatrix(Link link) {
    GroupRows rows = table().rows(0);
    Design design = ModelFixture.design(rows);
    int outputs = outputs(link);
    double[] weights = ModelFixture.weights(design, outputs, 1);
    LinearModel model = LinearModel.of(design, link, weights, unit(link), zero(link));
    double[] expected = new double[(int) rows.rows() * outputs];
    for (int b = 0; b < rows.blocks(); b++) {
      RowBlock block = rows.block(b);
      for (int r = 0; r < block.rows(); r++) {
        double[] sums = ModelFixture.sums(design, weights, block, r);
        int to = ((int) block.firstRow() + r) * outputs;
        for (int k = 0; k < outputs; k++) {
          expected[to + k] = linked(link, sums, k);
        }
      }
    }
    requireClose(ModelFixture.predict(model, rows), expected);
  }

  private static double linked(Link link, double[] sums, int k) {
    return switch (link) {
      case IDENTITY -> zero(link) + unit(link) * sums[k];
      case LOGISTIC -> 1 / (1 + StrictMath.exp(-sums[k]));
      case EXP -> StrictMath.exp(sums[k]);
      case SOFTMAX -> StrictMath.exp(sums[k]) / Arrays.stream(sums).map(StrictMath::exp).sum();
    };
  }

  @ParameterizedTest
  @EnumSource(Link.class)
  void aRowGetsTheSameBitsWhereverItStands(Link link) {
    GroupRows rows = table().rows(2);
    LinearModel model = model(rows, link, 2);
    int width = model.width();
    double[] inOrder = ModelFixture.predict(model, rows);
    for (int kept = 1; kept <= 7; kept++) {
      int first = kept;
      int[] order = IntStream.range(0, kept).map(i -> (i * 37 + first) % 61).toArray();
      double[] few = ModelFixture.predict(model, rows.permuted(order));
      for (int i = 0; i < kept * width; i++) {
        assertThat(few[i]).isEqualTo(inOrder[order[i / width] * width + i % width]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Link.class)
  void aParentSpeaksInTheDesignOfItsChild(Link link) {
    GroupedTable table = table();
    LinearModel parent = model(ModelFixture.all(table), link, 3);
    for (int g = 0; g < table.groups(); g++) {
      GroupRows rows = table.rows(g);
      Design child = ModelFixture.design(rows);
      double[] weights = LinearModel.inDesign(parent, child, unit(link) / 3, 11 * zero(link));
      LinearModel told = LinearModel.of(child, link, weights, unit(link) / 3, 11 * zero(link));
      double[] expected = ModelFixture.predict(parent, rows);
      double[] actual = ModelFixture.predict(told, rows);
      forgetRowsWithUntoldGaps(child, rows, outputs(link), expected, actual);
      requireClose(actual, expected);
    }
  }

  private static void forgetRowsWithUntoldGaps(
      Design child, GroupRows rows, int outputs, double[] expected, double[] actual) {
    for (int b = 0; b < rows.blocks(); b++) {
      RowBlock block = rows.block(b);
      for (int r = 0; r < block.rows(); r++) {
        for (int j = 0; j < block.width(); j++) {
          float value = block.numeric()[block.numericOffset() + r * block.width() + j];
          int feature = j;
          boolean told = Arrays.stream(child.indicators).anyMatch(i -> i == feature);
          if (Float.isNaN(value) && !told) {
            int at = ((int) block.firstRow() + r) * outputs;
            Arrays.fill(expected, at, at + outputs, 0);
            Arrays.fill(actual, at, at + outputs, 0);
          }
        }
      }
    }
  }

  @Test
  void aParentSpeaksOfFeaturesThatItsChildLacksOrHoldsFixed() {
    int rows = 120;
    double nan = Double.NaN;
    String[] key = new String[rows];
    String[] level = new String[rows];
    double[] missing = new double[rows];
    double[] fixed = new double[rows];
    double[] y = new double[rows];
    for (int r = 0; r < rows; r++) {
      boolean child = r < 40;
      key[r] = child ? "child" : "other";
      level[r] = child ? "only here" : "level " + r % 3;
      missing[r] = child || r % 5 == 0 ? nan : Math.sin(r);
      fixed[r] = child ? 12.5 : r;
      y[r] = r;
    }
    MemoryTable source =
        new MemoryTable("gaps")
            .text("g", key)
            .number("m", missing)
            .number("f", fixed)
            .text("c", level)
            .number("y", y);
    GroupedTable table = ModelFixture.encode(source, Task.REGRESSION);
    LinearModel parent = model(ModelFixture.all(table), Link.LOGISTIC, 4);
    Design child = ModelFixture.design(table.rows(0));
    assertThat(child.columns()).isEqualTo(2); // both of no use
    double[] weights = LinearModel.inDesign(parent, child, 1, 0);
    assertThat(Arrays.copyOf(weights, 2)).containsOnly(0);
    requireClose(
        ModelFixture.predict(LinearModel.of(child, Link.LOGISTIC, weights, 1, 0), table.rows(0)),
        ModelFixture.predict(parent, table.rows(0)));
  }

  @Test
  void constantsGiveTheirAnswer() {
    GroupRows rows = table().rows(1);
    LinearModel number = LinearModel.constant(rows.stats().features(), 42.5);
    assertThat(number.width()).isEqualTo(1);
    assertThat(ModelFixture.predict(number, rows)).containsOnly(42.5);
    LinearModel sure = LinearModel.constant(rows.stats().features(), 0, 1, 0);
    assertThat(sure.width()).isEqualTo(3);
    assertThat(Arrays.copyOf(ModelFixture.predict(sure, rows), 6))
        .containsExactly(0, 1, 0, 0, 1, 0);
    LinearModel shares = LinearModel.constant(rows.stats().features(), 0.5, 0, 0.2, 0.3);
    assertThat(Arrays.copyOf(ModelFixture.predict(shares, rows), 4))
        .usingComparatorWithPrecision(1e-15)
        .containsExactly(0.5, 0, 0.2, 0.3);
    assertThatThrownBy(() -> LinearModel.constant(rows.stats().features(), 0.5, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aClassThatWasNeverSeenHasNoProbability() {
    GroupRows rows = table().rows(0);
    Design design = ModelFixture.design(rows);
    double[] weights = ModelFixture.weights(design, 3, 6);
    for (int i = 0; i < design.columns(); i++) {
      weights[i * 3 + 1] = 0;
    }
    weights[design.columns() * 3 + 1] = Double.NEGATIVE_INFINITY;
    LinearModel model = LinearModel.of(design, Link.SOFTMAX, weights, 1, 0);
    double[] predictions = ModelFixture.predict(model, rows);
    for (int r = 0; r < rows.rows(); r++) {
      assertThat(predictions[r * 3 + 1]).isZero();
      assertThat(predictions[r * 3] + predictions[r * 3 + 2]).isCloseTo(1, Offset.offset(1e-15));
    }
    double[] told = LinearModel.inDesign(model, design, 1, 0);
    requireClose(
        ModelFixture.predict(LinearModel.of(design, Link.SOFTMAX, told, 1, 0), rows), predictions);
    assertThat(model.describe().get("class 1")).isEqualTo("not in the rows learned from");
    assertThat(model.describe()).containsOnlyKeys("class 0", "class 1", "class 2");
  }

  @ParameterizedTest
  @EnumSource(Link.class)
  void bytesBringBackTheModel(Link link) throws IOException {
    GroupRows rows = table().rows(0);
    LinearModel bare = model(rows, link, 7);
    for (LinearModel model : new LinearModel[] {bare, bare.withErrors(errors(rows, link))}) {
      byte[] bytes = bytes(model);
      LinearModel back =
          (LinearModel)
              new LinearModelCodec()
                  .read(
                      new DataInputStream(new ByteArrayInputStream(bytes)),
                      rows.stats().features());
      assertThat(bytes(back)).isEqualTo(bytes);
      assertThat(back.link()).isEqualTo(link);
      assertThat(back.describe()).isEqualTo(model.describe());
      assertThat(ModelFixture.predict(back, rows)).isEqualTo(ModelFixture.predict(model, rows));
    }
  }

  private static byte[] bytes(LinearModel model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new LinearModelCodec().write(model, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Errors errors(GroupRows rows, Link link) {
    Design design = ModelFixture.design(rows);
    int size = design.columns() + 1;
    double[][] covariances = new double[outputs(link)][size * size];
    for (double[] covariance : covariances) {
      for (int i = 0; i < size; i++) {
        covariance[i * size + i] = 0.01 * (i + 1);
      }
      covariance[1 * size + 1] = Double.NaN;
    }
    return Errors.of(design, covariances, unit(link), 100);
  }

  @Test
  void errorsStandBesideTheirWeights() {
    GroupRows rows = table().rows(0);
    LinearModel bare = model(rows, Link.IDENTITY, 8);
    LinearModel model = bare.withErrors(errors(rows, Link.IDENTITY));
    Design design = ModelFixture.design(rows);
    Map<?, ?> coefficients = (Map<?, ?>) model.describe().get("coefficients");
    Map<?, ?> first = (Map<?, ?>) coefficients.get("x0");
    double weight = bare.terms().coefficients()[0];
    double error = unit(Link.IDENTITY) * design.inverse[0] * 0.1;
    assertThat(first.get("value")).isEqualTo(weight);
    assertThat((Double) first.get("standard_error")).isCloseTo(error, Offset.offset(1e-15));
    assertThat(first.get("p_value"))
        .isEqualTo(TailProbability.student(weight / (Double) first.get("standard_error"), 100));
    assertThat(coefficients.get("x1")).isEqualTo(bare.terms().coefficients()[1]);
    assertThat((Map<?, ?>) model.describe().get("intercept")).hasSize(3);
    assertThat(bare.describe().get("intercept")).isInstanceOf(Double.class);
  }
}
