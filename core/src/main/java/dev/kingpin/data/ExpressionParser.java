package dev.kingpin.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the words of {@code --from} and {@code --predict}: a list of expressions divided by commas,
 * each with an optional {@code AS name}.
 *
 * <pre>
 * list       := item (',' item)*
 * item       := comparison [AS name]
 * comparison := sum [('<' | '>' | '<=' | '>=') sum]
 * sum        := term (('+' | '-') term)*
 * term       := factor (('*' | '/') factor)*
 * factor     := number | name | function '(' comparison ')' | '(' comparison ')' | '-' factor
 * name       := letters, digits and _   or   any text in double quotes
 * </pre>
 */
public final class ExpressionParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?)"
              + "|(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)"
              + "|\"(?<quoted>(?:[^\"]|\"\")+)\""
              + "|(?<symbol><=|>=|[-+*/(),<>]))");

  private record Token(String kind, String text, int at) {}

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  private ExpressionParser(String text) {
    this.text = text;
    tokenize();
  }

  /**
   * Reads a list of named expressions.
   *
   * @throws InputException if the text is not understood; the message shows the place
   */
  public static List<NamedExpression> parseList(String text) {
    ExpressionParser parser = new ExpressionParser(text);
    List<NamedExpression> items = new ArrayList<>();
    do {
      items.add(parser.item());
    } while (parser.takeSymbol(","));
    parser.expectEnd();
    return items;
  }

  /** Reads one expression with an optional name. */
  public static NamedExpression parse(String text) {
    List<NamedExpression> items = parseList(text);
    if (items.size() != 1) {
      throw new InputException(
          "Expected one column or expression, not (" + text + "). Maybe name one of them.");
    }
    return items.get(0);
  }

  private NamedExpression item() {
    int start = next;
    Expression expression = comparison();
    if (peekKeywordAs()) {
      next++;
      Token name = take("a name after AS");
      if (!name.kind().equals("name") && !name.kind().equals("quoted")) {
        throw problem("a name after AS", name);
      }
      return new NamedExpression(name.text(), expression);
    }
    String name =
        expression instanceof Expression.ColumnRef column ? column.name() : source(start, next);
    return new NamedExpression(name, expression);
  }

  private String source(int from, int to) {
    int end = to < tokens.size() ? tokens.get(to).at() : text.length();
    return text.substring(tokens.get(from).at(), end).strip();
  }

  private Expression comparison() {
    Expression left = sum();
    Optional<String> operator = takeAny("<=", ">=", "<", ">");
    return operator.isPresent() ? call(operator.get(), left, sum()) : left;
  }

  private Expression sum() {
    Expression left = term();
    Optional<String> operator;
    while ((operator = takeAny("+", "-")).isPresent()) {
      left = call(operator.get(), left, term());
    }
    return left;
  }

  private Expression term() {
    Expression left = factor();
    Optional<String> operator;
    while ((operator = takeAny("*", "/")).isPresent()) {
      left = call(operator.get(), left, factor());
    }
    return left;
  }

  private Expression factor() {
    if (takeSymbol("-")) {
      return call(Function.NEGATE.word(), factor());
    }
    if (takeSymbol("(")) {
      Expression inner = comparison();
      expectSymbol(")");
      return inner;
    }
    Token token = take("a column, a number or a function");
    return switch (token.kind()) {
      case "number" -> literal(token);
      case "quoted" -> new Expression.ColumnRef(token.text());
      case "name" -> takeSymbol("(") ? function(token) : new Expression.ColumnRef(token.text());
      default -> throw problem("a column, a number or a function", token);
    };
  }

  private Expression literal(Token token) {
    double value = Double.parseDouble(token.text());
    if (Double.isInfinite(value)) {
      throw new InputException(
          "Number (" + token.text() + ") in (" + text + ") is too large. Maybe use 1e300 at most.");
    }
    return new Expression.Literal(value);
  }

  private Expression function(Token name) {
    Function function =
        Function.named(name.text())
            .orElseThrow(
                () ->
                    new InputException(
                        "Function ("
                            + name.text()
                            + ") is unknown in ("
                            + text
                            + "). Maybe use one of these: year, month, day, weekday, hour, minute,"
                            + " days, log, log1p, sqrt, abs, floor."));
    Expression argument = comparison();
    expectSymbol(")");
    return call(function.word(), argument);
  }

  private static Expression call(String word, Expression... arguments) {
    return new Expression.Call(word, List.of(arguments));
  }

  private void tokenize() {
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.stripTrailing().length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new InputException(
            "Cannot read ("
                + text
                + ") from here: ("
                + text.substring(at).strip()
                + "). Maybe put names of columns with such signs into double quotes.");
      }
      for (String kind : List.of("number", "name", "quoted", "symbol")) {
        if (matcher.group(kind) != null) {
          String word = matcher.group(kind).replace("\"\"", "\"");
          int begin = matcher.start(kind) - (kind.equals("quoted") ? 1 : 0);
          tokens.add(new Token(kind, word, begin));
        }
      }
      at = matcher.end();
    }
  }

  private @Nullable Token peek() {
    return next < tokens.size() ? tokens.get(next) : null;
  }

  private boolean peekKeywordAs() {
    Token token = peek();
    return token != null
        && token.kind().equals("name")
        && token.text().toLowerCase(Locale.ROOT).equals("as");
  }

  private Token take(String expected) {
    Token token = peek();
    if (token == null) {
      throw problem(expected, null);
    }
    next++;
    return token;
  }

  private boolean takeSymbol(String symbol) {
    return takeAny(symbol).isPresent();
  }

  private Optional<String> takeAny(String... symbols) {
    Token token = peek();
    if (token != null && token.kind().equals("symbol")) {
      for (String symbol : symbols) {
        if (symbol.equals(token.text())) {
          next++;
          return Optional.of(symbol);
        }
      }
    }
    return Optional.empty();
  }

  private void expectSymbol(String symbol) {
    if (!takeSymbol(symbol)) {
      throw problem("(" + symbol + ")", peek());
    }
  }

  private void expectEnd() {
    if (peek() != null) {
      throw problem("a comma or the end", peek());
    }
  }

  private InputException problem(String expected, @Nullable Token found) {
    String where = found == null ? "at the end" : "at (" + text.substring(found.at()) + ")";
    return new InputException(
        "Expected "
            + expected
            + " "
            + where
            + " of ("
            + text
            + "). Maybe put names with blanks or"
            + " other signs in double quotes.");
  }
}
