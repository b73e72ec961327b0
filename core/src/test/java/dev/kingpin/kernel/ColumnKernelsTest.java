package dev.kingpin.kernel;

import static dev.kingpin.kernel.ColumnFixture.COLUMNS;
import static dev.kingpin.kernel.ColumnFixture.MODELS;
import static dev.kingpin.kernel.ColumnFixture.ROWS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The column kernels have the bits of their scalar twins, and refuse what does not fit. */
class ColumnKernelsTest {

  private static final int RAW_ROWS = 50;

  private final ColumnKernels best = Kernels.best().columns();
  private final ColumnKernels scalar = Kernels.scalar().columns();

  @FunctionalInterface
  private interface Sizes {
    void check(int rows, int columns);
  }

  private static void forAllSizes(Sizes sizes) {
    for (int rows : ROWS) {
      for (int columns : COLUMNS) {
        sizes.check(rows, columns);
      }
    }
  }

  @Test
  void gatherHasTheBitsOfItsScalarTwinInTheRowsOfTheList() {
    forAllSizes(
        (rows, d) -> {
          Matrix raw = ColumnFixture.raw(1, RAW_ROWS, d);
          RowList list = ColumnFixture.list(2, rows, RAW_ROWS);
          Columns actual = ColumnFixture.plain(3, d + 1, rows);
          Columns expected = ColumnFixture.copy(actual);
          best.gather(raw, list, actual);
          scalar.gather(raw, list, expected);
          clearBeyond(rows, actual);
          clearBeyond(rows, expected);
          assertSame("gather", rows, d, actual, expected);
        });
  }

  private static void clearBeyond(int rows, Columns columns) {
    for (int j = 0; j < columns.count(); j++) {
      int start = columns.start(j);
      Arrays.fill(columns.values(), start + rows, start + columns.height(), 0f);
    }
  }

  @Test
  void standardiseHasTheBitsOfItsScalarTwin() {
    forAllSizes(
        (rows, d) -> {
          float[] centre = Numbers.mixed(1, d + 1);
          float[] inverse = Numbers.mixed(2, d + 2);
          Columns actual = ColumnFixture.any(3, d, rows);
          Columns expected = ColumnFixture.copy(actual);
          best.standardise(actual, rows, centre, inverse);
          scalar.standardise(expected, rows, centre, inverse);
          assertSame("standardise", rows, d, actual, expected);
        });
  }

  @Test
  void scoresHaveTheBitsOfTheirScalarTwin() {
    forAllSizes(
        (rows, d) -> {
          Columns x = ColumnFixture.plain(1, d, rows);
          for (int models = 0; models <= MODELS; models++) {
            float[] weights = Numbers.plain(models, models * (d + 1));
            Columns actual = ColumnFixture.any(2, models, rows);
            Columns expected = ColumnFixture.copy(actual);
            best.scores(x, weights, actual);
            scalar.scores(x, weights, expected);
            assertSame("scores", rows, d, actual, expected);
          }
        });
  }

  @Test
  void dotsHaveTheBitsOfTheirScalarTwin() {
    forAllSizes(
        (rows, d) -> {
          Columns b = ColumnFixture.plain(1, d, rows);
          for (int marks = 0; marks <= MODELS; marks++) {
            Columns a = ColumnFixture.plain(2, marks, rows);
            float[] actual = Numbers.plain(3, marks * d + 2);
            float[] expected = actual.clone();
            best.dots(a, b, actual);
            scalar.dots(a, b, expected);
            Numbers.assertSameBits(what("dots", rows, d), actual, expected);
          }
        });
  }

  @Test
  void gramHasTheBitsOfItsScalarTwin() {
    forAllSizes(
        (rows, d) -> {
          Columns a = ColumnFixture.plain(1, d, rows);
          Columns b = ColumnFixture.plain(2, d, rows);
          float[] actual = Numbers.plain(3, ColumnKernels.triangle(d) + 2);
          float[] expected = actual.clone();
          best.gram(a, b, actual);
          scalar.gram(a, b, expected);
          Numbers.assertSameBits(what("gram", rows, d), actual, expected);
        });
  }

  @Test
  void gramOfDoublesHasTheBitsOfItsScalarTwin() {
    forAllSizes(
        (rows, d) -> {
          WideColumns x = ColumnFixture.wide(1, d, rows);
          double[] actual = Numbers.doubles(2, ColumnKernels.triangle(d) + 2);
          double[] expected = actual.clone();
          best.gram(x, actual);
          scalar.gram(x, expected);
          Numbers.assertSameBits(what("gram of doubles", rows, d), actual, expected);
        });
  }

  @Test
  void sumsHaveTheBitsOfTheirScalarTwin() {
    forAllSizes(
        (rows, d) -> {
          Columns x = ColumnFixture.plain(1, d, rows);
          float[] actual = Numbers.plain(2, d + 2);
          float[] expected = actual.clone();
          best.sums(x, actual);
          scalar.sums(x, expected);
          Numbers.assertSameBits(what("sums", rows, d), actual, expected);
          double[] wide = Numbers.doubles(3, d + 2);
          double[] alike = wide.clone();
          best.sums(x, wide);
          scalar.sums(x, alike);
          Numbers.assertSameBits(what("sums in doubles", rows, d), wide, alike);
        });
  }

