package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
  private static final double HOUR = 3_600e6;

  @ParameterizedTest
  @CsvSource({
    "a, 6",
    "a + b * 2, 2",
    "a / b, -3",
    "a - b, 8",
    "-a, -6",
    "abs(b), 2",
    "floor(a / 4), 1",
    "sqrt(a + 3), 3",
    "log(1), 0",
    "log1p(0), 0",
    "a > b, 1",
    "a < b, 0",
    "a >= 6, 1",
    "a <= 5.9, 0",
    "(a > b) + (a > 5), 2",
    "a / (b + 2), Infinity",
    "log(b), NaN",
    "3, 3",
    "hour(t), 5",
    "days(t) * 24, 5.5",
    "minute(t), 30",
    "weekday(t), 4", // 1 January 1970 was a Thursday
  })
  void aRowGivesTheValueOfTheExpression(String expression, double value) {
    assertThat(values(expression)).startsWith(value);
  }

  @ParameterizedTest
  @CsvSource({
    "a", "a + 1", "1 - a", "a * 0", "a > 1", "a <= 1", "1 >= a", "-a", "abs(a)", "log(a)"
  })
  void anyFunctionOfAMissingValueIsMissing(String expression) {
    assertThat(values(expression)[1]).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"hour(t)", "year(t)", "month(t)", "day(t)", "weekday(t)", "minute(t)", "days(t)"})
  void anyFieldOfAMissingDateTimeIsMissing(String expression) {
    assertThat(values(expression)[1]).isNaN();
  }

  private static double[] values(String text) {
    List<String> columns = List.of("b", "a", "t");
    Chunk chunk = new Chunk(new ScanRequest(columns, List.of(), null));
    chunk.rows(2);
    double[][] rows = {{-2, Double.NaN}, {6, Double.NaN}, {5.5 * HOUR, Double.NaN}};
    for (int c = 0; c < columns.size(); c++) {
      System.arraycopy(rows[c], 0, chunk.number(c), 0, 2);
    }
    return Evaluator.of(ExpressionParser.parse(text).expression(), columns).values(chunk);
  }
}
