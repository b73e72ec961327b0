package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionParserTest {
  private static final List<String> NAMES =
      List.of(
          "a",
          "_x9",
          "as",
          "AS",
          "hour",
          "log",
          "delay of it",
          "\"",
          "a\"b\"\"c",
          "größe",
          "1st",
          "e5",
          "x.y",
          "(",
          ",",
          "-",
          " ",
          "日",
          "Infinity",
          "NaN");
  private static final double[] NUMBERS = {
    0, 1, 2.5, 0.1, 1e15, 123456789012345.0, 1e300, 1e-300, 4.9e-324, 1.7976931348623157e308, 1e16
  };
  private static final List<String> OPERATORS = List.of("+", "-", "*", "/", "<", ">", "<=", ">=");

  /** Random expressions, written as text and read again. */
  @Test
  void textOfAnyExpressionIsReadBackAsAnEqualOne() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      Expression expression = expression(random, 4);
      String text = expression.toString();
      assertThat(ExpressionParser.parse(text).expression()).as(text).isEqualTo(expression);
    }
  }

  @Test
  void textOfAnyListIsReadBackWithItsNames() {
    Random random = new Random(2);
    for (int i = 0; i < 5_000; i++) {
      List<NamedExpression> list = new ArrayList<>();
      for (int n = random.nextInt(3) + 1; n > 0; n--) {
        list.add(new NamedExpression(pick(random, NAMES), expression(random, 2)));
      }
      String text = list.stream().map(NamedExpression::toString).collect(Collectors.joining(", "));
      assertThat(ExpressionParser.parseList(text)).as(text).isEqualTo(list);
    }
  }

  private static Expression expression(Random random, int depth) {
    int kind = depth == 0 ? random.nextInt(2) : random.nextInt(5);
    return switch (kind) {
      case 0 -> new Expression.ColumnRef(pick(random, NAMES));
      case 1 ->
          new Expression.Literal(
              random.nextBoolean()
                  ? NUMBERS[random.nextInt(NUMBERS.length)]
                  : Math.abs(Double.longBitsToDouble(random.nextLong() & ~(1L << 62))));
      case 2 -> {
        List<Function> unary = unary();
        Function function = unary.get(random.nextInt(unary.size()));
        yield new Expression.Call(function.word(), List.of(expression(random, depth - 1)));
      }
      default ->
          new Expression.Call(
              pick(random, OPERATORS),
              List.of(expression(random, depth - 1), expression(random, depth - 1)));
    };
  }

  private static List<Function> unary() {
    List<Function> unary = new ArrayList<>();
    for (Function function : Function.values()) {
      if (function.arity() == 1) {
        unary.add(function);
      }
    }
    return unary;
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  @ParameterizedTest
  @CsvSource({
    "1 + 2 * 3 - 4 / 2, ((1 + (2 * 3)) - (4 / 2))",
    "a - b - c, ((a - b) - c)",
    "a / b * c, ((a / b) * c)",
    "a - (b - c), (a - (b - c))",
    "-a * b, (-(a) * b)",
    "--a, -(-(a))",
    "a + b < c * d, ((a + b) < (c * d))",
    "(a < b) + 1, ((a < b) + 1)",
    "a >= -1.50, (a >= -(1.5))",
    "HOUR(t), hour(t)",
    "Log1P( a ), log1p(a)",
    "log(a < 2), log((a < 2))",
    "1e3, 1000",
    "1.E2, 100",
    "007, 7",
    "a<=b, (a <= b)",
    "\"a b\" + \"c\", (\"a b\" + c)",
  })
  void operatorsBindAsInSchool(String text, String read) {
    assertThat(ExpressionParser.parse(text).expression()).hasToString(read);
  }

  @ParameterizedTest
  @CsvSource({
    "delay, delay",
    "\"a b\", a b",
    "delay AS d, d",
    "delay as \"d e\", d e",
    "  hour( t )  , hour( t )",
    "a+b, a+b",
    "x + 1 As y, y",
  })
  void aFeatureIsNamedAsTheUserWroteIt(String text, String name) {
    assertThat(ExpressionParser.parse(text).name()).isEqualTo(name);
  }

  @Test
  void aListIsDividedByCommasOutsideQuotesAndBrackets() {
    List<NamedExpression> list = ExpressionParser.parseList("a, \"b, c\", hour(t) AS h ,a*2");
    assertThat(list).extracting(NamedExpression::name).containsExactly("a", "b, c", "h", "a*2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''          | Expected a column, a number or a function at the end",
        "a,          | Expected a column, a number or a function at the end",
        ",a          | Expected a column, a number or a function at (,a)",
        "a b         | Expected a comma or the end at (b)",
        "a AS        | Expected a name after AS at the end",
        "a AS b c    | Expected a comma or the end at (c)",
        "(a + b      | Expected ()) at the end",
        "a + b)      | Expected a comma or the end at ())",
        "a +         | Expected a column, a number or a function at the end",
        "a * / b     | Expected a column, a number or a function at (/ b)",
        "a < b < c   | Expected a comma or the end at (< c)",
        "1x          | Expected a comma or the end at (x)",
        "hour(t      | Expected ()) at the end of (hour(t)",
        "hour()      | Expected a column, a number or a function at ())",
        "houer(t)    | Function (houer) is unknown in (houer(t))",
        "sin(t)      | year, month, day, weekday, hour, minute, days, log, log1p, sqrt, abs, floor",
        "a = b       | Cannot read (a = b) from here: (= b)",
        ".5          | Cannot read (.5) from here: (.5)",
        "\"a         | Cannot read (\"a) from here: (\"a)",
        "\"\"        | Cannot read",
        "a; DROP     | from here: (; DROP)",
        "1e999       | Number (1e999) in (1e999) is too large",
        "a AS 3      | Expected a name after AS at (3)",
        "a AS +      | Expected a name after AS at (+)",
      })
  void whatIsNotUnderstoodIsShown(String text, String message) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ExpressionParser.parseList(text))
        .withMessageContaining(message);
  }

  @Test
  void oneExpressionIsNotAList() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ExpressionParser.parse("a, b"))
        .withMessageContaining("Expected one column or expression, not (a, b)");
  }

  @Test
  void columnsAreCollectedOnceInTheOrderRead() {
    Set<String> columns = new LinkedHashSet<>();
    ExpressionParser.parse("log(b + a * 2) / (b - \"c d\") > 1")
        .expression()
        .collectColumns(columns);
    assertThat(columns).containsExactly("b", "a", "c d");
  }
}