  @Test
  void weighHasTheBitsOfItsScalarTwin() {
    forAllSizes(
        (rows, d) -> {
          Columns x = ColumnFixture.any(1, d, rows);
          for (int at : new int[] {0, 7}) {
            float[] factors = Numbers.any(2, at + x.height());
            Columns actual = ColumnFixture.plain(3, d, rows);
            Columns expected = ColumnFixture.copy(actual);
            best.weigh(x, factors, at, actual);
            scalar.weigh(x, factors, at, expected);
            assertSame("weigh", rows, d, actual, expected);
          }
        });
  }

  @Test
  void infinitiesAndNotANumberSpreadAlike() {
    forAllSizes(
        (rows, d) -> {
          Columns a = ColumnFixture.any(1, d, rows);
          Columns b = ColumnFixture.any(2, d, rows);
          Columns actual = ColumnFixture.empty(2, rows);
          Columns expected = ColumnFixture.copy(actual);
          best.scores(a, Numbers.any(3, 2 * (d + 1)), actual);
          scalar.scores(a, Numbers.any(3, 2 * (d + 1)), expected);
          assertSame("scores", rows, d, actual, expected);
          float[] dots = new float[d * d];
          float[] twin = new float[d * d];
          best.dots(a, b, dots);
          scalar.dots(a, b, twin);
          Numbers.assertSameBits(what("dots", rows, d), dots, twin);
        });
  }

  @Test
  void columnsWithoutRowsNeedNoRoom() {
    Columns none = new Columns(new float[0], 0, 3, 0, 48);
    float[] sums = {9, 9, 9};
    best.standardise(none, 0, new float[3], new float[3]);
    best.scores(none, new float[12], none);
    best.sums(none, sums);
    Numbers.assertSameBits("sums", sums, new float[3]);
  }

  @Test
  void rowsOutsideTheMatrixAreRefused() {
    Matrix raw = ColumnFixture.raw(1, 3, 2);
    Columns columns = ColumnFixture.empty(2, 1);
    for (int row : new int[] {-1, 3}) {
      RowList list = new RowList(new int[] {0, row}, 1, 1);
      assertThatThrownBy(() -> best.gather(raw, list, columns))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatThrownBy(() -> new RowList(new int[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new RowList(new int[3], -1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void panelsThatDoNotFitAreRefused() {
    Columns x = ColumnFixture.empty(3, 32);
    float[] three = new float[3];
    Matrix raw = ColumnFixture.raw(1, 3, 4);
    assertRefused(() -> best.gather(raw, new RowList(new int[1], 0, 1), x));
    RowList long33 = new RowList(new int[33], 0, 33);
    assertRefused(() -> best.gather(ColumnFixture.raw(1, 3, 2), long33, x));
    assertRefused(() -> best.standardise(x, 33, three, three));
    assertRefused(() -> best.standardise(x, -1, three, three));
    assertRefused(() -> best.standardise(x, 1, new float[2], three));
    assertRefused(() -> best.standardise(x, 1, three, new float[2]));
  }

  @Test
  void sumsThatDoNotFitAreRefused() {
    Columns x = ColumnFixture.empty(3, 32);
    Columns two = ColumnFixture.empty(2, 32);
    Columns high = ColumnFixture.empty(3, 64);
    assertRefused(() -> best.scores(x, new float[7], two));
    assertRefused(() -> best.scores(x, new float[12], high));
    assertRefused(() -> best.dots(x, two, new float[5]));
    assertRefused(() -> best.dots(x, high, new float[9]));
    assertRefused(() -> best.gram(x, x, new float[5]));
    assertRefused(() -> best.gram(x, two, new float[6]));
    assertRefused(() -> best.gram(x, high, new float[6]));
    assertRefused(() -> best.gram(ColumnFixture.emptyWide(3, 32), new double[5]));
    assertRefused(() -> best.sums(x, new float[2]));
    assertRefused(() -> best.sums(x, new double[2]));
    assertRefused(() -> best.weigh(x, new float[33], 2, x));
    assertRefused(() -> best.weigh(x, new float[33], -1, x));
    assertRefused(() -> best.weigh(x, new float[64], 0, two));
    assertRefused(() -> best.weigh(x, new float[64], 0, high));
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("(");
  }

  private static String what(String name, int rows, int columns) {
    return "%s, %d rows, %d columns".formatted(name, rows, columns);
  }

  /** The whole arrays, since nothing may change between the columns either. */
  private static void assertSame(
      String name, int rows, int columns, Columns actual, Columns expected) {
    Numbers.assertSameBits(what(name, rows, columns), actual.values(), expected.values());
  }
}
